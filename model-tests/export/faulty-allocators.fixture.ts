/**
 * Two small allocators, in C and in Rust, that keep every rule unless the environment variable FAULT says
 * which one to break. Both bump through an arena and detect a double free by aborting.
 */
export const FAULTY_C: string = `
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Alignas(4096) unsigned char arena[1 << 20];
static size_t top = 64;
static unsigned char *last;

struct head { size_t size; size_t is_live; };

static int has(const char *name) {
    const char *fault = getenv("FAULT");
    return fault != NULL && strcmp(fault, name) == 0;
}

static struct head *head_of(void *block) { return (struct head *)(void *)((unsigned char *)block - 16); }

static void *place(size_t align, size_t size) {
    size_t at = (top + 16 + align - 1) / align * align;
    if (has("refuse")) return NULL;
    if (has("refuse-second") && last != NULL) return NULL;
    if (has("crash")) *(volatile int *)(uintptr_t)8 = 1;
    if (has("abort")) abort();
    if (has("exit")) exit(1);
    while (has("hang")) (void)top;
    if (has("far")) return (void *)(uintptr_t)4096;
    if (has("misplace")) at += 4;
    if (has("overlap") && last != NULL) return arena + (size_t)(last - arena) / align * align;
    if (has("scribble") && last != NULL) last[0] ^= 1;
    if (at + size > sizeof arena) return NULL;
    top = at + size;
    memset(arena + at, 0xa5, size);
    last = arena + at;
    head_of(last)->size = size;
    head_of(last)->is_live = 1;
    return last;
}

void *bad_malloc(size_t size);
void *bad_calloc(size_t count, size_t size);
void *bad_realloc(void *block, size_t size);
void bad_free(void *block);
int bad_posix_memalign(void **block, size_t align, size_t size);
size_t bad_malloc_usable_size(void *block);

void *bad_malloc(size_t size) { return size == 0 && !has("zero") ? NULL : place(16, size); }

void *bad_calloc(size_t count, size_t size) {
    unsigned char *block = place(16, count * size);
    if (block != NULL) memset(block, 0, count * size);
    if (block != NULL && has("dirty")) block[count * size - 1] = 1;
    return block;
}

void *bad_realloc(void *block, size_t size) {
    const size_t old = head_of(block)->size;
    unsigned char *other;
    if (has("spoil")) {
        ((unsigned char *)block)[0] ^= 1;
        return NULL;
    }
    other = place(16, size);
    if (other != NULL && !has("forget")) memcpy(other, block, old < size ? old : size);
    return other;
}

void bad_free(void *block) {
    if (block == NULL || has("accept")) return;
    if (has("fault")) *(volatile int *)(uintptr_t)8 = 1;
    if (has("decline") || !head_of(block)->is_live) abort();
    head_of(block)->is_live = 0;
}

int bad_posix_memalign(void **block, size_t align, size_t size) {
    *block = place(align, size);
    return *block == NULL;
}

size_t bad_malloc_usable_size(void *block) { return head_of(block)->size - (has("short") ? 1 : 0); }
`;

/** What stands in place of the allocator of a generated program in Rust. */
export const FAULTY_RUST: string = `
struct Judged(std::sync::Mutex<(usize, usize)>, std::sync::Mutex<Vec<usize>>);
static JUDGED: Judged = Judged(std::sync::Mutex::new((0, 0)), std::sync::Mutex::new(Vec::new()));
static ARENA: [std::sync::atomic::AtomicU64; 8192] = [const { std::sync::atomic::AtomicU64::new(0) }; 8192];

fn has(name: &str) -> bool {
    env::var("FAULT").map(|fault| fault == name).unwrap_or(false)
}

unsafe impl GlobalAlloc for Judged {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut place = self.0.lock().unwrap();
        let base = ARENA.as_ptr() as usize;
        let (top, last) = *place;
        let mut start = (base + top + layout.align() - 1) / layout.align() * layout.align();
        while has("hang") {}
        if has("refuse") { return std::ptr::null_mut(); }
        if has("panic") { panic!("no"); }
        if has("abort") { process::abort(); }
        if has("exit") { process::exit(0); }
        if has("far") { return 4096 as *mut u8; }
        if has("misplace") { start += 1; }
        if has("overlap") && last > 0 { return last as *mut u8; }
        if has("scribble") && last > 0 { unsafe { *(last as *mut u8) ^= 1 }; }
        *place = (start + layout.size() - base, start);
        self.1.lock().unwrap().push(start);
        unsafe { (start as *mut u8).write_bytes(0xa5, layout.size()) };
        start as *mut u8
    }

    unsafe fn dealloc(&self, start: *mut u8, _: Layout) {
        if has("fault") { unsafe { *(8 as *mut u8) = 1 }; }
        let mut live = self.1.lock().unwrap();
        let place = live.iter().position(|address| *address == start as usize);
        if has("accept") { return; }
        if has("decline") || place.is_none() { process::abort(); }
        live.remove(place.unwrap());
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let start = unsafe { self.alloc(layout) };
        if !has("dirty") && !start.is_null() { unsafe { start.write_bytes(0, layout.size()) }; }
        start
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let other = unsafe { self.alloc(Layout::from_size_align(size, layout.align()).unwrap()) };
        let kept = if has("forget") { 0 } else { layout.size().min(size) };
        if !other.is_null() { unsafe { other.copy_from(start, kept) }; }
        other
    }
}
`;

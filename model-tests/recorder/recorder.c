/*
 * Records what a program asks of malloc, and what it is answered: a library to be loaded before all others.
 *
 *     ARIADNE_RECORD=/absolute/path/out.log LD_PRELOAD=./recorder.so ./program
 *
 * The order of the records is one that the allocator can have had: that a block is given back is written before
 * the call is made, that one is placed when it has come back. A resize is both, so it has two records.
 *
 *     # heap-log 1 program=<name> pid=<n> peak-live-bytes=<n>
 *     a <address> <bytes> <align> <thread>     malloc, aligned_alloc, memalign ...; address 0: refused
 *     z <address> <bytes> <align> <thread>     calloc
 *     f <address> <thread>                     free is about to be called
 *     b <address> <bytes> <thread>             realloc is about to be called
 *     e <address> <thread>                     it has placed the block there; 0: refused, the block is where it was
 *
 * The log is a file that is mapped a window at a time, so nothing is lost when the program is killed: what follows
 * the last record is then zero. A process that is forked records nothing; one that is started by it neither, since
 * the log is that of the process that has made it, and a log that is there already is not touched by any other.
 * Calls that an allocator makes of itself are not recorded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WINDOW = 256 * 1024, HEADER = 4096, RECORD_MAX = 128, EARLY = 64 * 1024 };

/* The functions of the allocator that is recorded. */
static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
static void *(*real_memalign)(size_t, size_t);
static void *(*real_aligned_alloc)(size_t, size_t);
static int (*real_posix_memalign)(void **, size_t, size_t);
static void *(*real_valloc)(size_t);
static void *(*real_pvalloc)(size_t);
static size_t (*real_usable)(void *);

/* What looking for these functions may ask for itself; it is never given back. */
static unsigned char early[EARLY] __attribute__((aligned(16)));
static size_t early_used;

static _Thread_local int inside __attribute__((tls_model("initial-exec")));
static _Thread_local int thread __attribute__((tls_model("initial-exec")));
static atomic_int threads;
static atomic_int state; /* 0 not begun, 1 beginning, 2 recording, 3 over */
static atomic_flag lock = ATOMIC_FLAG_INIT;

static char path[4096];
static char *header, *window, *peak_digits;
static off_t window_start;
static size_t used;
static int64_t live, peak, written;

static int is_early(const void *block) {
  return (const unsigned char *)block >= early && (const unsigned char *)block < early + EARLY;
}

static void *early_alloc(size_t size) {
  size_t start = early_used;
  size = (size + 15) & ~(size_t)15;
  if (size > EARLY - start) abort();
  early_used += size;
  return early + start;
}

static void acquire(void) {
  while (atomic_flag_test_and_set_explicit(&lock, memory_order_acquire)) sched_yield();
}

static void release(void) { atomic_flag_clear_explicit(&lock, memory_order_release); }

/* The log from `start` on, as long as a window; the disk is asked first, as a full one would kill the program. */
static char *map(off_t start, size_t size) {
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return NULL;
  void *bytes = MAP_FAILED;
  if (posix_fallocate(file, start, (off_t)size) == 0) {
    bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, start);
  }
  close(file);
  return bytes == MAP_FAILED ? NULL : bytes;
}

static void write_peak(void) {
  int64_t rest = written = peak;
  for (int place = 14; place >= 0; place--, rest /= 10) peak_digits[place] = (char)('0' + rest % 10);
}

static void stop(const char *why) {
  atomic_store(&state, 3);
  if (write(2, why, strlen(why)) < 0) return;
}

static char *put_text(char *to, const char *text) {
  size_t length = strlen(text);
  memcpy(to, text, length);
  return to + length;
}

static char *put_number(char *to, uint64_t value, unsigned base) {
  char digits[20];
  int count = 0;
  do digits[count++] = "0123456789abcdef"[value % base];
  while ((value /= base) > 0);
  *to++ = ' ';
  while (count > 0) *to++ = digits[--count];
  return to;
}

/* A size that no double counts was refused; how much more it was does not matter. */
static uint64_t countable(uint64_t size) {
  const uint64_t most = ((uint64_t)1 << 53) - 1;
  return size < most ? size : most;
}

/* Writes one record; `sizes` are as many numbers as its kind has between the address and the thread. */
static void record(char kind, uintptr_t address, int count, uint64_t first, uint64_t second, int64_t change) {
  acquire();
  if (atomic_load(&state) == 2) {
    if (used + RECORD_MAX > WINDOW) {
      off_t next = window_start + (off_t)(used & ~(size_t)(HEADER - 1));
      char *mapped = map(next, WINDOW);
      if (mapped == NULL) {
        stop("ariadne: the log cannot be made longer, and ends here\n");
      } else {
        munmap(window, WINDOW);
        used -= (size_t)(next - window_start);
        window_start = next;
        window = mapped;
        write_peak();
      }
    }
    if (atomic_load(&state) == 2) {
      char *to = window + used;
      *to++ = kind;
      to = put_number(to, address, 16);
      if (count > 0) to = put_number(to, countable(first), 10);
      if (count > 1) to = put_number(to, second, 10);
      to = put_number(to, (uint64_t)thread, 10);
      *to++ = '\n';
      used = (size_t)(to - window);
      live += change;
      if (live > peak) peak = live;
      if (peak > written + written / 8) write_peak();
    }
  }
  release();
}

static void in_child(void) {
  atomic_store(&state, 3);
  atomic_flag_clear(&lock);
}

__attribute__((destructor)) static void finish(void) {
  acquire();
  if (atomic_load(&state) == 2) {
    write_peak();
    atomic_store(&state, 3);
    if (truncate(path, window_start + (off_t)used) != 0) stop("ariadne: the log cannot be closed\n");
  }
  release();
}

static void find_functions(void) {
  /* ISO C has no cast from a pointer to a function; POSIX has, and says to write it so. */
  *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
  *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
  *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
  *(void **)&real_memalign = dlsym(RTLD_NEXT, "memalign");
  *(void **)&real_aligned_alloc = dlsym(RTLD_NEXT, "aligned_alloc");
  *(void **)&real_posix_memalign = dlsym(RTLD_NEXT, "posix_memalign");
  *(void **)&real_valloc = dlsym(RTLD_NEXT, "valloc");
  *(void **)&real_pvalloc = dlsym(RTLD_NEXT, "pvalloc");
  *(void **)&real_usable = dlsym(RTLD_NEXT, "malloc_usable_size");
  *(void **)&real_free = dlsym(RTLD_NEXT, "free");
}

/*
 * Whether this process is the one to record: the one that has made the log, also once it runs another program. A
 * shell need not pass on what is put into its environment, so the log itself says whose it is.
 */
static int is_ours(void) {
  int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file >= 0) return close(file), 1;
  char start[1024] = "";
  file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, start, sizeof start - 1);
  close(file);
  const char *owner = length > 0 ? strstr(start, " pid=") : NULL;
  return owner != NULL && strtol(owner + 5, NULL, 10) == (long)getpid();
}

static void open_log(void) {
  const char *given = getenv("ARIADNE_RECORD");
  if (given == NULL || strlen(given) >= sizeof path) return;
  strcpy(path, given);
  if (!is_ours()) return;
  int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return stop("ariadne: the log cannot be written\n");
  close(file);
  header = map(0, HEADER);
  window = map(0, WINDOW);
  if (header == NULL || window == NULL) return stop("ariadne: the log cannot be written\n");
  char *to = put_text(header, "# heap-log 1 program=");
  for (const char *name = program_invocation_short_name; *name != '\0' && to < header + 512; name++) {
    *to++ = *name <= ' ' || *name > '~' ? '_' : *name;
  }
  to = put_text(to, " pid=");
  char digits[24];
  *put_number(digits, (uint64_t)getpid(), 10) = '\0';
  to = put_text(to, digits + 1);
  peak_digits = put_text(to, " peak-live-bytes=");
  write_peak();
  peak_digits[15] = '\n';
  used = (size_t)(peak_digits + 16 - header);
  pthread_atfork(NULL, NULL, in_child);
  atomic_store(&state, 2);
}

/* Whether the call that is being made is to be recorded; it is followed by `leave` if so. */
static int enter(void) {
  if (inside > 0) return 0;
  inside = 1;
  int none = 0;
  /* Before the environment is there nobody can say where to write. */
  if (atomic_load(&state) == 0 && environ != NULL && atomic_compare_exchange_strong(&state, &none, 1)) {
    open_log();
    if (atomic_load(&state) == 1) atomic_store(&state, 3);
  }
  if (thread == 0) thread = 1 + atomic_fetch_add(&threads, 1);
  if (atomic_load(&state) == 2) return 1;
  inside = 0;
  return 0;
}

static void leave(void) { inside = 0; }

static int64_t room(void *block) {
  return block == NULL || real_usable == NULL ? 0 : (int64_t)real_usable(block);
}

/* What C asks of a block of so many bytes: that any object that fits in it may lie there. */
static size_t natural(size_t size) {
  size_t align = 1;
  while (2 * align <= size && 2 * align <= _Alignof(max_align_t)) align *= 2;
  return align;
}

static void placed(char kind, void *block, size_t size, size_t align) {
  record(kind, (uintptr_t)block, 2, size, align, room(block));
}

static int is_ready(void) {
  static _Thread_local int finding __attribute__((tls_model("initial-exec")));
  if (real_free != NULL) return 1;
  if (finding) return 0;
  finding = 1;
  find_functions();
  finding = 0;
  return real_free != NULL;
}

void *malloc(size_t size) {
  if (!is_ready()) return early_alloc(size);
  int is_recorded = enter(), before;
  void *block = real_malloc(size);
  before = errno;
  if (is_recorded) placed('a', block, size, natural(size)), leave();
  errno = before;
  return block;
}

void *calloc(size_t count, size_t each) {
  if (!is_ready()) return early_alloc(count * each);
  int is_recorded = enter(), before;
  void *block = real_calloc(count, each);
  before = errno;
  /* A product that is too large is refused, and is no size. */
  if (is_recorded) {
    if (block != NULL) placed('z', block, count * each, natural(count * each));
    leave();
  }
  errno = before;
  return block;
}

void free(void *block) {
  if (block == NULL || is_early(block) || !is_ready()) return;
  int is_recorded = enter(), before = errno;
  if (is_recorded) record('f', (uintptr_t)block, 0, 0, 0, -room(block));
  errno = before;
  real_free(block);
  if (is_recorded) leave();
}

void *realloc(void *block, size_t size) {
  if (block == NULL) return malloc(size);
  if (is_early(block) || !is_ready()) {
    size_t kept = (size_t)(early + EARLY - (unsigned char *)block);
    void *moved = malloc(size);
    return moved == NULL ? NULL : memcpy(moved, block, kept < size ? kept : size);
  }
  int is_recorded = enter(), before;
  /* To no bytes it may be a free or not: that is told by what comes back, so it is a free and a new block. */
  if (is_recorded && size == 0) record('f', (uintptr_t)block, 0, 0, 0, -room(block));
  if (is_recorded && size > 0) record('b', (uintptr_t)block, 1, size, 0, -room(block));
  void *moved = real_realloc(block, size);
  before = errno;
  if (is_recorded) {
    if (size > 0) record('e', (uintptr_t)moved, 0, 0, 0, room(moved == NULL ? block : moved));
    else if (moved != NULL) placed('a', moved, 0, 1);
    leave();
  }
  errno = before;
  return moved;
}

static void *aligned(void *(*real)(size_t, size_t), size_t align, size_t size) {
  if (!is_ready() || real == NULL) return errno = ENOMEM, NULL;
  int is_recorded = enter(), before;
  void *block = real(align, size);
  before = errno;
  int is_power = align > 0 && (align & (align - 1)) == 0;
  if (is_recorded) placed('a', block, size, is_power ? align : 1), leave();
  errno = before;
  return block;
}

void *memalign(size_t align, size_t size) { return is_ready() ? aligned(real_memalign, align, size) : NULL; }

void *aligned_alloc(size_t align, size_t size) {
  return is_ready() ? aligned(real_aligned_alloc, align, size) : NULL;
}

int posix_memalign(void **block, size_t align, size_t size) {
  if (!is_ready() || real_posix_memalign == NULL) return ENOMEM;
  int is_recorded = enter();
  int failure = real_posix_memalign(block, align, size);
  /* One that makes no sense is no request. */
  if (is_recorded) {
    if (failure != EINVAL) placed('a', failure == 0 ? *block : NULL, size, align);
    leave();
  }
  return failure;
}

static void *paged(void *(*real)(size_t), size_t size) {
  if (real == NULL) return errno = ENOMEM, NULL;
  int is_recorded = enter();
  void *block = real(size);
  if (is_recorded) placed('a', block, size, (size_t)sysconf(_SC_PAGESIZE)), leave();
  return block;
}

void *valloc(size_t size) { return is_ready() ? paged(real_valloc, size) : NULL; }
void *pvalloc(size_t size) { return is_ready() ? paged(real_pvalloc, size) : NULL; }

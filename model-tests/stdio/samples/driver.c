/*
 * A driver in C: it asks an allocator what it is told to ask, and tells what the allocator answered.
 *
 *     cc -O2 -o driver driver.c && npx ariadne check --stdio ./driver
 *
 * Copy it and put your allocator where the first-fit allocator is. On a board or under an emulator, read and
 * write the serial line in place of stdin and stdout. README.md beside it has all that may be said.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The allocator: blocks in a table, in the order of their addresses; the first gap that fits is taken. */

enum { ARENA = 1 << 20, BLOCKS_MAX = 1 << 14, LINE_MAX_BYTES = 1 << 14 };
static unsigned char arena[ARENA] __attribute__((aligned(4096)));
static struct { uintptr_t start, size; } blocks[BLOCKS_MAX];
static size_t count, limit;

static void *allocate(size_t size, size_t align) {
  uintptr_t start = (uintptr_t)arena, end = start + limit;
  size_t place = 0;
  if (size == 0) size = 1;
  for (;; place++) {
    start = (start + align - 1) & ~(uintptr_t)(align - 1);
    if (start > end || size > end - start || count == BLOCKS_MAX) return NULL;
    if (place == count || start + size <= blocks[place].start) break;
    start = blocks[place].start + blocks[place].size;
  }
  memmove(&blocks[place + 1], &blocks[place], (count - place) * sizeof blocks[0]);
  blocks[place].start = start;
  blocks[place].size = size;
  count++;
  return (void *)start;
}

static int release(void *block) {
  for (size_t place = 0; place < count; place++) {
    if (blocks[place].start != (uintptr_t)block) continue;
    memmove(&blocks[place], &blocks[place + 1], (count - place - 1) * sizeof blocks[0]);
    count--;
    return 1;
  }
  return 0;
}

/*
 * Addresses, as they are told. Where a process is loaded differs from run to run, and the same calls should
 * have the same answers: so an address is told as its distance from the arena. 4096 more, and none is 0.
 */
enum { BASE = 4096 };
static uintptr_t told(void *block) { return (uintptr_t)block - (uintptr_t)arena + BASE; }
static void *meant(uintptr_t address) { return arena + (address - BASE); }

/* The number of a field, decimal or "0x...", or `otherwise`; requests are flat, so looking for the name is enough. */
static uintptr_t field(const char *line, const char *name, uintptr_t otherwise) {
  const char *found = strstr(line, name);
  if (found == NULL) return otherwise;
  found += strlen(name);
  return (uintptr_t)strtoull(*found == '"' ? found + 1 : found, NULL, 0);
}

static void answer_placed(void *block) {
  if (block == NULL) puts("{\"t\":\"answer\",\"refused\":true}");
  else printf("{\"t\":\"answer\",\"placed\":\"0x%llx\"}\n", (unsigned long long)told(block));
}

static void call(const char *line) {
  size_t size = field(line, "\"size\":", 0), align = field(line, "\"align\":", 1);
  uintptr_t address = field(line, "\"address\":", BASE);
  if (strstr(line, "\"call\":\"alloc\"")) answer_placed(allocate(size, align));
  else if (release(meant(address))) puts("{\"t\":\"answer\",\"released\":true}");
  else puts("{\"t\":\"answer\",\"rejected\":true}");
}

static unsigned digit(char sign) { return sign <= '9' ? sign - '0' : (sign | 32) - 'a' + 10; }

static void read_bytes(const char *line) {
  unsigned char *from = meant(field(line, "\"address\":", BASE));
  size_t size = field(line, "\"size\":", 0);
  fputs("{\"t\":\"bytes\",\"hex\":\"", stdout);
  for (size_t index = 0; index < size; index++) {
    putchar("0123456789abcdef"[from[index] >> 4]);
    putchar("0123456789abcdef"[from[index] & 15]);
  }
  puts("\"}");
}

static void write_bytes(const char *line) {
  unsigned char *to = meant(field(line, "\"address\":", BASE));
  const char *hex = strstr(line, "\"hex\":\"") + 7;
  for (; *hex != '"'; hex += 2) *to++ = (unsigned char)(digit(hex[0]) << 4 | digit(hex[1]));
  puts("{\"t\":\"written\"}");
}

int main(void) {
  static char line[LINE_MAX_BYTES];
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (strstr(line, "\"t\":\"hello\"")) {
      puts("{\"t\":\"hello\",\"v\":1,\"name\":\"first-fit in C\",\"again\":true,\"offers\":[\"memory\"],"
           "\"promises\":{\"alignMax\":4096,\"reclaims\":true,\"zeroSize\":\"block\","
           "\"rejects\":[\"double-free\",\"foreign-pointer\",\"interior-pointer\"]}}");
    } else if (strstr(line, "\"t\":\"create\"")) {
      limit = field(line, "\"memoryBytes\":", ARENA);
      if (limit > ARENA) limit = ARENA;
      count = 0;
      printf("{\"t\":\"created\",\"extent\":[{\"start\":\"0x%x\",\"size\":%zu}]}\n", BASE, limit);
    } else if (strstr(line, "\"t\":\"call\"")) {
      call(line);
    } else if (strstr(line, "\"t\":\"read\"")) {
      read_bytes(line);
    } else if (strstr(line, "\"t\":\"write\"")) {
      write_bytes(line);
    }
    fflush(stdout); /* Whoever asked waits for this line. */
  }
  return 0; /* The end of the input is the end of the work. */
}

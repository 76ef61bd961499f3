/** An allocator in C to begin with: first fit in a list of free blocks, which is enough to pass. */

export const NATIVE_FILE = "allocator.c";
export const NATIVE_BUILD = "cc -O1 -shared -fPIC -o liballocator.so allocator.c";
export const NATIVE_CHECK: string = "npx ariadne check ./liballocator.so --prefix my_";

export const NATIVE_TEXT: string = `/* An allocator under test. Replace it by your own; then:
 *   ${NATIVE_BUILD}
 *   ${NATIVE_CHECK}
 *
 * my_calloc, my_aligned_alloc, my_memalign, my_posix_memalign and my_malloc_usable_size are called as well
 * if they are here. The prefix keeps them apart from those of the C library, which goes on working.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What stands before every block: a multiple of 16 bytes, so that blocks are aligned to 16. */
typedef struct header {
  size_t size;         /* of the block, without this */
  struct header *next; /* the next free block, while this one is free */
} header;

static _Alignas(16) unsigned char memory[1 << 23];
static size_t used;
static header *free_blocks;

void *my_malloc(size_t size) {
  if (size > sizeof memory) return NULL;
  size = (size + 15) & ~(size_t)15;
  for (header **link = &free_blocks; *link != NULL; link = &(*link)->next) {
    header *block = *link;
    if (block->size < size) continue;
    *link = block->next;
    return block + 1;
  }
  if (used + sizeof(header) + size > sizeof memory) return NULL;
  header *block = (header *)(memory + used);
  block->size = size;
  used += sizeof(header) + size;
  return block + 1;
}

void my_free(void *address) {
  if (address == NULL) return;
  header *block = (header *)address - 1;
  block->next = free_blocks;
  free_blocks = block;
}

void *my_realloc(void *address, size_t size) {
  if (address == NULL) return my_malloc(size);
  header *block = (header *)address - 1;
  if (size <= block->size) return address;
  void *moved = my_malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, address, block->size);
  my_free(address);
  return moved;
}
`;

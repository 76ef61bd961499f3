/** An allocator as a loop wants it; an address of 0 is a refusal. */
export interface RawAllocator {
  alloc(size: number, align: number): number;
  realloc(start: number, size: number, align: number, newSize: number): number;
  free(start: number, size: number, align: number): void;
}

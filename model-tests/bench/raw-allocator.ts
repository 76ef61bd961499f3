/** An allocator as a loop wants it; an address of 0 is a refusal. */
export interface RawAllocator {
  alloc(size: number, align: number): number;
  realloc(start: number, size: number, align: number, newSize: number): number;
  free(start: number, size: number, align: number): void;
  /** Goes over to the second phase, if there is one; is called when a hundredth of the calls is made. */
  switch?(): void;
}

/**
 * Makes the system below give all of `memory`, which is fresh and zero: it would else do so at the first
 * write to each page, amid the calls that are measured.
 */
export function commit(memory: Uint8Array): void {
  memory.fill(0);
}

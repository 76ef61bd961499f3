/** Ends its list of blocks with a zero, even where the last block ends with the extent. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const trespassingAllocator: Subject = toy("trespassing-allocator", (heap) => ({
  alloc: (size, align) => {
    const placed = heap.place(size, align);
    if (placed + size === heap.end) heap.bytes[heap.end] = 0;
    return placed;
  },
}));

/** Moves a block without its bytes. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const amnesicAllocator: Subject = toy("amnesic-allocator", (heap) => ({
  realloc: (address, size, align, newSize) => {
    const moved = heap.move(address, size, align, newSize);
    if (moved > 0 && moved !== address) heap.bytes.fill(0, moved, moved + newSize);
    return moved;
  },
}));

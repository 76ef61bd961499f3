/** Counts its refusals in the first byte of its first block. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const spitefulAllocator: Subject = toy("spiteful-allocator", (heap) => ({
  alloc: (size, align) => {
    const placed = heap.place(size, align);
    const victim = heap.blocks.find((block) => block.size > 0);
    if (placed === 0 && victim !== undefined) heap.bytes[victim.start] = 0;
    return placed;
  },
}));

/** Throws when its last block is freed, because an empty list has no first element. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const throwingAllocator: Subject = toy("throwing-allocator", (heap) => ({
  dealloc: (address, size, align) => {
    const isRemoved = heap.remove(address, size, align);
    if (isRemoved && heap.blocks.length === 0) throw new RangeError("the list has no head");
    return isRemoved;
  },
}));

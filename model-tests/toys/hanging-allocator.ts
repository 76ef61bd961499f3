/** Looks for the block to free in a list that it has made a ring. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const hangingAllocator: Subject = toy("hanging-allocator", ({ blocks }) => ({
  dealloc: (address) => {
    let index = 0;
    while (blocks[index]?.start !== address + 1) index = (index + 1) % blocks.length;
  },
}));

/** Rounds a size down where it should round up, so that the next block begins in this one. */
import { roundDown } from "#units";
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const overlappingAllocator: Subject = toy(
  "overlapping-allocator",
  (heap) => ({
    alloc: (size, align) => {
      const start = heap.place(size, align);
      const index = heap.blocks.findIndex((block) => block.start === start);
      const room = Math.max(8, roundDown(size, 8));
      if (start > 0) heap.blocks[index] = { start, size, align, room };
      return start;
    },
  }),
  {},
  // Owners would damage each other's bytes, share their usable bytes, and free each other's blocks.
  ["memory", "usableSize", "rejects"],
);

/** Refuses for ever after it has refused once. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const sulkingAllocator: Subject = toy(
  "sulking-allocator",
  (heap) => {
    let isSulking = false;
    return {
      alloc: (size, align) => {
        const placed = isSulking ? 0 : heap.place(size, align);
        isSulking = placed === 0;
        return placed;
      },
    };
  },
  // It would not keep these either.
  { reclaims: false, zeroSize: "any" },
);

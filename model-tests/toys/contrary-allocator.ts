/** Says no whenever it is told to free a block, also when it has done so. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const contraryAllocator: Subject = toy(
  "contrary-allocator",
  (heap) => ({
    dealloc: (address, size, align) => heap.remove(address, size, align) && false,
  }),
  {},
  // Whether such a block still counts is anybody's guess.
  ["used"],
);

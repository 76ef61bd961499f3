/** Answers the place of a block that it has not found. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const notANumberAllocator: Subject = toy("not-a-number-allocator", (heap) => ({
  alloc: (size, align) => heap.place(size, align) || Number.NaN,
}));

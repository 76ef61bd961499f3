/** Answers half of what is there where it should refuse. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const fractionalAllocator: Subject = toy("fractional-allocator", (heap) => ({
  alloc: (size, align) => heap.place(size, align) || (heap.end + 1) / 2,
}));

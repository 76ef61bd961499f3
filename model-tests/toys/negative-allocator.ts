/** Answers -1 where it should refuse, as a system call would. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const negativeAllocator: Subject = toy("negative-allocator", (heap) => ({
  alloc: (size, align) => heap.place(size, align) || -1,
}));

/** Gives every block the default alignment, whatever was asked for. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const misalignedAllocator: Subject = toy("misaligned-allocator", (heap) => ({
  alloc: (size, align) => heap.place(size, align, 1),
}));

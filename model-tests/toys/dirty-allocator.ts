/** Takes for granted that memory is zero. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const dirtyAllocator: Subject = toy("dirty-allocator", (heap) => ({
  allocZeroed: (size, align) => heap.place(size, align),
}));

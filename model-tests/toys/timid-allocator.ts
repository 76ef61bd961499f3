/** Refuses every request for more than half of the extent. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const timidAllocator: Subject = toy("timid-allocator", (heap, { memoryBytes }) => ({
  alloc: (size, align) => (size > memoryBytes / 2 ? 0 : heap.place(size, align)),
}));

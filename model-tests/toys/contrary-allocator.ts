/** Says no whenever it is told to free a block, and keeps it. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const contraryAllocator: Subject = toy("contrary-allocator", () => ({
  dealloc: () => false,
}));

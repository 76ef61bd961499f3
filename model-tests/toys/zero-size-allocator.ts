/** Promises to refuse a request of no bytes, and grants it. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const zeroSizeAllocator: Subject = toy(
  "zero-size-allocator",
  () => ({}),
  { zeroSize: "refused" },
  // Such a block takes a byte, which is no excuse to refuse another.
  ["availability"],
);

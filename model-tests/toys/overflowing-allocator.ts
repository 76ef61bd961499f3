/** Believes that its extent is eight bytes longer than it is. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const overflowingAllocator: Subject = toy(
  "overflowing-allocator",
  ({ start, end }) => {
    const extent = [{ start, size: end - start - 8 }];
    return { extent: () => extent };
  },
  {},
  // The usable bytes lie outside as well, and so does what the owner writes.
  ["usableSize", "touchesOnly"],
);

/** Writes a header of sixteen bytes into a freed block that may have only eight. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const scribblingAllocator: Subject = toy(
  "scribbling-allocator",
  (heap) => ({
    dealloc: (address, size, align) => {
      if (!heap.remove(address, size, align)) return false;
      heap.bytes.fill(0, address, address + 16);
      return true;
    },
  }),
  {},
  // The last header may lie outside of the extent; damage stays, and others would see it later.
  ["touchesOnly", "realloc", "independentInstances"],
);

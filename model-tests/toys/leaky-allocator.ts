/** Never uses the bytes of a freed block again. */
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const leakyAllocator: Subject = toy(
  "leaky-allocator",
  (heap) => ({
    dealloc: (address, size, align) => {
      const index = heap.blocks.findIndex(({ start }) => start === address);
      if (!heap.remove(address, size, align)) return false;
      // A block that nobody can free, and that counts for nothing.
      heap.blocks.splice(index, 0, { start: address, size: 0, align: 0, room: Math.max(size, 1) });
      return true;
    },
  }),
  { availability: "never" },
);

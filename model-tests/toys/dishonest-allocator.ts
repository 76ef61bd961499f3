/** Rounds the usable size of a block down to whole granules. */
import { roundDown } from "#units";
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const dishonestAllocator: Subject = toy("dishonest-allocator", ({ blocks }) => ({
  usableSize: (address) => roundDown(blocks.find(({ start }) => start === address)?.size ?? 0, 8),
}));

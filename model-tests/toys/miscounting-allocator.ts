/** Counts the bytes that blocks take, not those that were asked for. */
import { roundUp } from "#units";
import type { Subject } from "../subject/subject.ts";
import { toy } from "./plain-heap.ts";

export const miscountingAllocator: Subject = toy("miscounting-allocator", ({ blocks }) => ({
  used: () => blocks.reduce((sum, { size }) => sum + roundUp(size, 8), 0),
}));

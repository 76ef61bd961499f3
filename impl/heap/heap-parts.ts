/** What the parts of a system of heaps share. */
import type { Observer } from "#support";
import type { KernelMemory } from "../core/kernel-memory.ts";
import type { Machine } from "../core/machine.ts";
import type { InitialHeap } from "./initial-heap.ts";
import type { SlabArea } from "./slab-area.ts";
import type { SlabSource } from "./slab-source.ts";

export interface HeapParts {
  readonly machine: Machine;
  readonly memory: KernelMemory;
  readonly area: SlabArea;
  readonly initial: InitialHeap;
  readonly source: SlabSource;
  readonly observer: Observer;
}

/** The situations worth reaching in a system of heaps, beside those of a zone. */
export const COMBINATION_MARKS: readonly string[] = [
  "combination.grown",
  "combination.growth-failed-later",
  "combination.heap-opened-late",
  "combination.heap-closed",
  "combination.page-transferred",
  "combination.last-page-transferred",
  "combination.page-lent",
  "combination.page-taken-back",
  "combination.page-given-back",
  "combination.place-passed-over",
  "combination.freed-by-another",
  "combination.freed-while-switching",
  "combination.initial-freed-after-switch",
  "combination.served-by-initial",
  "combination.switched",
  "combination.switch-failed",
  "combination.large-placed",
  "combination.large-refused",
  "combination.large-freed",
  "combination.large-grown",
  "combination.resized-in-place",
  "combination.moved",
];

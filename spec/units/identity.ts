/** Small integers that name things: blocks, cores, entities, instances. */
import type { Branded } from "./brand.ts";

/** The name of a block within one trace: dense, counted from 0 in order of the calls that ask for one. */
export type BlockName = Branded<"BlockName">;

/** The number of a processor core, from 0. */
export type CoreId = Branded<"CoreId">;

/** The name of a translation that a core keeps, or of a table that it remembers. */
export type EntryName = Branded<"EntryName">;

/** The name of a round of a TLB shootdown. */
export type RoundName = Branded<"RoundName">;

/** The number of a change of a mapping, counted from 0. */
export type ChangeNumber = Branded<"ChangeNumber">;

/** The number of a heap within a system of heaps, from 0. */
export type HeapId = Branded<"HeapId">;

/** Whoever a heap of its own may belong to: a core, a task, a name space. */
export type Key = Branded<"Key">;

/** Names `value` as a block's name. */
export function blockName(value: number): BlockName {
  return value as BlockName;
}

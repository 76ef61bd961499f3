/** What the two words of an entry say: the bits by their places in the manuals, one by one. */
import type { PagingControls, TableEntry } from "#spec";
import type { FrameNumber, Word32 } from "#units";
import type { ProcessorSetup } from "../memory/paging-controls.ts";

/** The entry that `high` and `low` are the words of. */
export function entryMeaning(high: Word32, low: Word32): TableEntry {
  return {
    isPresent: bitOf(low, 2 ** 0),
    isWritable: bitOf(low, 2 ** 1),
    isUser: bitOf(low, 2 ** 2),
    isAccessed: bitOf(low, 2 ** 5),
    isDirty: bitOf(low, 2 ** 6),
    isLarge: bitOf(low, 2 ** 7),
    isGlobal: bitOf(low, 2 ** 8),
    frame: ((high % 2 ** 20) * 2 ** 20 + Math.floor(low / 4096)) as FrameNumber,
    isNoExecute: bitOf(high, 2 ** 31),
  };
}

/** What a processor that is set up like this does with entries. */
export function controlsMeaning(setup: ProcessorSetup): PagingControls {
  return {
    isWriteProtected: setup.isWriteProtected,
    isNoExecuteEnabled: setup.isNoExecuteEnabled,
    isGlobalEnabled: setup.isGlobalEnabled,
    hasLargestPages: setup.hasLargestPages,
    frameLimit: (1 << (setup.physicalBits - 32)) * 2 ** 20,
  };
}

/** Whether `word` has the bit that counts `weight`. */
function bitOf(word: Word32, weight: number): boolean {
  return Math.floor(word / weight) % 2 === 1;
}

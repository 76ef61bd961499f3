/** What a live block is in every heap that the judge admits: a word for each claim, so that each is proved. */
import { alignmentDue, type Block, type HeapState } from "#spec";
import type { BlockName } from "#units";

/** Aligned as asked and promised; in the extent; with the bytes asked for; known by its own name. */
export type BlockClaim = "aligned" | "in-extent" | "large-enough" | "named";

/** Whether `block`, which is live under `name`, is as `claim` says. A block without bytes lies anywhere. */
export function isAs(
  claim: BlockClaim,
  { contract, extent }: HeapState,
  name: BlockName,
  { name: own, start, size, align, reach }: Block,
): boolean {
  const end = start + reach;
  if (claim === "named") return own === name;
  if (claim === "large-enough") return reach >= size;
  if (reach === 0) return true;
  if (claim === "aligned") {
    return start % Math.max(align, alignmentDue(contract, size)) === 0;
  }
  if (!contract.extentKnown) return end <= Number.MAX_SAFE_INTEGER;
  return extent.some((part) => part.start <= start && end <= part.start + part.size);
}

/** Whether the block that is live under `name`, if there is one, is as `claim` says. */
export function isAsNow(claim: BlockClaim, state: HeapState, name: BlockName): boolean {
  return !state.live.has(name) || isAs(claim, state, name, state.live.at(name));
}

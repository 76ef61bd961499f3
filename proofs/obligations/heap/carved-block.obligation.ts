/** From a plan of the hole list to the specification: the judge admits a block that is carved. */
import { planCarving, roundedSize } from "#impl";
import { type Block, type Call, judge, liveBlocks, NOTHING_SEEN, type Request } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, Alignment, BlockName, Branded, ByteCount } from "#units";
import { assume } from "../assume.ts";
import { isPowerOfTwo } from "../units/power-of-two.ts";
import { isApartFrom, PROMISES } from "./hole-list-promises.ts";

/**
 * An address or a size below 2^51, where nothing that a plan adds up is beyond the safe integers.
 *
 * @range 0..2^51-1
 */
type Low = Branded<"Low">;

/**
 * Where a hole of the extent has no byte of a live block, a block that is carved out of it is
 * admitted: it lies in the extent, is aligned as asked and as promised, and has no byte of another.
 *
 * @proves alloc, block-in-extent, block-aligned, live-blocks-disjoint
 * @split align 2^0..2^52
 */
export function carvedBlockIsAdmitted(
  blocks: FiniteMap<BlockName, Block>,
  dead: FiniteMap<BlockName, Address>,
  requested: ByteCount,
  first: Request | undefined,
  name: BlockName,
  size: Low,
  align: Alignment,
  extentStart: Low,
  extentSize: Low,
  holeStart: Low,
  holeSize: Low,
): boolean {
  assume(isPowerOfTwo(align) && holeStart % 8 === 0 && extentStart <= holeStart);
  assume(holeStart + holeSize <= extentStart + extentSize);
  assume(blocks.every((block) => isApartFrom(block, holeStart, holeStart + holeSize)));
  const taken = roundedSize(asBytes(size));
  const carving = planCarving(asBytes(holeStart), asBytes(holeSize), taken, align);
  if (carving === undefined) return true;
  const extent = [{ start: asBytes(extentStart), size: asBytes(extentSize) }];
  const state = { contract: PROMISES, extent, live: liveBlocks(blocks), dead, requested, first };
  const call: Call = { kind: "alloc", name, size: asBytes(size), align };
  const address = (holeStart + carving.before) as Address;
  return judge(state, call, { kind: "placed", address }, NOTHING_SEEN).kind === "admitted";
}

/** The same number, as an address or as a size. */
function asBytes(value: Low): Address & ByteCount {
  return value as number as Address & ByteCount;
}

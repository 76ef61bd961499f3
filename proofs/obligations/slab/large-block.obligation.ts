/** From pages of its own to the specification: the judges of heaps and of systems admit a large block. */
import { largePagesFor, largeRequestFor } from "#impl";
import {
  type Block,
  type Call,
  isInWindow,
  judge,
  liveBlocks,
  NOTHING_SEEN,
  type Request,
  windowOf,
} from "#spec";
import type { FiniteMap } from "#support";
import type { Address, Alignment, BlockName, Branded, ByteCount, UnitNumber } from "#units";
import { assume } from "../assume.ts";
import { isApartFrom, PROMISES } from "../heap/hole-list-promises.ts";
import { isPowerOfTwo } from "../units/power-of-two.ts";

/**
 * A page of 4096 bytes, by its number: of the first 2^52 bytes.
 *
 * @range 0..2^40-1
 */
export type LargePage = Branded<"LargePage">;

const PAGE_SIZE = 4096;
/** No request is larger that is served. */
const SIZE_MAX = 2 ** 46;

/**
 * Whatever pages are mapped for a large block, as long as they are such as it asks for and no live block has a byte
 * in them, the block that begins with them is admitted: it lies in the extent, is aligned, and has no byte of
 * another. How many blocks are live, and how large the extent is, is not bounded. That a chunk of pages is as it
 * is asked for and nobody else's is `chunkIsTheOneAskedFor` and `stepKeepsChunksApart`.
 *
 * @proves large-request, alloc, block-in-extent, block-aligned, live-blocks-disjoint
 * @split align 2^0..2^52
 */
export function largeBlockIsAdmitted(
  blocks: FiniteMap<BlockName, Block>,
  dead: FiniteMap<BlockName, Address>,
  requested: ByteCount,
  first: Request | undefined,
  name: BlockName,
  size: ByteCount,
  align: Alignment,
  page: LargePage,
  firstPage: LargePage,
  pageCount: LargePage,
): boolean {
  assume(isPowerOfTwo(align) && size <= SIZE_MAX);
  const count = largePagesFor(size);
  const run = { first: page as number as UnitNumber, count };
  assume(isInWindow(windowOf(largeRequestFor(align), count), run));
  assume(firstPage <= page && page + count <= firstPage + pageCount);
  const start = (PAGE_SIZE * page) as Address;
  assume(blocks.every((block) => isApartFrom(block, start, PAGE_SIZE * (page + count))));
  const extent = [
    { start: (PAGE_SIZE * firstPage) as Address, size: (PAGE_SIZE * pageCount) as ByteCount },
  ];
  const state = { contract: PROMISES, extent, live: liveBlocks(blocks), dead, requested, first };
  const call: Call = { kind: "alloc", name, size, align };
  const answer = { kind: "placed", address: start } as const;
  return judge(state, call, answer, NOTHING_SEEN).kind === "admitted";
}

/**
 * A large block has as many pages as its bytes need and no more, but for one without bytes, which has one.
 *
 * @proves large-pages-for
 */
export function largePagesAreThoseOfTheBytes(size: ByteCount): boolean {
  const count = largePagesFor(size);
  const isEnough = size <= PAGE_SIZE * count;
  return isEnough && (count === 1 || PAGE_SIZE * (count - 1) < size);
}

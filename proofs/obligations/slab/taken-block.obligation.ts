/** From a slab page to the specification: the judge of heaps admits a block that is taken. */
import {
  alignOfSlabClass,
  blocksOfSlabClass,
  SLAB_SIZE,
  type SlabBlock,
  type SlabClass,
  sizeOfSlabClass,
} from "#impl";
import { type Block, type Call, judge, liveBlocks, NOTHING_SEEN, type Request } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, Branded, ByteCount } from "#units";
import { assume } from "../assume.ts";
import { PROMISES } from "../heap/hole-list-promises.ts";

/**
 * A page of 8192 bytes, by its number: of the first 2^51 bytes.
 *
 * @range 0..2^38-1
 */
export type SlabPage = Branded<"SlabPage">;

/** Where a live block lies: in which page, and which of its blocks it is. */
export interface SlabPlace {
  readonly page: SlabPage;
  readonly block: SlabBlock;
}

/**
 * Where each live block lies in one page, and those of the page that is taken from are other blocks of its
 * class, the block that is taken is admitted, as large as the class is and with the alignment that the class
 * promises: it lies in the extent, is aligned, and has no byte of another. How many are live, in how many
 * pages and of which classes those are, is not bounded. That the block is none of the live ones is
 * `takingTakesAFreeBlock`.
 *
 * @proves alloc, block-in-extent, block-aligned, live-blocks-disjoint
 * @split index 0..31
 */
export function takenSlabBlockIsAdmitted(
  blocks: FiniteMap<BlockName, Block>,
  places: FiniteMap<BlockName, SlabPlace>,
  dead: FiniteMap<BlockName, Address>,
  requested: ByteCount,
  first: Request | undefined,
  name: BlockName,
  index: SlabClass,
  page: SlabPage,
  taken: SlabBlock,
  firstPage: SlabPage,
  pageCount: SlabPage,
): boolean {
  assume(firstPage <= page && page < firstPage + pageCount && taken < blocksOfSlabClass(index));
  assume(
    blocks.every((block, each) => {
      if (!places.has(each) || !isInPage(block, places.get(each).page)) return false;
      const place = places.get(each);
      return place.page !== page || (place.block !== taken && isBlock(block, index, place));
    }),
  );
  const size = sizeOfSlabClass(index);
  const align = alignOfSlabClass(index);
  const extent = [
    { start: (SLAB_SIZE * firstPage) as Address, size: (SLAB_SIZE * pageCount) as ByteCount },
  ];
  const state = { contract: PROMISES, extent, live: liveBlocks(blocks), dead, requested, first };
  const call: Call = { kind: "alloc", name, size, align };
  const address = (SLAB_SIZE * page + taken * size) as Address;
  return judge(state, call, { kind: "placed", address }, NOTHING_SEEN).kind === "admitted";
}

/** Whether `block` has no byte outside of `page`. */
function isInPage({ start, reach }: Block, page: SlabPage): boolean {
  return SLAB_SIZE * page <= start && start + reach <= SLAB_SIZE * page + SLAB_SIZE;
}

/** Whether `block` lies where the block of class `index` at `place` does, and has no byte of another. */
function isBlock({ start, reach }: Block, index: SlabClass, { page, block }: SlabPlace): boolean {
  const size = sizeOfSlabClass(index);
  return start === SLAB_SIZE * page + block * size && reach <= size;
}

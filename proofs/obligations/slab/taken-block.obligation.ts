/** From a slab page to the specification: the judge of heaps admits a block that is taken. */
import {
  alignOfSlabClass,
  blocksOfSlabClass,
  SLAB_ALIGN_MAX,
  SLAB_SIZE,
  type SlabBlock,
  type SlabClass,
  sizeOfSlabClass,
} from "#impl";
import { type Block, type Call, judge, liveBlocks, NOTHING_SEEN, type Request } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, Alignment, BlockName, Branded, ByteCount } from "#units";
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

/**
 * A request that the class of a page serves, of no more bytes than a block of the class has, is admitted where the
 * block starts that is taken, if that is a multiple of what is asked for. That it is one is
 * `multiplesOfMoreAreMultiples`: of an alignment that the class promises every smaller one is promised too.
 *
 * @proves alloc, block-in-extent, block-aligned, live-blocks-disjoint
 * @split index 0..31
 */
export function servedRequestIsAdmitted(
  blocks: FiniteMap<BlockName, Block>,
  places: FiniteMap<BlockName, SlabPlace>,
  dead: FiniteMap<BlockName, Address>,
  requested: ByteCount,
  first: Request | undefined,
  call: Request & { readonly name: BlockName },
  index: SlabClass,
  page: SlabPage,
  taken: SlabBlock,
  firstPage: SlabPage,
  pageCount: SlabPage,
): boolean {
  const address = (SLAB_SIZE * page + taken * sizeOfSlabClass(index)) as Address;
  assume(firstPage <= page && page < firstPage + pageCount && taken < blocksOfSlabClass(index));
  assume(call.size <= sizeOfSlabClass(index) && call.align >= 1);
  assume(address % Math.max(call.align, 8) === 0);
  assume(
    blocks.every((block, each) => {
      if (!places.has(each) || !isInPage(block, places.get(each).page)) return false;
      const place = places.get(each);
      return place.page !== page || (place.block !== taken && isBlock(block, index, place));
    }),
  );
  const extent = [
    { start: (SLAB_SIZE * firstPage) as Address, size: (SLAB_SIZE * pageCount) as ByteCount },
  ];
  const state = { contract: PROMISES, extent, live: liveBlocks(blocks), dead, requested, first };
  const asked: Call = { kind: "alloc", name: call.name, size: call.size, align: call.align };
  return judge(state, asked, { kind: "placed", address }, NOTHING_SEEN).kind === "admitted";
}

/**
 * A multiple of an alignment that a class promises is one of every smaller alignment, and of 8.
 *
 * @proves align-of-slab-class, block-aligned
 * @mode bits
 * @split more 2^3..2^12
 */
export function multiplesOfMoreAreMultiples(
  address: Address,
  align: Alignment,
  more: Alignment,
): boolean {
  assume(align <= more && 8 <= more && more <= SLAB_ALIGN_MAX && address % more === 0);
  return address % Math.max(align, 8) === 0;
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

/** The door of the implementation. */
export { auditBlockAllocator } from "./audit/block-allocator-audit.ts";
export { auditHoleList } from "./audit/hole-list-audit.ts";
export { BLOCK_ALLOCATOR_MARKS, BlockAllocator } from "./heap/block-allocator.ts";
export type { SpanView } from "./heap/block-spans.ts";
export { type Carving, HOLE_SIZE_MIN, planCarving } from "./heap/hole-carving.ts";
export { HOLE_LIST_MARKS, HoleList, type OutOfMemory } from "./heap/hole-list.ts";
export { type Merging, planMerge } from "./heap/hole-merging.ts";
export { planResize, type Resizing } from "./heap/hole-resizing.ts";
export { carveHole, mergeHole, resizeHole } from "./heap/hole-surgery.ts";
export { NO_HOLE } from "./heap/hole-words.ts";
export { roundedSize } from "./heap/rounded-size.ts";
export {
  hasSizeClass,
  SIZE_CLASS_COUNT,
  SIZE_CLASS_SIZE_MAX,
  type SizeClassIndex,
  sizeClassFor,
  sizeOfClass,
} from "./heap/size-class.ts";
export {
  blockAt,
  blocksPerSpan,
  isBlockStart,
  offsetOfBlock,
  SPAN_SIZE,
} from "./heap/span-blocks.ts";
export { blockToTake, freedBefore, keepFreedBefore } from "./heap/span-chain.ts";
export { linkSpan, unlinkSpan } from "./heap/span-links.ts";
export { NONE, type SpanNumber } from "./heap/span-number.ts";
export { closeSpan, openSpan, type SpanColumns } from "./heap/span-opening.ts";
export { isFirstAt, isListAt } from "./interpretation/hole-list-meaning.ts";
export {
  addressOf,
  type Granule,
  type HoleSet,
  isFree,
  withMerged,
  withoutBlock,
  withTail,
} from "./interpretation/hole-set.ts";
export {
  isFirstSpanAt,
  isSpanListAt,
  type Rank,
  type Span,
  type SpanList,
} from "./interpretation/span-list-meaning.ts";
export {
  addressOfBlock,
  type BlockNumber,
  type FreeBlocks,
  isChainAt,
  isHeadOf,
} from "./interpretation/span-meaning.ts";
export type { Column } from "./memory/column.ts";
export type { Memory } from "./memory/memory.ts";
export { PlainColumn } from "./memory/plain-column.ts";
export { PlainMemory } from "./memory/plain-memory.ts";
export { TranslatedMemory } from "./memory/translated-memory.ts";

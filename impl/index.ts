/** The door of the implementation. */
export { auditBlockAllocator } from "./audit/block-allocator-audit.ts";
export { auditFreeChunks, auditTree } from "./audit/free-chunks-audit.ts";
export { auditHoleList } from "./audit/hole-list-audit.ts";
export { auditMachine } from "./audit/machine-audit.ts";
export { auditPageTables } from "./audit/page-tables-audit.ts";
export type { BlockSource } from "./collections/block-source.ts";
export { type Encoding, UNIT, WORD, wordsOf } from "./collections/encoding.ts";
export { HeapArc, type HeapWeak } from "./collections/heap-arc.ts";
export { HeapBox } from "./collections/heap-box.ts";
export { heapSource, individualSource } from "./collections/heap-source.ts";
export { HeapVec } from "./collections/heap-vec.ts";
export { AddressSpace } from "./core/address-space.ts";
export { Core } from "./core/core.ts";
export type { MapFailure } from "./core/holdings.ts";
export { KernelMemory } from "./core/kernel-memory.ts";
export { Machine } from "./core/machine.ts";
export type { MachineConfig, MachineWatchers } from "./core/machine-config.ts";
export { type MachineObserver, UNWATCHED } from "./core/machine-observer.ts";
export type { UnmappedParts } from "./core/mapper.ts";
export { alone, type Sections, type YieldPoint } from "./core/section.ts";
export { BLOCK_ALLOCATOR_MARKS, BlockAllocator } from "./heap/block-allocator.ts";
export type { SpanView } from "./heap/block-spans.ts";
export { classAfter, hasClass, withClass, withoutClass } from "./heap/class-bits.ts";
export { CombinationHeap } from "./heap/combination-heap.ts";
export type { FreeRefusal } from "./heap/free-refusal.ts";
export {
  type CombinationConfig,
  type HeapConfig,
  USUAL_COMBINATION,
  USUAL_HEAP,
} from "./heap/heap-config.ts";
export {
  classOfWord,
  givenBackWord,
  heapOfWord,
  INITIAL,
  isSlabWord,
  linkOfWord,
  NEVER_USED,
  slabWord,
  TAKEN,
} from "./heap/heap-map.ts";
export { COMBINATION_MARKS } from "./heap/heap-parts.ts";
export type { HeapPhase } from "./heap/heap-phase.ts";
export type { SwitchFailure } from "./heap/heap-switch.ts";
export { areaSize, type BeginFailure, type HeapSystem } from "./heap/heap-system.ts";
export { type Carving, HOLE_SIZE_MIN, planCarving } from "./heap/hole-carving.ts";
export { HOLE_LIST_MARKS, HoleList, type OutOfMemory } from "./heap/hole-list.ts";
export { type Merging, planMerge } from "./heap/hole-merging.ts";
export { planResize, type Resizing } from "./heap/hole-resizing.ts";
export { carveHole, mergeHole, resizeHole } from "./heap/hole-surgery.ts";
export { NO_HOLE } from "./heap/hole-words.ts";
export type { IndividualHeap } from "./heap/individual-heap.ts";
export { type Caller, type KeyPolicy, perCore, perNamespace, perTask } from "./heap/key-policy.ts";
export { LARGE_ALIGN_MAX } from "./heap/large-allocations.ts";
export { largePagesFor, largeRequestFor } from "./heap/large-pages.ts";
export { hasNoNeighbour, linkPage, unlinkPage } from "./heap/page-links.ts";
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
  type AreaSize,
  bookPages,
  NO_PAGE,
  offsetInPage,
  pageOfOffset,
  SlabArea,
} from "./heap/slab-area.ts";
export { isFreeAmong, lowestOf, withFree, withoutLowest } from "./heap/slab-bits.ts";
export {
  alignOfSlabClass,
  blocksOfSlabClass,
  hasSlabClass,
  NO_START,
  SLAB_ALIGN_MAX,
  SLAB_CLASS_COUNT,
  SLAB_SIZE_MAX,
  type SlabClass,
  sizeOfSlabClass,
  slabBlockAt,
  slabClassFor,
} from "./heap/slab-class.ts";
export {
  bitsOf,
  formatPage,
  freeBlock,
  LAST_FREE,
  liveBlocks,
  NO_LINK,
  NOT_LIVE,
  nextLink,
  previousLink,
  roomsOf,
  SLAB_SIZE,
  takeBlock,
  wordsForBlocks,
} from "./heap/slab-page.ts";
export type { SlabPages } from "./heap/slab-pages.ts";
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
export { putIntoSpan, type SpanStore, takeOfSpan } from "./heap/span-steps.ts";
export { ZoneAllocator } from "./heap/zone-allocator.ts";
export { ZoneHeap } from "./heap/zone-heap.ts";
export { ZONE_MARKS } from "./heap/zone-marks.ts";
export {
  EMPTIES,
  JOINS,
  planEmptied,
  planKept,
  planLess,
  planPut,
  planTake,
  STAYS,
  startOfTaken,
} from "./heap/zone-plans.ts";
export {
  EMPTY_COUNT_OFFSET,
  emptyAt,
  MAY_OFFSET,
  PAGE_COUNT_OFFSET,
  RECORD_SIZE,
} from "./heap/zone-record.ts";
export { NO_BLOCK, putIntoPage, takeOfList } from "./heap/zone-steps.ts";
export { addTo, noteEmpty } from "./heap/zone-surgery.ts";
export {
  areChunksApart,
  areChunksWhole,
  type ChunkSet,
  isFreeUnit,
  withoutUnits,
  withUnits,
} from "./interpretation/chunk-set.ts";
export { freeUnitsOf } from "./interpretation/free-chunks-meaning.ts";
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
export { viewOfMachine } from "./interpretation/machine-view.ts";
export {
  halfAt,
  isFirstSlabAt,
  isPlaced,
  isSlabListAt,
  type SlabList,
  type SlabNumber,
} from "./interpretation/page-list-meaning.ts";
export { controlsMeaning, entryMeaning } from "./interpretation/page-table-entry-meaning.ts";
export { leavesOf, NO_ENTRY, pathTo, type ShownLeaf } from "./interpretation/page-table-meaning.ts";
export {
  type BitsWord,
  isCountedTo,
  isLiveIn,
  isSlabPageAt,
  liveAmong,
  type SlabBlock,
} from "./interpretation/slab-page-meaning.ts";
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
export {
  type EntryWords,
  isEntryAt,
  isLeafAt,
  type LeafEntries,
  type TableEntries,
} from "./interpretation/table-entries.ts";
export { accessMeaning, cachedMeaning, faultMeaning } from "./interpretation/tlb-meaning.ts";
export {
  isKeptFor,
  isSlotAt,
  type KeptInSlot,
  type Slot,
  type TlbSlots,
} from "./interpretation/tlb-slots.ts";
export {
  entriesTo,
  entryIn,
  isFrameIn,
  pathOf,
  type WalkedEntries,
  type WalkedEntry,
} from "./interpretation/walked-path.ts";
export {
  areListsRight,
  carriedOut,
  emptied,
  filled,
  isAloneIn,
  isListedRight,
  joined,
  type ZoneLists,
  type ZonePage,
} from "./interpretation/zone-lists.ts";
export { zoneListsOf } from "./interpretation/zone-lists-of.ts";
export { type AllocatedFrames, firstFrameOf } from "./memory/allocated-frames.ts";
export { type AllocatedPages, addressIn, firstPageOf, offsetIn } from "./memory/allocated-pages.ts";
export { ChunkAllocator } from "./memory/chunk-allocator.ts";
export { heightOver, isTooHigh, longestOver, turnsTwice } from "./memory/chunk-balance.ts";
export { planFit } from "./memory/chunk-fit.ts";
export { type Joining, planJoining, planTaking, type Taking } from "./memory/chunk-plans.ts";
export type { ChunkLayout, ChunkPool } from "./memory/chunk-pool.ts";
export type { ChunkRefusal, MergeRefusal, SplitRefusal } from "./memory/chunk-refusal.ts";
export { ChunkRoom, EARLY_CHUNK_COUNT } from "./memory/chunk-room.ts";
export { ChunkTree } from "./memory/chunk-tree.ts";
export type { Column } from "./memory/column.ts";
export {
  clearEntry,
  entryAddress,
  highWordAt,
  isUnusedEntry,
  lowWordAt,
  writeEntry,
} from "./memory/entry-in-memory.ts";
export { type FrameAllocator, frameAllocator } from "./memory/frame-allocator.ts";
export { FRAME_COUNT, frameLayout, type MemoryMap } from "./memory/frame-layout.ts";
export { type FrameSource, NO_FRAME } from "./memory/frame-source.ts";
export { type Chunk, FREE_CHUNKS_MARKS, FreeChunks } from "./memory/free-chunks.ts";
export { DEAF_HARDWARE, type HardwareObserver } from "./memory/hardware-observer.ts";
export type { ChunkUnit, HeldChunk, Parts } from "./memory/held-chunk.ts";
export { areLeafFlags, areOtherFlags, mappedFlags, remappedFlags } from "./memory/leaf-flags.ts";
export { type MappedMergeRefusal, MappedPages } from "./memory/mapped-pages.ts";
export type { Memory, PagedMemory } from "./memory/memory.ts";
export { Mmu } from "./memory/mmu.ts";
export { MmuMemory } from "./memory/mmu-memory.ts";
export { type PageAllocator, pageAllocator } from "./memory/page-allocator.ts";
export { type PageFallback, pageLayout } from "./memory/page-layout.ts";
export {
  AS_USER,
  allows,
  asUser,
  codeOfFault,
  EXECUTING,
  type FaultCode,
  FETCH,
  faultCode,
  isFault,
  neededMarks,
  neededRights,
  type PageAccess,
  type PageRights,
  READING,
  WRITE,
  WRITING,
} from "./memory/page-rights.ts";
export {
  ACCESSED,
  CACHE_DISABLED,
  DIRTY,
  type EntryFlags,
  EXCLUSIVE,
  entryFlags,
  flagsOfEntry,
  frameOfEntry,
  GLOBAL,
  highEntryWord,
  LARGE,
  lowEntryWord,
  NO_EXECUTE,
  PRESENT,
  USER,
  WRITABLE,
  WRITE_THROUGH,
} from "./memory/page-table-entry.ts";
export {
  type MappedLeaf,
  type OutOfFrames,
  type PageNotMapped,
  PageTables,
  type Unmapped,
} from "./memory/page-tables.ts";
export { PageWalk } from "./memory/page-walk.ts";
export {
  hasReservedBits,
  type PhysicalBits,
  type ProcessorSetup,
  reservedHighBits,
  reservedLargeBits,
  USUAL_SETUP,
} from "./memory/paging-controls.ts";
export { type Forgetful, PendingFlush } from "./memory/pending-flush.ts";
export { type EntrySlot, PhysicalMemory } from "./memory/physical-memory.ts";
export { PlainColumn } from "./memory/plain-column.ts";
export { PlainMemory } from "./memory/plain-memory.ts";
export { RECURSIVE_INDEX, windowPage } from "./memory/recursive-window.ts";
export { TableFrames } from "./memory/table-frames.ts";
export type { LeafRun, PageAlreadyMapped } from "./memory/table-plan.ts";
export {
  FOUND_LEVEL,
  FOUND_RIGHTS,
  FOUND_ROWS,
  type WalkRules,
  walkRules,
  walkTables,
} from "./memory/table-walk.ts";
export { type KeptTranslation, Tlb, type TlbSize, USUAL_TLB } from "./memory/tlb.ts";
export { type BankSize, TlbBank } from "./memory/tlb-bank.ts";
export {
  ANY_SPACE,
  dropFromSlot,
  fillSet,
  findInSet,
  invalidateInSet,
  isKeptIn,
  keepInSlot,
  NO_SLOT,
  placeInSet,
  slotWith,
  type TlbColumns,
} from "./memory/tlb-set.ts";
export { TranslatedMemory } from "./memory/translated-memory.ts";
export { unitsFor } from "./memory/unit-bytes.ts";
export type { UnitRange } from "./memory/unit-ranges.ts";

/**
 * The public operations of the implementation, and how far each is proved.
 *
 * "From bytes to specification" is said only where every step that an operation takes is proved, down to
 * the words that it writes. Where a loop chooses between steps, what the loop establishes is
 * asserted in the code and taken for granted by the theorems: the operation is proved up to that loop.
 * "On a path" is said where one step does all that the operation does to memory there, and that step is proved
 * whole, from the words to the judge; how it comes to be taken is tested. Everything else is tested. Only the first is
 * ever called verified.
 */

export type Extent =
  | { readonly kind: "from bytes to specification" }
  | { readonly kind: "up to a loop"; readonly loops: readonly string[] }
  | { readonly kind: "on a path"; readonly step: string; readonly where: string }
  | { readonly kind: "tested only" };

export interface Operation {
  /** The class, and the method that a caller calls. */
  readonly owner: string;
  readonly method: string;
  readonly extent: Extent;
  /** The theorems that carry it, as far as it is proved; of one that is only tested, those of its plans. */
  readonly theorems: readonly string[];
}

const FROM_BYTES: Extent = { kind: "from bytes to specification" };
const TESTED: Extent = { kind: "tested only" };
const TAKES: Extent = {
  kind: "on a path",
  step: "takeOfList",
  where: "a page of the class has room",
};
const PUTS: Extent = {
  kind: "on a path",
  step: "putIntoPage",
  where: "the page had room and keeps a live block",
};
const SPAN_TAKES: Extent = {
  kind: "on a path",
  step: "takeOfSpan",
  where: "a span of the class has room",
};
const SPAN_PUTS: Extent = {
  kind: "on a path",
  step: "putIntoSpan",
  where: "the span keeps a live block",
};
const upTo = (...loops: string[]): Extent => ({ kind: "up to a loop", loops });

const CARVING = [
  "roundedSizeIsLeast",
  "carvingTakesTheFirstPlaceThatFits",
  "carvingKeepsToGranules",
  "carvingLosesNoBytes",
  "carvingKeepsTheList",
  "carvingKeepsTheFirst",
  "carvingWritesHeadersOnly",
  "carvingTakesTheBlockOnly",
  "carvedBlockIsAdmitted",
  "promisedRunIsNeverRefused",
];

const MERGING = [
  "roundedSizeIsLeast",
  "mergingLosesNoBytes",
  "mergingIsRefusedOnlyIfAByteIsFree",
  "mergingKeepsTheList",
  "mergingKeepsTheFirst",
  "mergingWritesHeadersOnly",
  "mergingFreesTheBlockOnly",
  "freedBlockIsAdmitted",
];

const RESIZING = [
  "roundedSizeIsLeast",
  "resizingLosesNoBytes",
  "resizingIsRefusedOnlyWhereItMust",
  "resizingKeepsTheList",
  "resizingKeepsTheFirst",
  "resizingWritesHeadersOnly",
  "resizingMovesTheEndOnly",
  "resizedBlockIsAdmitted",
];

/** Closing a span, which a dealloc does, and an alloc that gives the spares back. */
const SPAN_CLOSED = ["closingMakesOnlyTheSpanAPage", "closingKeepsTheList"];

/** The other steps of an alloc: a span is opened, and is unlinked once it is full. */
const SPAN_TAKEN = [
  "openingMakesOnlyThePageASpan",
  "openingKeepsTheList",
  "unlinkingKeepsTheList",
  "unlinkingLeavesOtherLists",
  "unlinkingWritesNeighboursOnly",
];

/** The other step of a dealloc: a span is linked once it has room again. */
const SPAN_PUT = ["linkingKeepsTheList", "linkingLeavesOtherLists", "linkingWritesNeighboursOnly"];

const TAKING = [
  "wholeSpanTakeIsAnAlloc",
  "wholeSpanTakeKeepsTheSpan",
  "wholeSpanTakeKeepsTheList",
  "wholeSpanTakeLeavesOtherSpans",
  "sizeClassIsLeast",
  "everySmallRequestHasAClass",
  "sizeClassIsMonotone",
  "classSizesDouble",
  "classesKeepAlignments",
  "blocksFillASpan",
  "blocksStartAtMultiplesOfTheirSize",
  "blocksOfASpanAreApart",
  "blockNumbersAndOffsetsAgree",
  "takingTakesABlockThatIsNotLive",
  "takingKeepsTheChain",
  ...SPAN_TAKEN,
  ...SPAN_CLOSED,
];

const PUTTING = [
  "wholeSpanPutIsADealloc",
  "wholeSpanPutKeepsTheSpan",
  "wholeSpanPutKeepsTheList",
  "wholeSpanPutWritesTheBlockOnly",
  "blockNumbersAndOffsetsAgree",
  "puttingKeepsTheChain",
  "puttingWritesTheBlockOnly",
  ...SPAN_PUT,
  ...SPAN_CLOSED,
];

/** One entry of a page table: its words, what they mean, and which pages have it. */
const ENTRY = [
  "stepChangesOneEntry",
  "stepWritesTwoWords",
  "writtenWordsAreRead",
  "stepChangesOnePage",
  "entryIsThatOfItsPages",
  "entriesAreOfTheirOwnPages",
  "writtenEntryIsRead",
];
const PAGE_MAPPED = [
  ...ENTRY,
  "askedFlagsAreOfSevenBits",
  "mappedLeafIsAsAsked",
  "presentEntryIsUsed",
];
const PAGE_UNMAPPED = [...ENTRY, "presentEntryIsUsed"];
const PAGE_REMAPPED = [...ENTRY, "askedFlagsAreOfSevenBits", "remappedLeafKeepsItsFrame"];
const PAGE_SHOWN = ["readEntryIsWritten", "flagsMeanWhatTheySay", "entryIsThatOfItsPages"];

/** One set of a TLB. */
const TLB_FOUND = ["findingIsComplete", "ownTranslationIsFoundFirst"];
const TLB_DROPPED = ["droppingEmptiesOneSlot"];
const TLB_FILLED = [
  "keepingChangesOneSlot",
  "placingTakesAnEmptySlot",
  "fillingKeepsWhatWasFound",
  "fillingReplacesThePageOnly",
  "filledTranslationIsFound",
  "fillingKeepsAPageOnce",
  ...TLB_FOUND,
  ...TLB_DROPPED,
];
const TLB_INVALIDATED = [
  "invalidatedPageIsNotFound",
  "invalidatingChangesThePageOnly",
  ...TLB_DROPPED,
];
/** The walk, from the words of memory to the outcome that the specification has. */
const WALKING = [
  "runningWalkAnswersAsSpecified",
  "runningWalkWritesMarksOnly",
  "runningWalkMarksRightly",
  "runningWalkMayBeKept",
  "runningWalkKeepsEveryEntry",
  "marksChangeNoWalk",
  "wordsAreTheAddress",
];
const TRANSLATING = [
  ...TLB_FOUND,
  ...WALKING,
  "neededIsServed",
  "allowedIsPermitted",
  "faultCodesSayWhy",
  "masksFindReservedBits",
  "fieldsAreTheAddress",
  "cachedTranslationIsAWalk",
];

/** The free units of an allocator of pages or of frames. */
const UNITS_TAKEN = [
  "fitIsTheLowest",
  "takingLosesNoUnits",
  "takingIsRefusedOnlyOutside",
  "takingChangesJustTheseUnits",
  "takingKeepsChunksApart",
  "takingKeepsChunksWhole",
];
const UNITS_GIVEN = [
  "joiningIsTheUnion",
  "joinedChunksDoNotTouch",
  "givingChangesJustTheseUnits",
  "givingKeepsChunksApart",
  "givingKeepsChunksWhole",
];

/** Where an empty page comes to a heap, or goes: its list, and what the record says of it. */
const EMPTY_COMES = [
  "puttingInKeepsTheList",
  "puttingInLeavesOtherLists",
  "classWithOneMoreIsNoted",
  "pageThatComesIsCounted",
  "pageThatComesWritesSixWords",
];
const EMPTY_GOES = [
  "takingOutKeepsTheList",
  "takingOutLeavesOtherLists",
  "classWithOneLessIsNoted",
  "pageThatGoesIsCounted",
  "pageThatGoesWritesFiveWords",
];

/** The blocks of a slab page, from the bits to the judge, and the lists of pages. */
const SLAB_TAKEN = [
  "firstFreeIsFound",
  "wholeTakeIsAnAlloc",
  "wholeTakeMakesTheBlockLive",
  "wholeTakeLeavesOtherBlocks",
  "wholeTakeKeepsEveryPage",
  "wholeTakeKeepsTheList",
  "wholeTakeWritesWhatIsKept",
  "slabClassIsLeast",
  "listedPagesHaveRoom",
  "takingTakesAFreeBlock",
  "takingKeepsThePage",
  "takingWritesThreeWords",
  "takingCountsOneMore",
  "takenBlockIsFoundAgain",
  "takenSlabBlockIsAdmitted",
  "servedRequestIsAdmitted",
  "multiplesOfMoreAreMultiples",
  "takenBlockIsPlacedAtHome",
  "takingKeepsTheLists",
  "openingKeepsTheLists",
  "puttingInKeepsTheList",
  "puttingInLeavesOtherLists",
  ...EMPTY_GOES,
  "newClassIsExchange",
  "leavingAListKeepsTheBlocks",
  "wordsWithoutRoomCountAll",
  "endingOfKeepingKeepsTheLists",
  "classesComeAndGoAlone",
  "classesTakeTurns",
];
const SLAB_PUT = [
  "freedBitIsFound",
  "wholePutIsADealloc",
  "wholePutLeavesOtherBlocks",
  "wholePutKeepsEveryPage",
  "wholePutWritesThreeWords",
  "slabWordSaysWhoseAndWhich",
  "slabBlocksAreFoundWhereTheyStart",
  "onlyLiveBlocksAreFreed",
  "freeingFreesThatBlock",
  "freeingKeepsThePage",
  "freeingWritesThreeWords",
  "freeingCountsOneLess",
  "freedBlockIsReleasedAtHome",
  "takenBlockIsFoundAgain",
  "takingOutKeepsTheList",
  "takingOutLeavesOtherLists",
  ...EMPTY_COMES,
  "leavingAListKeepsTheBlocks",
  "comingToAListKeepsTheBlocks",
  "pageWithoutNeighbourIsAlone",
  "puttingKeepsTheLists",
  "classesComeAndGoAlone",
];
const SLAB_REFILLED = [
  "formattingMakesAllFree",
  "formattingWritesWhatIsKept",
  "pageWithAllFreeIsEmpty",
  ...EMPTY_COMES,
  "pagesThatComeAndGoKeepTheLists",
  "refillIsGrowth",
  "givingAndRefillIsTransfer",
];
const SLAB_GIVEN = [
  "endingOfKeepingKeepsTheLists",
  "classesTakeTurns",
  ...EMPTY_GOES,
  "pagesThatComeAndGoKeepTheLists",
  "emptyPagesMayMove",
  "givingAndRefillIsTransfer",
  "givingIsGivingBack",
];

/** Large blocks: which pages they have, that the judges admit them there, and that their pages come and go. */
const LARGE_TAKEN = [
  "largePagesAreThoseOfTheBytes",
  "largePagesBeginAtTheirAlignment",
  "largeBlockIsAdmitted",
  "largePagesAreGivenOneByOne",
  "largeBlockIsPlacedInItsPages",
];
const LARGE_PUT = ["largePagesAreGivenBack"];

/** A block that stays where it is. */
const SLAB_RESIZED = ["resizedSlabBlockIsAdmitted"];
const LARGE_RESIZED = ["largePagesAreThoseOfTheBytes", "resizedLargeBlockIsAdmitted"];
const USABLE = [
  "slabUsableSizeIsAdmitted",
  "largePagesAreThoseOfTheBytes",
  "largeUsableSizeIsAdmitted",
];

const each = (...lists: readonly (readonly string[])[]): readonly string[] => [
  ...new Set(lists.flat()),
];

// biome-ignore format: one operation per line
export const OPERATIONS: readonly Operation[] = [
  { owner: "HoleList",       method: "alloc",       extent: upTo("#take"),      theorems: CARVING },
  { owner: "HoleList",       method: "allocZeroed", extent: TESTED,             theorems: CARVING },
  { owner: "HoleList",       method: "dealloc",     extent: upTo("#holeBelow"), theorems: MERGING },
  { owner: "HoleList",       method: "resize",      extent: upTo("#holeBelow"), theorems: RESIZING },
  { owner: "HoleList",       method: "realloc",     extent: TESTED,             theorems: RESIZING },
  { owner: "HoleList",       method: "usableSize",  extent: FROM_BYTES,         theorems: ["roundedSizeIsLeast", "usableSizeIsAdmitted"] },
  { owner: "BlockAllocator", method: "alloc",       extent: SPAN_TAKES,         theorems: TAKING },
  { owner: "BlockAllocator", method: "allocZeroed", extent: TESTED,             theorems: TAKING },
  { owner: "BlockAllocator", method: "dealloc",     extent: SPAN_PUTS,          theorems: PUTTING },
  { owner: "BlockAllocator", method: "realloc",     extent: TESTED,             theorems: [...new Set([...TAKING, ...PUTTING])] },
  { owner: "BlockAllocator", method: "usableSize",  extent: TESTED,             theorems: ["sizeClassIsLeast", "usableSizeIsAdmitted"] },
  { owner: "ChunkAllocator", method: "acquire",        extent: TESTED, theorems: UNITS_TAKEN },
  { owner: "ChunkAllocator", method: "acquireBytes",   extent: TESTED, theorems: each(["unitsHaveTheirBytes"], UNITS_TAKEN) },
  { owner: "ChunkAllocator", method: "acquireBytesAt", extent: TESTED, theorems: each(["unitsHaveTheirBytes"], UNITS_TAKEN) },
  { owner: "ChunkAllocator", method: "moveTo",         extent: TESTED, theorems: [] },
  { owner: "HeldChunk",      method: "release",        extent: TESTED, theorems: UNITS_GIVEN },
  { owner: "HeldChunk",      method: "split",          extent: TESTED, theorems: [] },
  { owner: "HeldChunk",      method: "merge",          extent: TESTED, theorems: [] },
  { owner: "PageTables",     method: "map",            extent: TESTED, theorems: PAGE_MAPPED },
  { owner: "PageTables",     method: "unmap",          extent: TESTED, theorems: PAGE_UNMAPPED },
  { owner: "PageTables",     method: "remap",          extent: TESTED, theorems: PAGE_REMAPPED },
  { owner: "PageTables",     method: "leafOf",         extent: TESTED, theorems: PAGE_SHOWN },
  { owner: "PageTables",     method: "close",          extent: TESTED, theorems: [] },
  { owner: "PageWalk",       method: "run",            extent: FROM_BYTES, theorems: WALKING },
  { owner: "PageWalk",       method: "descend",        extent: FROM_BYTES, theorems: WALKING },
  { owner: "Tlb",            method: "fill",           extent: TESTED, theorems: TLB_FILLED },
  { owner: "Tlb",            method: "evict",          extent: TESTED, theorems: TLB_DROPPED },
  { owner: "Tlb",            method: "invalidate",     extent: TESTED, theorems: TLB_INVALIDATED },
  { owner: "Tlb",            method: "flushSpace",     extent: TESTED, theorems: TLB_DROPPED },
  { owner: "Tlb",            method: "flushAll",       extent: TESTED, theorems: TLB_DROPPED },
  { owner: "Tlb",            method: "tell",           extent: TESTED, theorems: [] },
  { owner: "Mmu",            method: "translate",      extent: TESTED, theorems: each(TRANSLATING, TLB_FILLED) },
  { owner: "Mmu",            method: "load",           extent: TESTED, theorems: TLB_DROPPED },
  { owner: "Mmu",            method: "invalidate",     extent: TESTED, theorems: TLB_INVALIDATED },
  { owner: "Mmu",            method: "invalidateIn",   extent: TESTED, theorems: TLB_INVALIDATED },
  { owner: "MappedPages",    method: "take",           extent: TESTED, theorems: [] },
  { owner: "MappedPages",    method: "split",          extent: TESTED, theorems: [] },
  { owner: "MappedPages",    method: "merge",          extent: TESTED, theorems: [] },
  { owner: "Machine",        method: "map",            extent: TESTED, theorems: each(UNITS_TAKEN, PAGE_MAPPED) },
  { owner: "Machine",        method: "mapTo",          extent: TESTED, theorems: PAGE_MAPPED },
  { owner: "Machine",        method: "borrow",         extent: TESTED, theorems: PAGE_MAPPED },
  { owner: "Machine",        method: "mapPhysical",    extent: TESTED, theorems: PAGE_MAPPED },
  { owner: "Machine",        method: "remap",          extent: TESTED, theorems: each(PAGE_REMAPPED, TLB_INVALIDATED) },
  { owner: "Machine",        method: "unmap",          extent: TESTED, theorems: each(PAGE_UNMAPPED, TLB_INVALIDATED) },
  { owner: "Machine",        method: "release",        extent: TESTED, theorems: each(PAGE_UNMAPPED, TLB_INVALIDATED, UNITS_GIVEN) },
  { owner: "Machine",        method: "access",         extent: TESTED, theorems: each(TRANSLATING, TLB_FILLED) },
  { owner: "Machine",        method: "acquirePages",   extent: TESTED, theorems: UNITS_TAKEN },
  { owner: "Machine",        method: "releasePages",   extent: TESTED, theorems: UNITS_GIVEN },
  { owner: "Machine",        method: "acquireFrames",  extent: TESTED, theorems: UNITS_TAKEN },
  { owner: "Machine",        method: "releaseFrames",  extent: TESTED, theorems: UNITS_GIVEN },
  { owner: "Machine",        method: "createSpace",    extent: TESTED, theorems: [] },
  { owner: "Machine",        method: "closeSpace",     extent: TESTED, theorems: TLB_DROPPED },
  { owner: "Machine",        method: "startCore",      extent: TESTED, theorems: [] },
  { owner: "Machine",        method: "enter",          extent: TESTED, theorems: TLB_DROPPED },
  { owner: "Machine",        method: "interrupt",      extent: TESTED, theorems: TLB_INVALIDATED },
  { owner: "Machine",        method: "alone",          extent: TESTED, theorems: [] },
  { owner: "Machine",        method: "view",           extent: TESTED, theorems: [] },
  { owner: "ZoneHeap",        method: "alloc",                  extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED) },
  { owner: "ZoneHeap",        method: "take",                   extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED) },
  { owner: "ZoneHeap",        method: "allocZeroed",            extent: TESTED, theorems: each(SLAB_TAKEN, SLAB_REFILLED) },
  { owner: "ZoneHeap",        method: "dealloc",                extent: PUTS,   theorems: SLAB_PUT },
  { owner: "ZoneHeap",        method: "realloc",                extent: TESTED, theorems: each(SLAB_TAKEN, SLAB_PUT, SLAB_RESIZED) },
  { owner: "ZoneHeap",        method: "usableSize",             extent: TESTED, theorems: ["slabUsableSizeIsAdmitted"] },
  { owner: "CombinationHeap", method: "initialise",             extent: TESTED, theorems: [] },
  { owner: "CombinationHeap", method: "switchToMultipleHeaps",  extent: TESTED, theorems: [] },
  { owner: "CombinationHeap", method: "tryAlloc",               extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED) },
  { owner: "CombinationHeap", method: "tryAllocOf",             extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED) },
  { owner: "CombinationHeap", method: "allocSections",          extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED, LARGE_TAKEN) },
  { owner: "CombinationHeap", method: "allocOf",                extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED, LARGE_TAKEN) },
  { owner: "CombinationHeap", method: "tryFree",                extent: PUTS,   theorems: SLAB_PUT },
  { owner: "CombinationHeap", method: "deallocSections",        extent: PUTS,   theorems: each(SLAB_PUT, LARGE_PUT) },
  { owner: "CombinationHeap", method: "tryRealloc",             extent: TESTED, theorems: each(SLAB_TAKEN, SLAB_PUT, SLAB_RESIZED, LARGE_RESIZED) },
  { owner: "CombinationHeap", method: "reallocSections",        extent: TESTED, theorems: each(SLAB_TAKEN, SLAB_PUT, SLAB_RESIZED, LARGE_TAKEN, LARGE_PUT, LARGE_RESIZED) },
  { owner: "CombinationHeap", method: "closeHeap",              extent: TESTED, theorems: SLAB_GIVEN },
  { owner: "CombinationHeap", method: "giveBackEmpty",          extent: TESTED, theorems: SLAB_GIVEN },
  { owner: "CombinationHeap", method: "alloc",                  extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED, LARGE_TAKEN) },
  { owner: "CombinationHeap", method: "allocZeroed",            extent: TESTED, theorems: each(SLAB_TAKEN, SLAB_REFILLED, LARGE_TAKEN) },
  { owner: "CombinationHeap", method: "dealloc",                extent: PUTS,   theorems: each(SLAB_PUT, LARGE_PUT) },
  { owner: "CombinationHeap", method: "realloc",                extent: TESTED, theorems: each(SLAB_TAKEN, SLAB_PUT, SLAB_RESIZED, LARGE_TAKEN, LARGE_PUT, LARGE_RESIZED) },
  { owner: "CombinationHeap", method: "usableSize",             extent: TESTED, theorems: USABLE },
  { owner: "IndividualHeap",  method: "alloc",                  extent: TAKES,  theorems: each(SLAB_TAKEN, SLAB_REFILLED) },
  { owner: "IndividualHeap",  method: "dealloc",                extent: PUTS,   theorems: SLAB_PUT },
  { owner: "IndividualHeap",  method: "close",                  extent: TESTED, theorems: [] },
];

/** What bounds the theorems about bytes, for whoever wants to know exactly. */
export const LIMITS: readonly string[] = [
  "an extent starts below 2^52, a page of spans below 2^40, and has at most 2^31 - 1 granules of 8 bytes",
  "a carving is planned of addresses and sizes below 2^52, 2^51 where the judge is asked; that it loses no byte has no such limit",
  "a list is well-formed if `isListAt` holds of any two granules: a step assumes it of the holes that it names, and it is proved of any two",
  "a list of spans is well-formed in the same way if `isSpanListAt` holds of any two spans; an extent has at most 2^31 - 1 pages",
  "of a span it is proved as one step that a block which is taken or freed is an alloc or a dealloc of the judge, and which list the span is in afterwards; which span and class that is, is looked up, which is tested, and so are how a span comes and goes and what is kept spare",
  "of slab pages it is proved what one block that is taken or freed does to the words of its page, and one page to its list, and of both as one step that it is an alloc or a dealloc of the judge, wherever pages lie; which page, list and class that is, is looked up, which is tested; that the count of live blocks is the sum of what its words count is proved word by word",
  "that a slab page is in the list of its state is proved of the plans that a heap makes, for any number of pages; that the heap carries them out is tested call by call",
  "of a page that comes to a heap, goes to another, gets another class or is given back it is proved what is written, word by word, and that it is that move of the specification; that a heap writes nothing else is tested call by call, on all of memory; where the words of a page and the record of a heap lie is looked up, which is tested too, and so is which classes a heap has, what makes it grow, and the switch",
  "of a large block it is proved how many pages it has, that it may lie wherever such pages are, and that these come, hold it and go as the specification says; that pages are mapped and unmapped so, and the table in which such blocks are found, is tested",
  "of page tables it is proved what is done to one entry, down to its two words, and which page that is, and of a processor's walk everything, for memory of at most 4 GiB that has its tables; the way down of what edits tables, linking and pruning of tables, the counts of used entries and runs of pages are tested",
  "of a TLB it is proved what each step does to one set of one to four ways, by the lines that run; that the loop of a hit, which is written out beside them, finds the same, that a page is in no other set, what sets of more ways do, and what flushes everything, is tested",
  "of free pages and frames it is proved what is taken out of a set of chunks and given to it; that a tree holds that set, and that a chunk in somebody's hands is split and merged as said, is tested",
  "that the moves of a machine keep memory safe is proved of the specification; that `Machine` makes such moves and no others is tested, schedule by schedule",
  "memory is whole words; that `fill` and `copy` do what they say is tested",
];

/** Methods that look at an allocator or a machine and leave it as it is: nothing is claimed of them. */
export const VIEWS: readonly string[] = [
  ...["extent", "holes", "spans", "fingerprint"],
  ...["ownerOf", "heapOf", "keyOf", "dropped"],
  ...["bank", "kept", "root", "space", "spaces", "core", "cores", "isAwaited"],
];

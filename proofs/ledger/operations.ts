/**
 * The public operations of the implementation, and how far each is proved.
 *
 * "From bytes to specification" is said only where every step that an operation takes is proved, down to
 * the words that it writes. Where a loop chooses between steps, what the loop establishes is
 * asserted in the code and taken for granted by the theorems: the operation is proved up to that loop.
 * Everything else is tested. Only the first is ever called verified.
 */

export type Extent =
  | { readonly kind: "from bytes to specification" }
  | { readonly kind: "up to a loop"; readonly loops: readonly string[] }
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
  "blockNumbersAndOffsetsAgree",
  "puttingKeepsTheChain",
  "puttingWritesTheBlockOnly",
  ...SPAN_PUT,
  ...SPAN_CLOSED,
];

// biome-ignore format: one operation per line
export const OPERATIONS: readonly Operation[] = [
  { owner: "HoleList",       method: "alloc",       extent: upTo("#take"),      theorems: CARVING },
  { owner: "HoleList",       method: "allocZeroed", extent: TESTED,             theorems: CARVING },
  { owner: "HoleList",       method: "dealloc",     extent: upTo("#holeBelow"), theorems: MERGING },
  { owner: "HoleList",       method: "resize",      extent: upTo("#holeBelow"), theorems: RESIZING },
  { owner: "HoleList",       method: "realloc",     extent: TESTED,             theorems: RESIZING },
  { owner: "HoleList",       method: "usableSize",  extent: FROM_BYTES,         theorems: ["roundedSizeIsLeast", "usableSizeIsAdmitted"] },
  { owner: "BlockAllocator", method: "alloc",       extent: TESTED,             theorems: TAKING },
  { owner: "BlockAllocator", method: "allocZeroed", extent: TESTED,             theorems: TAKING },
  { owner: "BlockAllocator", method: "dealloc",     extent: TESTED,             theorems: PUTTING },
  { owner: "BlockAllocator", method: "realloc",     extent: TESTED,             theorems: [...new Set([...TAKING, ...PUTTING])] },
  { owner: "BlockAllocator", method: "usableSize",  extent: TESTED,             theorems: ["sizeClassIsLeast", "usableSizeIsAdmitted"] },
];

/** What bounds the theorems about bytes, for whoever wants to know exactly. */
export const LIMITS: readonly string[] = [
  "an extent starts below 2^52, a page of spans below 2^40, and has at most 2^31 - 1 granules of 8 bytes",
  "a carving is planned of addresses and sizes below 2^52, 2^51 where the judge is asked; that it loses no byte has no such limit",
  "a list is well-formed if `isListAt` holds of any two granules: a step assumes it of the holes that it names, and it is proved of any two",
  "a list of spans is well-formed in the same way if `isSpanListAt` holds of any two spans; an extent has at most 2^31 - 1 pages",
  "that a span is in the list of its class exactly while it has room is tested, and so is what the accessors of the span table write, one number each: no operation of the block allocator is proved as a whole",
  "memory is whole words; that `fill` and `copy` do what they say is tested",
];

/** Methods that look at an allocator and leave it as it is: nothing is claimed of them. */
export const VIEWS: readonly string[] = ["extent", "holes", "spans", "fingerprint"];

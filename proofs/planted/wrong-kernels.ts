/**
 * Wrong arithmetic of the kernels, and wrong writes of what applies it.
 *
 * They are chosen as somebody would who wants to be believed: wrong at one boundary, wrong only where
 * numbers are large, a guard that is missing or that hides the fault in small cases, a field that keeps
 * its old value, two operands in each other's place. A theorem that refutes none of these says little.
 */
import type { PlantedFault } from "./planted-fault.ts";

const BYTES = "spec/units/bytes.ts";
const RANGE = "spec/units/range.ts";
const CARVING = "impl/heap/hole-carving.ts";
const MERGING = "impl/heap/hole-merging.ts";
const RESIZING = "impl/heap/hole-resizing.ts";
const SURGERY = "impl/heap/hole-surgery.ts";
const SIZE_CLASS = "impl/heap/size-class.ts";
const SPAN_BLOCKS = "impl/heap/span-blocks.ts";
const SPAN_LINKS = "impl/heap/span-links.ts";
const SPAN_OPENING = "impl/heap/span-opening.ts";

export const WRONG_KERNELS: readonly PlantedFault[] = [
  {
    claim: "a front remainder may have fewer bytes than a header",
    mistake: {
      file: CARVING,
      right: "Math.ceil((holeStart + HOLE_SIZE_MIN) / align)",
      wrong: "Math.ceil((holeStart + 1) / align)",
    },
    theorem: "carvingLosesNoBytes",
    fixed: { align: 8 },
  },
  {
    claim: "a back remainder may lack the last byte of a header",
    mistake: {
      file: CARVING,
      right: "if (after > 0 && after < HOLE_SIZE_MIN) return undefined;",
      wrong: "if (after > 0 && after < HOLE_SIZE_MIN - 1) return undefined;",
    },
    theorem: "carvingLosesNoBytes",
    fixed: { align: 1 },
  },
  {
    claim: "a block is aligned to at most the size of a page",
    mistake: {
      file: CARVING,
      right: "holeStart % align === 0;",
      wrong: "holeStart % Math.min(align, 4096) === 0;",
    },
    theorem: "carvingLosesNoBytes",
    fixed: { align: 8192 },
  },
  {
    claim: "an address above 2^31 is taken to be aligned",
    mistake: {
      file: CARVING,
      right: "holeStart % align === 0;",
      wrong: "holeStart > 2147483647 || holeStart % align === 0;",
    },
    theorem: "carvingLosesNoBytes",
    fixed: { align: 16 },
  },
  {
    claim: "a hole above 2^52 that has too few bytes is carved",
    mistake: {
      file: CARVING,
      right: "if (after < 0) return undefined;",
      wrong: "if (after < 0 && holeStart < 4503599627370496) return undefined;",
    },
    theorem: "carvingLosesNoBytes",
    fixed: { align: 1 },
  },
  {
    claim: "freed bytes may be those of the hole below",
    mistake: {
      file: MERGING,
      right: "if (belowSize > 0 && belowEnd > start) return undefined;",
      wrong: "",
    },
    theorem: "mergingLosesNoBytes",
    fixed: {},
  },
  {
    claim: "the first freed byte may be the last of the hole below",
    mistake: {
      file: MERGING,
      right: "belowEnd > start) return",
      wrong: "belowEnd > start + 1) return",
    },
    theorem: "mergingLosesNoBytes",
    fixed: {},
  },
  {
    claim: "a hole that joins the one below keeps its own start",
    mistake: { file: MERGING, right: "return { start: mergedStart,", wrong: "return { start," },
    theorem: "mergingLosesNoBytes",
    fixed: {},
  },
  {
    claim: "a hole that joins the one above ends as if both had its size",
    mistake: {
      file: MERGING,
      right: "joinsAbove ? aboveStart + aboveSize : end;",
      wrong: "joinsAbove ? aboveStart + size : end;",
    },
    theorem: "mergingLosesNoBytes",
    fixed: {},
  },
  {
    claim: "a block may grow by a byte more than there is",
    mistake: {
      file: RESIZING,
      right: "if (after < 0) return undefined;",
      wrong: "if (after < -1) return undefined;",
    },
    theorem: "resizingLosesNoBytes",
    fixed: {},
  },
  {
    claim: "a block that shrinks without a hole above leaves any remainder",
    mistake: {
      file: RESIZING,
      right: "if (after > 0 && after < HOLE_SIZE_MIN) return undefined;",
      wrong: "if (after > 0 && aboveSize > 0 && after < HOLE_SIZE_MIN) return undefined;",
    },
    theorem: "resizingLosesNoBytes",
    fixed: {},
  },
  {
    claim: "the old size of a resized block is its new one",
    mistake: { file: RESIZING, right: "return { block: newSize,", wrong: "return { block: size," },
    theorem: "resizingLosesNoBytes",
    fixed: {},
  },
  {
    claim: "rounding up moves a multiple to the next one",
    mistake: {
      file: BYTES,
      right: "return Math.ceil(value / step) * step;",
      wrong: "return (Math.floor(value / step) + 1) * step;",
    },
    theorem: "roundUpIsLeast",
    fixed: { step: 16 },
  },
  {
    claim: "a value above 2^32 is aligned if its lower half is",
    mistake: {
      file: BYTES,
      right: "return roundDown(value, step) === value;",
      wrong: "return (value % 4294967296) % step === 0;",
    },
    theorem: "alignedIsWithoutRemainder",
    fixed: { step: 2 ** 33 },
  },
  {
    claim: "a range contains what is no longer than itself and starts no lower",
    mistake: {
      file: RANGE,
      right: "endOf(inner) <= endOf(outer)",
      wrong: "inner.size <= outer.size",
    },
    theorem: "containedBytesAreInside",
    fixed: {},
  },
  {
    claim: "a request of 256 bytes has the class of 512",
    mistake: { file: SIZE_CLASS, right: "if (need <= 256)", wrong: "if (need < 256)" },
    theorem: "sizeClassIsLeast",
    fixed: { index: 5 },
  },
  {
    claim: "what counts for a class is the smaller of size and alignment",
    mistake: {
      file: SIZE_CLASS,
      right: "size < align ? align : size;",
      wrong: "size < align ? size : align;",
    },
    theorem: "sizeClassIsLeast",
    fixed: { index: 3 },
  },
  {
    claim: "the number of a block of the last class is that of a class before it",
    mistake: {
      file: SPAN_BLOCKS,
      right: "offset >> (3 + index)",
      wrong: "offset >> Math.min(3 + index, 10)",
    },
    theorem: "blockNumbersAndOffsetsAgree",
    fixed: { index: 8 },
  },
  {
    claim: "a front remainder is not linked into the list",
    mistake: {
      file: SURGERY,
      right: "below, before > 0 ? hole : above);",
      wrong: "below, above);",
    },
    theorem: "carvingKeepsTheList",
    fixed: {},
  },
  {
    claim: "a merged hole points at the hole that it has taken in",
    mistake: {
      file: SURGERY,
      right: "const next = joinsAbove ? nextOfHole(memory, base, above) : above;",
      wrong: "const next = above;",
    },
    theorem: "mergingKeepsTheList",
    fixed: { "freed.lower": "none", "freed.upper": "joined" },
  },
  {
    claim: "the span that was first does not learn what comes before it",
    mistake: {
      file: SPAN_LINKS,
      right: "if (first !== NONE) previous.write(first, span);",
      wrong: "",
    },
    theorem: "linkingKeepsTheList",
    fixed: { "head.kind": "span" },
  },
  {
    claim: "the span below an unlinked one still names it",
    mistake: {
      file: SPAN_LINKS,
      right: "if (after !== NONE) previous.write(after, before);",
      wrong: "if (after !== NONE && before !== NONE) previous.write(after, before);",
    },
    theorem: "unlinkingKeepsTheList",
    fixed: {},
  },
  {
    claim: "the last span of a list is not unlinked from the one above it",
    mistake: {
      file: SPAN_LINKS,
      right: "  next.write(before, after);",
      wrong: "  if (after !== NONE) next.write(before, after);",
    },
    theorem: "unlinkingKeepsTheList",
    fixed: {},
  },
  {
    claim: "a page that is opened keeps the free block that it had as another span",
    mistake: { file: SPAN_OPENING, right: "  columns.free.write(page, NONE);\n", wrong: "" },
    theorem: "openingMakesOnlyThePageASpan",
    fixed: { "head.kind": "none" },
  },
];

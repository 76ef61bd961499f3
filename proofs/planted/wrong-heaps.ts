/**
 * Wrong heaps of slab pages: wrong where a page comes or goes, changes hands, or is told from another.
 *
 * Each of them serves most callers for long: it is wrong of a list with one page, of the last block of a
 * page, or of what only another heap will ask for.
 */
import type { PlantedFault } from "./planted-fault.ts";

const HEAP_MAP = "impl/heap/heap-map.ts";
const LARGE = "impl/heap/large-pages.ts";
const PAGE_LINKS = "impl/heap/page-links.ts";
const PLANS = "impl/heap/zone-plans.ts";
const SLAB_CLASS = "impl/heap/slab-class.ts";
const SURGERY = "impl/heap/zone-surgery.ts";

export const WRONG_HEAPS: readonly PlantedFault[] = [
  {
    claim: "a class is said to have no empty page once one leaves, though others are left",
    mistake: {
      file: PLANS,
      right: "first === NO_LINK ? withoutClass(may, index) : may",
      wrong: "withoutClass(may, index)",
    },
    theorem: "classWithOneLessIsNoted",
    fixed: {},
  },
  {
    claim: "a page that comes is not counted while no class but the first one has any",
    mistake: {
      file: SURGERY,
      right: "addTo(store, record, EMPTY_COUNT_OFFSET, by);",
      wrong: "addTo(store, record, EMPTY_COUNT_OFFSET, by === 1 && may < 2 ? 0 : by);",
    },
    theorem: "pageThatComesIsCounted",
    fixed: {},
  },
  {
    claim: "the classes that are noted are written where the count of empty pages is",
    mistake: {
      file: SURGERY,
      right: "store.writeWord((record + MAY_OFFSET) as Address, may);",
      wrong: "store.writeWord((record + EMPTY_COUNT_OFFSET) as Address, may);",
    },
    theorem: "pageThatGoesIsCounted",
    fixed: {},
  },
  {
    claim: "a page that leaves writes the word behind the head of its list",
    mistake: {
      file: PAGE_LINKS,
      right: "if (before === NO_LINK) store.writeWord(head, after);",
      wrong: "if (before === NO_LINK) store.writeWord((head + 4) as Address, after);",
    },
    theorem: "takingOutLeavesOtherLists",
    fixed: {},
  },
  {
    claim: "a page that comes becomes the first of the list of the next class",
    mistake: {
      file: PAGE_LINKS,
      right: "store.writeWord(head, link);",
      wrong: "store.writeWord((head + 4) as Address, link);",
    },
    theorem: "puttingInLeavesOtherLists",
    fixed: {},
  },
  {
    claim: "a heap that lets go of a page counts it as one more",
    mistake: {
      file: SURGERY,
      right: "store.readWord(at) + by",
      wrong: "store.readWord(at) + Math.max(by, 1)",
    },
    theorem: "givingIsGivingBack",
    fixed: {},
  },
  {
    claim: "a heap that is given another's page does not count it",
    mistake: {
      file: SURGERY,
      right: "store.readWord(at) + by",
      wrong: "store.readWord(at) + Math.min(by, 0)",
    },
    theorem: "givingAndRefillIsTransfer",
    fixed: {},
  },
  {
    claim: "a page without a heap is given to none",
    mistake: {
      file: HEAP_MAP,
      right: "return (heap + 1) * CLASSES + index;",
      wrong: "return heap * CLASSES + index;",
    },
    theorem: "refillIsGrowth",
    fixed: {},
  },
  {
    claim: "a page of the last class is said to be the next heap's when it changes its class",
    mistake: {
      file: HEAP_MAP,
      right: "return ((word >> 5) - 1) as HeapId;",
      wrong: "return (((word + 1) >> 5) - 1) as HeapId;",
    },
    theorem: "newClassIsExchange",
    fixed: {},
  },
  {
    claim: "a block of the last class is freed by the next heap",
    mistake: {
      file: HEAP_MAP,
      right: "return ((word >> 5) - 1) as HeapId;",
      wrong: "return (((word + 1) >> 5) - 1) as HeapId;",
    },
    theorem: "freedBlockIsReleasedAtHome",
    fixed: {},
  },
  {
    claim: "the last free block of a page is said to start 1024 blocks behind where it does",
    mistake: {
      file: PLANS,
      right: "(taken & (LAST_FREE - 1)) * sizeOfSlabClass(index)",
      wrong: "taken * sizeOfSlabClass(index)",
    },
    theorem: "takenBlockIsFoundAgain",
    fixed: { index: 5 },
  },
  {
    claim: "a large block has no page for the bytes behind its last whole one",
    mistake: { file: LARGE, right: "Math.ceil(", wrong: "Math.floor(" },
    theorem: "largePagesAreThoseOfTheBytes",
    fixed: {},
  },
  {
    claim: "a large block aligned to two pages begins with any",
    mistake: { file: LARGE, right: "align <= PAGE_SIZE", wrong: "align <= 2 * PAGE_SIZE" },
    theorem: "largeBlockIsAdmitted",
    fixed: { align: 8192 },
  },
  {
    claim: "of a large block the last page counts only if more than half of it is asked for",
    mistake: {
      file: LARGE,
      right: "Math.ceil(bytes(size) / PAGE_SIZE)",
      wrong: "Math.floor((size + 2048) / PAGE_SIZE)",
    },
    theorem: "resizedLargeBlockIsAdmitted",
    fixed: {},
  },
  {
    claim: "a page has a fourth block of a class of which it has three",
    mistake: {
      file: SLAB_CLASS,
      right: "10, 8, 7, 6, 5, 4, 3, 3, 2, 1,",
      wrong: "10, 8, 7, 6, 5, 4, 3, 4, 2, 1,",
    },
    theorem: "servedRequestIsAdmitted",
    fixed: { index: 29 },
  },
];

/**
 * Wrong readings of what a processor's manual says, and wrong words that are made of it.
 *
 * Each of them is right of most addresses and of most entries: a field that lies across both words, a
 * right that only entries on the way take away, a frame that memory of the usual size never has.
 */
import type { PlantedFault } from "./planted-fault.ts";

const ADDRESS_FIELDS = "spec/units/address-fields.ts";
const WALK = "spec/hardware/walk.ts";
const ENTRY = "impl/memory/page-table-entry.ts";
const ENTRY_IN_MEMORY = "impl/memory/entry-in-memory.ts";
const LEAF_FLAGS = "impl/memory/leaf-flags.ts";
const TABLE_WALK = "impl/memory/table-walk.ts";
const TLB_SET = "impl/memory/tlb-set.ts";

export const WRONG_HARDWARE: readonly PlantedFault[] = [
  {
    claim: "the index of a table of level 3 has the bits of the upper word one place too low",
    mistake: { file: ADDRESS_FIELDS, right: "((high << 2) |", wrong: "((high << 1) |" },
    theorem: "fieldsAreTheAddress",
    fixed: {},
  },
  {
    claim: "a page is executed unless every entry on the way forbids it",
    mistake: {
      file: WALK,
      right: "isExecutable: eachUsed(path, level, ({ isNoExecute }) => !isNoExecute),",
      wrong: "isExecutable: !eachUsed(path, level, ({ isNoExecute }) => isNoExecute),",
    },
    theorem: "noExecuteHolds",
    fixed: {},
  },
  {
    claim: "the highest bit of a frame's number is dropped from what is read",
    mistake: {
      file: ENTRY,
      right: "((high & 0xf_ffff) * 2 ** 20",
      wrong: "((high & 0x7_ffff) * 2 ** 20",
    },
    theorem: "writtenEntryIsRead",
    fixed: {},
  },
  {
    claim: "an entry that is cleared keeps its high word",
    mistake: {
      file: ENTRY_IN_MEMORY,
      right: "setWords(memory, entry, 0 as Word32, 0 as Word32);",
      wrong: "memory.writeWord(entry, 0);",
    },
    theorem: "stepChangesOneEntry",
    fixed: { "step.kind": "clear" },
  },
  {
    claim: "a page that gets other rights is as if it were never written",
    mistake: { file: LEAF_FLAGS, right: "ACCESSED | DIRTY | LARGE", wrong: "ACCESSED | LARGE" },
    theorem: "remappedLeafKeepsItsFrame",
    fixed: {},
  },
  {
    claim: "a page that is invalidated is still kept for all spaces",
    mistake: {
      file: TLB_SET,
      right: "if (isOwn || isKeptIn(columns, slot, high, low, ANY_SPACE)) {",
      wrong: "if (isOwn) {",
    },
    theorem: "invalidatedPageIsNotFound",
    fixed: { "bank.columns.ways": 2 },
  },
  {
    claim: "a translation serves every page whose number has the same lowest 20 bits",
    mistake: {
      file: TLB_SET,
      right: "tops.read(slot) === tag * HIGH_COUNT + high;",
      wrong: "Math.floor(tops.read(slot) / HIGH_COUNT) === tag;",
    },
    theorem: "findingIsComplete",
    fixed: { "bank.columns.ways": 2 },
  },
  {
    claim: "the entry of level 3 takes no right away from what is two levels below it",
    mistake: { file: TABLE_WALK, right: "common3 & low2;", wrong: "low4 & low2;" },
    theorem: "runningWalkAnswersAsSpecified",
    fixed: {},
  },
  {
    claim: "of 1 GiB the bit that chooses a memory type counts as part of the frame",
    mistake: { file: TABLE_WALK, right: "return level > 1 ?", wrong: "return level === 2 ?" },
    theorem: "runningWalkAnswersAsSpecified",
    fixed: {},
  },
  {
    claim: "a page that is used for the first time forgets that it is written through",
    mistake: {
      file: TABLE_WALK,
      right: "const marked = low | ACCESSED",
      wrong: "const marked = (low & ~0x8) | ACCESSED",
    },
    theorem: "runningWalkWritesMarksOnly",
    fixed: {},
  },
];

/** Wrong rules of a heap, and wrong answers to the questions that they ask. */
import type { Case } from "../translate/theorem.ts";
import type { PlantedFault } from "./planted-fault.ts";

const LIVE_BLOCKS = "spec/heap/live-blocks.ts";
const RULES = "spec/heap/rules.ts";

const ALLOC: Case = { "step.call.kind": "alloc", "step.answer.kind": "placed" };
const REALLOC: Case = { "step.call.kind": "realloc", "step.answer.kind": "placed" };
const USABLE: Case = { "step.call.kind": "usableSize", "step.answer.kind": "usable" };

export const WRONG_RULES: readonly PlantedFault[] = [
  {
    claim: "a block only overlaps one that starts inside of it",
    mistake: {
      file: LIVE_BLOCKS,
      right: "start < block.start + block.reach &&",
      wrong: "start <= block.start &&",
    },
    theorem: "stepKeepsBlocksApart",
    fixed: ALLOC,
  },
  {
    claim: "the last byte of a new block may be the first of another",
    mistake: { file: LIVE_BLOCKS, right: "block.start < end;", wrong: "block.start + 1 < end;" },
    theorem: "stepKeepsBlocksApart",
    fixed: ALLOC,
  },
  {
    claim: "blocks above 2^52 overlap nothing",
    mistake: {
      file: LIVE_BLOCKS,
      right: "block.reach > 0 && start",
      wrong: "block.reach > 0 && start < 4503599627370496 && start",
    },
    theorem: "stepKeepsBlocksApart",
    fixed: ALLOC,
  },
  {
    claim: "a request of no bytes lies anywhere, though it was promised an address of its own",
    mistake: { file: RULES, right: "block.reach === 0 ? ", wrong: "block.size === 0 ? " },
    theorem: "stepKeepsBlocksApart",
    fixed: ALLOC,
  },
  {
    claim: "usable bytes may be somebody else's",
    mistake: {
      file: RULES,
      right: "held(!state.live.overlapping(start, answer.bytes, name))",
      wrong: '"held"',
    },
    theorem: "stepKeepsBlocksApart",
    fixed: USABLE,
  },
  {
    claim: "usable bytes are tested as they were asked for, not as they were answered",
    mistake: {
      file: RULES,
      right: "state.live.overlapping(start, answer.bytes, name)",
      wrong: "state.live.overlapping(start, size, name)",
    },
    theorem: "stepKeepsBlocksApart",
    fixed: USABLE,
  },
  {
    claim: "a resized block overlaps nothing",
    mistake: {
      file: RULES,
      right: "!live.overlapping(start, reach, name)",
      wrong: "live.has(name) || !live.overlapping(start, reach, name)",
    },
    theorem: "stepKeepsBlocksApart",
    fixed: REALLOC,
  },
];

/** Wrong moves of a system of heaps, and wrong rules about them. */
import type { PlantedFault } from "./planted-fault.ts";

const OWNERSHIP = "spec/system/ownership.ts";
const SWITCH = "spec/system/heap-switch.ts";
const SYSTEM_RULES = "spec/system/rules.ts";
const MOVES = "spec/system/moves.ts";

export const WRONG_TRANSITIONS: readonly PlantedFault[] = [
  {
    claim: "a heap that grows does not count its page",
    mistake: {
      file: OWNERSHIP,
      right: "count: (count + 1) as PageCount,",
      wrong: "count,",
    },
    theorem: "movesConservePages",
    fixed: { "move.kind": "grow" },
  },
  {
    claim: "a page that another heap has may be granted again",
    mistake: { file: SYSTEM_RULES, right: "held(!pages.has(move.page))", wrong: '"held"' },
    theorem: "movesKeepSystemSound",
    fixed: { "move.kind": "grow", name: "place-has-its-page" },
  },
  {
    claim: "the page that fills a gap keeps its old number",
    mistake: {
      file: OWNERSHIP,
      right: "pages.with(lastPage, { ...pages.get(lastPage), place }).without(page)",
      wrong: "pages.without(page)",
    },
    theorem: "movesKeepSystemSound",
    fixed: { "move.kind": "give-back", name: "page-has-its-place" },
  },
  {
    claim: "a page that is given back is still counted as granted",
    mistake: { file: OWNERSHIP, right: "(state.granted - 1)", wrong: "(state.granted - 0)" },
    theorem: "movesConservePages",
    fixed: { "move.kind": "give-back" },
  },
  {
    claim: "a page is transferred to the heap that it leaves",
    mistake: {
      file: OWNERSHIP,
      right: "return append(remove(state, page), page, heap, use);",
      wrong: "return append(remove(state, page), page, state.pages.get(page).owner, use);",
    },
    theorem: "movesConservePages",
    fixed: { "move.kind": "transfer" },
  },
  {
    claim: "a page changes its heap while the last block in it is live",
    mistake: {
      file: SYSTEM_RULES,
      right: "first <= move.page && move.page <= last",
      wrong: "first <= move.page && move.page < last",
    },
    theorem: "movesKeepSystemSound",
    fixed: { "move.kind": "transfer", name: "block-lies-at-home" },
  },
  {
    claim: "an exchange forgets who owns the page",
    mistake: {
      file: OWNERSHIP,
      right: "pages.with(page, { ...pages.get(page), use })",
      wrong: "pages.with(page, { ...pages.get(page), owner: 0 as HeapId, use })",
    },
    theorem: "movesKeepSystemSound",
    fixed: { "move.kind": "exchange", name: "page-has-its-place" },
  },
  {
    claim: "a system switches again",
    mistake: {
      file: SYSTEM_RULES,
      right: '!move.isGranted || (phase === "early" && keys.has(move.key))',
      wrong: "!move.isGranted || keys.has(move.key)",
    },
    theorem: "phasesGoForward",
    fixed: { "move.kind": "switch" },
  },
  {
    claim: "a heap that is opened for a key is the heap before it",
    mistake: {
      file: SWITCH,
      right: "keys: state.keys.with(key, heap)",
      wrong: "keys: state.keys.with(key, (heap - 1) as HeapId)",
    },
    theorem: "movesKeepSystemSound",
    fixed: { "move.kind": "open", name: "key-has-its-own-heap" },
  },
  {
    claim: "a block is placed by a heap that does not serve yet",
    mistake: {
      file: MOVES,
      right: "move.first <= move.last && isReady(state, move.heap)",
      wrong: "move.first <= move.last && heaps.has(move.heap)",
    },
    theorem: "movesKeepSystemSound",
    fixed: { "move.kind": "place", name: "block-of-a-ready-heap" },
  },
  {
    claim: "a block is freed by whichever heap is asked",
    mistake: {
      file: SYSTEM_RULES,
      right:
        'if (move.kind === "release") return held(move.heap === state.blocks.get(move.name).heap);',
      wrong: 'if (move.kind === "release") return held(state.heaps.has(move.heap));',
    },
    theorem: "blockIsFreedAtHome",
    fixed: {},
  },
];

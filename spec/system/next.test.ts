import { describe, expect, test } from "vitest";
import type { BlockName, HeapId, Key, PageCount, PageNumber, PageUse } from "../units/index.ts";
import { uninitialised } from "./heap-switch.ts";
import { SYSTEM_INVARIANTS } from "./invariants.ts";
import { isPossible, type Move } from "./moves.ts";
import { judgeMove, next } from "./next.ts";
import type { SystemState } from "./state.ts";

const page = (number: number): PageNumber => number as PageNumber;
const heap = (number: number): HeapId => number as HeapId;
const key = (number: number): Key => number as Key;
const name = (number: number): BlockName => number as BlockName;
const use = 0 as PageUse;

const grow = (number: number, owner: number): Move => {
  return { kind: "grow", page: page(number), heap: heap(owner), use };
};
const place = (block: number, first: number, last: number, owner: number): Move => {
  return {
    kind: "place",
    name: name(block),
    first: page(first),
    last: page(last),
    heap: heap(owner),
  };
};
const give = (number: number, owner: number): Move => {
  return { kind: "transfer", page: page(number), heap: heap(owner), use };
};
const count = (counted: number): Move => ({ kind: "count", counted: counted as PageCount });
const route = (block: number, owner: number, after: "switch" | "call"): Move => {
  return { kind: "route", name: name(block), heap: heap(owner), after };
};
const release = (block: number, owner: number): Move => {
  return { kind: "release", name: name(block), heap: heap(owner) };
};
const SWITCH: Move = { kind: "switch", isGranted: true, key: key(0) };
const DECLINED: Move = { kind: "switch", isGranted: false, key: key(0) };

/** Heap 0 serves from the beginning and has pages 0 to 3; heap 1 is the heap of key 0 and has pages 4 and 5. */
const BEGIN: readonly Move[] = [
  { kind: "initialise", isGranted: true },
  { kind: "open-initial", heap: heap(0) },
  ...[0, 1, 2, 3].map((number) => grow(number, 0)),
  { kind: "open", heap: heap(1), key: key(0) },
  grow(4, 1),
  grow(5, 1),
];

/** What becomes of `moves`: the state after them, or the rule that the last one breaks. */
function verdictOn(moves: readonly Move[]): SystemState | string {
  let state = uninitialised();
  for (const move of moves) {
    if (!isPossible(state, move)) return "not possible";
    const verdict = judgeMove(state, move);
    if (verdict.kind === "rejected") return verdict.rule.name;
    state = verdict.state;
  }
  return state;
}

function stateAfter(...moves: readonly Move[]): SystemState {
  const state = verdictOn([...BEGIN, ...moves]);
  if (typeof state === "string") throw new Error(state);
  return state;
}

// biome-ignore format: one verdict per line
describe("a system is judged move by move", () => {
  test.each([
    ["a block lies in two pages of its heap",           [place(0, 1, 2, 0)],                                  "admitted"],
    ["a page in use is given away",                     [place(0, 1, 2, 0), give(2, 1)],                      "page-moves-empty"],
    ["a page in use is given back",                     [place(0, 1, 2, 0), { kind: "give-back", page: page(1) }], "page-moves-empty"],
    ["a page in use gets another use",                  [place(0, 1, 1, 0), { kind: "exchange", page: page(1), use }], "page-moves-empty"],
    ["a page is given away once it is empty",           [place(0, 1, 2, 0), release(0, 0), give(2, 1)],       "admitted"],
    ["a page goes to the heap that has it",             [give(2, 0)],                                         "not possible"],
    ["a page is given to two heaps",                    [grow(3, 1)],                                         "page-has-one-owner"],
    ["a page that was given back is given out again",   [{ kind: "give-back", page: page(1) }, grow(1, 1)],   "admitted"],
    ["all pages are counted",                           [count(6)],                                           "admitted"],
    ["a page is lost",                                  [count(5)],                                           "pages-conserved"],
    ["a page appears",                                  [count(7)],                                           "pages-conserved"],
    ["a page that was given back does not count",       [{ kind: "give-back", page: page(1) }, count(5)],     "admitted"],
    ["a block reaches into another heap's page",        [place(0, 3, 4, 0)],                                  "block-routed-home"],
    ["a block lies in a page that nobody has",          [place(0, 6, 6, 0)],                                  "block-routed-home"],
    ["a heap serves before the switch",                 [place(0, 4, 4, 1)],                                  "not possible"],
    ["a heap serves after the switch",                  [SWITCH, place(0, 4, 4, 1)],                          "admitted"],
    ["an initial heap serves after the switch",         [SWITCH, place(0, 0, 0, 0)],                          "admitted"],
    ["a block from before is freed where it was born",  [place(0, 0, 0, 0), SWITCH, release(0, 0)],           "admitted"],
    ["a block from before is freed by the new heap",    [place(0, 0, 0, 0), SWITCH, release(0, 1)],           "block-routed-home"],
    ["a switch hands a block over",                     [place(0, 0, 0, 0), SWITCH, route(0, 1, "switch")],   "switch-keeps-blocks"],
    ["a block changes hands on the way",                [place(0, 0, 0, 0), route(0, 1, "call")],             "block-routed-home"],
    ["a switch is declined",                            [DECLINED, place(0, 4, 4, 1)],                        "not possible"],
    ["a switch is granted twice",                       [SWITCH, SWITCH],                                     "switch-happens-once"],
    ["a second switch is declined",                     [SWITCH, DECLINED],                                   "admitted"],
    ["a core without a heap switches",                  [{ kind: "switch", isGranted: true, key: key(1) }],   "switch-happens-once"],
    ["a core appears after the switch",                 [SWITCH, { kind: "open", heap: heap(2), key: key(1) }], "admitted"],
    ["a key gets a second heap",                        [{ kind: "open", heap: heap(2), key: key(0) }],       "not possible"],
    ["a system begins again",                           [{ kind: "initialise", isGranted: true }],            "switch-happens-once"],
  ] satisfies [string, Move[], string][])("%s", (_, moves, expected) => {
    const verdict = verdictOn([...BEGIN, ...moves]);

    expect(typeof verdict === "string" ? verdict : "admitted").toBe(expected);
  });
});

test("a switch changes the phase and nothing else", () => {
  const before = stateAfter(place(0, 0, 1, 0));

  const after = next(before, SWITCH);

  expect(after).toEqual({ ...before, phase: "per-core" });
  expect([after.pages, after.heaps, after.blocks]).toEqual([
    before.pages,
    before.heaps,
    before.blocks,
  ]);
});

test("the last page of a heap takes the number of one that leaves", () => {
  const { pages, heaps } = stateAfter(give(1, 1));

  const places = [0, 2, 3].map((number) => pages.get(page(number)).place);

  expect(places).toEqual([0, 2, 1]);
  expect([heaps.get(heap(0)).count, heaps.get(heap(1)).count]).toEqual([3, 3]);
  expect(pages.get(page(1))).toEqual({ owner: 1, place: 2, use: 0 });
});

describe("an invariant is false of a system that was tampered with", () => {
  const sound = stateAfter(place(0, 0, 1, 0));
  const { pages, heaps, blocks, keys } = sound;
  const first = heaps.get(heap(0));
  // biome-ignore format: one system per line
  const tampered: Record<string, SystemState> = {
    "page-has-its-place": { ...sound, pages: pages.with(page(0), { ...pages.get(page(1)), owner: heap(1) }) },
    "place-has-its-page": { ...sound, pages: pages.without(page(3)) },
    "places-without-gap": { ...sound, heaps: heaps.with(heap(0), { ...first, count: 7 as PageCount }) },
    "heaps-without-gap": { ...sound, nextHeap: heap(3) },
    "block-lies-at-home": { ...sound, blocks: blocks.with(name(1), { first: page(3), last: page(4), heap: heap(0) }) },
    "block-of-a-ready-heap": { ...sound, blocks: blocks.with(name(1), { first: page(4), last: page(4), heap: heap(1) }) },
    "key-has-its-own-heap": { ...sound, keys: keys.with(key(7), heap(1)) },
    "nothing-before-the-beginning": { ...sound, phase: "uninitialised" },
  };

  test.each(SYSTEM_INVARIANTS)("$name", ({ name: invariant, holds }) => {
    expect(holds(sound)).toBe(true);
    expect(holds(tampered[invariant] as SystemState)).toBe(false);
  });
});

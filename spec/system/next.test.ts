import { describe, expect, test } from "vitest";
import type {
  Alignment,
  BlockName,
  ByteCount,
  HeapId,
  Key,
  PageCount,
  PageNumber,
  PageUse,
} from "../units/index.ts";
import { uninitialised } from "./heap-switch.ts";
import { SYSTEM_INVARIANTS } from "./invariants.ts";
import { isPossible, type Move } from "./moves.ts";
import { judgeMove, next } from "./next.ts";
import { SYSTEM_REQUEST_RULES } from "./request-rules.ts";
import type { SystemContract, SystemState } from "./state.ts";

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
const close = (number: number, isGranted: boolean): Move => {
  return { kind: "close", key: key(number), isGranted };
};
const freeThrough = (block: number, owner: number, isGranted: boolean): Move => {
  return { kind: "free-through", name: name(block), heap: heap(owner), isGranted };
};
const refuse = (size: number, align: number): Move => {
  return { kind: "refuse", size: size as ByteCount, align: align as Alignment };
};
/** Takes the two pages of heap 1 away from it. */
const EMPTIED: readonly Move[] = [give(4, 0), give(5, 0)];
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
function verdictOn(moves: readonly Move[], contract?: SystemContract): SystemState | string {
  let state = uninitialised(contract);
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
    ["a block is not freed through another heap",       [place(0, 0, 0, 0), freeThrough(0, 1, false)],        "admitted"],
    ["a block is freed through another heap",           [place(0, 0, 0, 0), freeThrough(0, 1, true)],         "free-through-own-heap"],
    ["a block is freed through its own heap",           [place(0, 0, 0, 0), freeThrough(0, 0, true)],         "not possible"],
    ["a heap without pages is closed",                  [...EMPTIED, close(0, true)],                         "admitted"],
    ["a heap with pages is closed",                     [close(0, true)],                                     "heap-closed-empty"],
    ["a heap with pages is not closed",                 [close(0, false)],                                    "admitted"],
    ["a heap is closed twice",                          [...EMPTIED, close(0, true), close(0, true)],         "not possible"],
    ["a closed heap is given a page",                   [...EMPTIED, close(0, true), grow(6, 1)],             "not possible"],
    ["a key has a new heap when its own was closed",    [...EMPTIED, close(0, true), { kind: "open", heap: heap(2), key: key(0) }], "admitted"],
    ["a request is refused, and nothing is promised",   [SWITCH, refuse(1, 1)],                               "admitted"],
    ["a system begins again",                           [{ kind: "initialise", isGranted: true }],            "switch-happens-once"],
  ] satisfies [string, Move[], string][])("%s", (_, moves, expected) => {
    const verdict = verdictOn([...BEGIN, ...moves]);

    expect(typeof verdict === "string" ? verdict : "admitted").toBe(expected);
  });
});

// biome-ignore format: one refusal per line
describe("what fits into room is refused only where there is none", () => {
  const BUSY = [SWITCH, place(0, 4, 4, 1)];
  test.each([
    ["before the switch",                        [refuse(8000, 64)],                             "admitted"],
    ["while a heap has two empty pages",         [SWITCH, refuse(8000, 64)],                     "room-is-used"],
    ["while a block is in one of the two",       [...BUSY, refuse(8000, 64)],                    "admitted"],
    ["when the block is gone",                   [...BUSY, release(0, 1), refuse(8000, 64)],     "room-is-used"],
    ["of more than fits",                        [SWITCH, refuse(8001, 64)],                     "admitted"],
    ["aligned to more than fits",                [SWITCH, refuse(8000, 128)],                    "admitted"],
    ["while the two have different heaps",       [SWITCH, give(5, 0), refuse(8000, 64)],         "admitted"],
    ["while the two belong to an initial heap",  [SWITCH, ...EMPTIED, refuse(8000, 64)],         "admitted"],
    ["while the two do not begin at an even one", [SWITCH, give(4, 0), grow(6, 1), refuse(8000, 64)], "admitted"],
    ["while more pages are promised",            [SWITCH, { kind: "give-back", page: page(0) }, { kind: "give-back", page: page(1) }, refuse(8000, 64)], "room-is-used"],
  ] satisfies [string, Move[], string][])("%s", (_, moves, expected) => {
    const contract = { roomPages: 2, roomSize: 8000, roomAlign: 64, pageCount: 6 };

    const verdict = verdictOn([...BEGIN, ...moves], contract as unknown as SystemContract);

    expect(typeof verdict === "string" ? verdict : "admitted").toBe(expected);
  });
});

test("a request that is declined leaves the system as it was", () => {
  const before = stateAfter(place(0, 0, 1, 0));
  const changes = [
    give(2, 1),
    grow(6, 0),
    { kind: "give-back", page: page(3) },
    release(0, 0),
    SWITCH,
  ];
  const findings = [[], ...changes.map((move) => [move as Move])].map((moves) => {
    const after = stateAfter(place(0, 0, 1, 0), ...moves);
    return SYSTEM_REQUEST_RULES.map(({ test: ask }) => ask({ before, after, isGranted: false }));
  });

  expect(findings).toEqual([["held"], ...changes.map(() => ["broken"])]);
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
    "closed-heap-has-nothing": { ...sound, heaps: heaps.with(heap(0), { ...first, isClosed: true }) },
    "nothing-before-the-beginning": { ...sound, phase: "uninitialised" },
  };

  test.each(SYSTEM_INVARIANTS)("$name", ({ name: invariant, holds }) => {
    expect(holds(sound)).toBe(true);
    expect(holds(tampered[invariant] as SystemState)).toBe(false);
  });
});

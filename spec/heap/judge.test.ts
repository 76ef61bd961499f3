import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finiteMap } from "../support/index.ts";
import { address, alignment, blockName, bytes } from "../units/index.ts";
import { type Answer, type Call, NOTHING_SEEN, type Observation } from "./calls.ts";
import { judge } from "./judge.ts";
import { type Block, liveBlocks } from "./live-blocks.ts";
import { RULES } from "./rules.ts";
import { type Contract, type HeapState, isLegal } from "./state.ts";

const CONTRACT: Contract = {
  alignMax: alignment(16),
  alignDefault: alignment(4),
  alignBySize: false,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  availability: { overhead: bytes(0), granule: bytes(1), minimum: bytes(0) },
  rejects: ["double-free", "foreign-pointer", "interior-pointer", "wrong-layout"],
  extentKnown: true,
};

const blockAt = (name: number, start: number, size: number): Block => ({
  name: blockName(name),
  start: address(start),
  size: bytes(size),
  align: alignment(4),
  reach: bytes(size),
});

/** A heap of 64 bytes with two blocks, the second of which is named 1:  [0 8) 0 [16 32) 1. */
const HEAP: HeapState = {
  contract: CONTRACT,
  extent: [{ start: address(0), size: bytes(64) }],
  live: liveBlocks(
    finiteMap([
      [blockName(0), blockAt(0, 0, 8)],
      [blockName(1), blockAt(1, 16, 16)],
    ]),
  ),
  dead: finiteMap([[blockName(9), address(48)]]),
  requested: bytes(24),
  first: { size: bytes(8), align: alignment(4) },
};

const UNTOUCHED: HeapState = {
  ...HEAP,
  live: liveBlocks(finiteMap([])),
  dead: finiteMap([]),
  requested: bytes(0),
  first: undefined,
};

const EMPTIED: HeapState = { ...UNTOUCHED, first: { size: bytes(8), align: alignment(4) } };

const alloc = (size: number, align = 4): Call => ({
  kind: "alloc",
  name: blockName(2),
  size: bytes(size),
  align: alignment(align),
});
const realloc = (size: number): Call => ({
  kind: "realloc",
  name: blockName(1),
  size: bytes(size),
});
const dealloc: Call = { kind: "dealloc", name: blockName(1) };
const usableSize: Call = { kind: "usableSize", name: blockName(1) };
const misuse = (kind: Contract["rejects"][number], at: number, name = 1, size = 16): Call => ({
  kind: "misuse",
  misuse: kind,
  name: blockName(name),
  address: address(at),
  size: bytes(size),
  align: alignment(4),
});
const placed = (start: number): Answer => ({ kind: "placed", address: address(start) });
const usable = (count: number): Answer => ({ kind: "usable", bytes: bytes(count) });
const plain = (kind: "released" | "refused" | "rejected" | "threw" | "hung" | "nonsense") => ({
  kind,
});

/** The rule that a step breaks, or "admitted". */
function verdictOn(state: HeapState, call: Call, answer: Answer, seen = NOTHING_SEEN): string {
  expect(isLegal(state, call)).toBe(true);
  const verdict = judge(state, call, answer, seen);
  return verdict.kind === "rejected" ? verdict.rule.name : verdict.kind;
}

// biome-ignore format: a table
describe("with blocks at 0 to 8 and 16 to 32 of 64 bytes", () => {
  test.each<[string, Call, Answer, string]>([
    ["a block between the two",        alloc(8),       placed(8),         "admitted"],
    ["a block up to the end",          alloc(32),      placed(32),        "admitted"],
    ["a block beyond the end",         alloc(32),      placed(36),        "block-in-extent"],
    ["a block on the second",          alloc(8),       placed(12),        "live-blocks-disjoint"],
    ["a block off its alignment",      alloc(8, 16),   placed(40),        "block-aligned"],
    ["a block off the default",        alloc(8, 1),    placed(34),        "block-aligned"],
    ["no block, for 32 bytes are free", alloc(8),      plain("refused"),  "refusal-justified"],
    ["no block, for too many bytes",   alloc(33, 1),   plain("refused"),  "admitted"],
    ["a resized block where it is",    realloc(48),    placed(16),        "admitted"],
    ["a resized block on the first",   realloc(20),    placed(4),         "live-blocks-disjoint"],
    ["more usable bytes than asked",   usableSize,     usable(20),        "admitted"],
    ["fewer usable bytes than asked",  usableSize,     usable(15),        "usable-size-honest"],
    ["a block that is released",       dealloc,        plain("released"), "admitted"],
    ["an address for a release",       dealloc,        placed(16),        "answer-fits-call"],
  ])("%s", (_, call, answer, verdict) => {
    expect(verdictOn(HEAP, call, answer)).toBe(verdict);
  });
});

const enough = (overhead: number, granule: number, minimum: number): Partial<Contract> => ({
  availability: { overhead: bytes(overhead), granule: bytes(granule), minimum: bytes(minimum) },
});

const bySize = (align: number): Partial<Contract> => ({
  alignDefault: alignment(align),
  alignBySize: true,
});

// biome-ignore format: a table
describe("by another promise", () => {
  test.each<[string, Partial<Contract>, Call, Answer, string]>([
    ["32 bytes are enough for 29 at 4",        {},                               alloc(29),    plain("refused"),    "refusal-justified"],
    ["32 bytes are not enough for 30 at 4",    {},                               alloc(30),    plain("refused"),    "admitted"],
    ["an overhead of 32 leaves nothing",       enough(32, 1, 0),                 alloc(1, 1),  plain("refused"),    "admitted"],
    ["two granules of 16 hold 17 bytes",       enough(0, 16, 0),                 alloc(17, 1), plain("refused"),    "refusal-justified"],
    ["a minimum of 33 is not free",            enough(0, 1, 33),                 alloc(1, 1),  plain("refused"),    "admitted"],
    ["nothing is promised to be enough",       { availability: undefined },      alloc(1, 1),  plain("refused"),    "admitted"],
    ["zero bytes are refused",                 { zeroSize: "refused" },          alloc(0),     plain("refused"),    "admitted"],
    ["zero bytes are not placed",              { zeroSize: "refused" },          alloc(0),     placed(8),           "zero-size-as-promised"],
    ["zero bytes may be refused",              { zeroSize: "any" },              alloc(0),     plain("refused"),    "admitted"],
    ["zero bytes may lie anywhere",            { zeroSize: "any" },              alloc(0),     placed(20),          "admitted"],
    ["memory without known bounds is large",   { extentKnown: false },           alloc(8),     placed(4096),        "admitted"],
    ["memory without known bounds has an end", { extentKnown: false },           alloc(8),     placed(2 ** 53 - 8), "block-in-extent"],
    ["a resized block keeps its alignment",    { alignDefault: alignment(1) },   realloc(8),   placed(18),          "block-aligned"],
    ["a resized block has the default one",    { alignDefault: alignment(1), reallocKeepsAlign: false }, realloc(8), placed(18), "admitted"],
    ["16 bytes have the default alignment",    bySize(16),                       alloc(16, 1), placed(40),          "block-aligned"],
    ["15 bytes hold nothing of 16",            bySize(16),                       alloc(15, 1), placed(40),          "admitted"],
    ["8 bytes may hold something of 8",        bySize(16),                       alloc(8, 1),  placed(36),          "block-aligned"],
    ["7 bytes hold nothing of 8",              bySize(16),                       alloc(7, 1),  placed(36),          "admitted"],
    ["4 bytes may hold something of 4",        bySize(16),                       alloc(4, 1),  placed(34),          "block-aligned"],
    ["3 bytes hold nothing of 4",              bySize(16),                       alloc(3, 1),  placed(34),          "admitted"],
    ["2 bytes may hold something of 2",        bySize(16),                       alloc(2, 1),  placed(33),          "block-aligned"],
    ["a single byte lies anywhere",            bySize(16),                       alloc(1, 1),  placed(33),          "admitted"],
    ["what is asked for counts all the same",  bySize(16),                       alloc(1, 2),  placed(33),          "block-aligned"],
    ["a small default is all that is due",     bySize(4),                        alloc(8, 1),  placed(36),          "admitted"],
  ])("%s", (_, promised, call, answer, verdict) => {
    const state = { ...HEAP, contract: { ...CONTRACT, ...promised } };

    expect(verdictOn(state, call, answer)).toBe(verdict);
  });

  test("only the first request is granted again", () => {
    const state = { ...EMPTIED, contract: { ...CONTRACT, availability: undefined } };

    expect(verdictOn(state, alloc(16), plain("refused"))).toBe("admitted");
    expect(verdictOn({ ...state, contract: { ...state.contract, reclaims: false } }, alloc(8), plain("refused"))).toBe("admitted");
  });
});

/** For each rule a step that breaks it, and no rule before it. */
// biome-ignore format: a table
const BROKEN: readonly [string, HeapState, Call, Answer, Partial<Observation>][] = [
  ["call-terminates",         HEAP,      dealloc,     plain("hung"),     {}],
  ["call-returns",            HEAP,      dealloc,     plain("threw"),    {}],
  ["answer-fits-call",        HEAP,      alloc(8),    plain("released"), {}],
  ["zero-size-as-promised",   UNTOUCHED, alloc(0),    plain("refused"),  {}],
  ["block-in-extent",         HEAP,      alloc(8),    placed(60),        {}],
  ["block-aligned",           HEAP,      alloc(8),    placed(9),         {}],
  ["live-blocks-disjoint",    HEAP,      alloc(0),    placed(4),         {}],
  ["usable-size-honest",      HEAP,      usableSize,  usable(49),        {}],
  ["refusal-justified",       HEAP,      realloc(4),  plain("refused"),  {}],
  ["reclaims-everything",     { ...EMPTIED, contract: { ...CONTRACT, availability: undefined } },
                                         alloc(8),    plain("refused"),  {}],
  ["live-block-freeable",     HEAP,      dealloc,     plain("refused"),  {}],
  ["misuse-rejected",         HEAP,      misuse("interior-pointer", 20), plain("released"), {}],
  ["declined-without-effect", HEAP,      alloc(64),   plain("refused"),  { payload: "damaged" }],
  ["payload-intact",          HEAP,      alloc(8),    placed(8),         { payload: "damaged" }],
  ["realloc-keeps-prefix",    HEAP,      realloc(8),  placed(16),        { prefix: "changed" }],
  ["zeroed-is-zero",          HEAP,      { ...alloc(8), kind: "allocZeroed" } as Call, placed(8), { zeroed: "dirty" }],
  ["extent-respected",        HEAP,      alloc(8),    placed(8),         { outside: "touched" }],
  ["instances-independent",   HEAP,      alloc(8),    placed(8),         { others: "damaged" }],
  ["accounting-exact",        HEAP,      alloc(8),    placed(8),         { used: bytes(31) }],
];

describe("a rule", () => {
  test("is broken by a step of its own", () => {
    expect(BROKEN.map(([name]) => name)).toEqual(RULES.map(({ name }) => name));
  });

  test.each(BROKEN)("%s is broken, and none before it", (name, state, call, answer, seen) => {
    expect(verdictOn(state, call, answer, { ...NOTHING_SEEN, ...seen })).toBe(name);
  });

  test("has a name of its own, and a claim that is a sentence without a full stop", () => {
    const names = RULES.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(RULES.filter(({ claim }) => !/^[a-z].*[^.]$/.test(claim))).toEqual([]);
  });
});

// biome-ignore format: a table
describe("a call that may be made", () => {
  test.each<[string, Call, boolean]>([
    ["asks for a new name",             alloc(8),                                           true],
    ["asks for a live name",            { ...alloc(8), name: blockName(1) },                false],
    ["asks for the largest alignment",  alloc(8, 16),                                       true],
    ["asks for a larger alignment",     alloc(8, 32),                                       false],
    ["resizes to something",            realloc(1),                                         true],
    ["resizes to nothing",              realloc(0),                                         false],
    ["frees a live block",              dealloc,                                            true],
    ["frees a block that is not",       { ...dealloc, name: blockName(7) } as Call,         false],
    ["frees a dead block again",        misuse("double-free", 48, 9),                       true],
    ["frees a dead block elsewhere",    misuse("double-free", 52, 9),                       false],
    ["frees what nobody has",           misuse("foreign-pointer", 40),                      true],
    ["frees what a block has",          misuse("foreign-pointer", 20),                      false],
    ["frees inside a block",            misuse("interior-pointer", 17),                     true],
    ["frees the start of a block",      misuse("interior-pointer", 16),                     false],
    ["frees behind a block",            misuse("interior-pointer", 32),                     false],
    ["claims another size",             misuse("wrong-layout", 16, 1, 8),                   true],
    ["claims another alignment",        { ...misuse("wrong-layout", 16), align: alignment(8) } as Call, true],
    ["claims the right size",           misuse("wrong-layout", 16, 1, 16),                  false],
  ])("%s: %j is %s", (_, call, isAllowed) => {
    expect(isLegal(HEAP, call)).toBe(isAllowed);
  });

  test("tries only misuse that is promised to be detected", () => {
    const state = { ...HEAP, contract: { ...CONTRACT, rejects: [] } };

    expect(isLegal(state, misuse("interior-pointer", 17))).toBe(false);
  });
});

describe("an allocator that searches every address", () => {
  const SEEN: Observation = {
    payload: "intact",
    zeroed: "zero",
    prefix: "kept",
    outside: "untouched",
    others: "intact",
    used: "unseen",
  };

  const aCall = fc.oneof(
    fc.record({
      kind: fc.constantFrom("alloc" as const, "allocZeroed" as const),
      name: fc.nat(4).map(blockName),
      size: fc.nat(20).map(bytes),
      align: fc.constantFrom(1, 2, 4, 8, 16).map(alignment),
    }),
    fc.record({
      kind: fc.constant("realloc" as const),
      name: fc.nat(4).map(blockName),
      size: fc.integer({ min: 1, max: 20 }).map(bytes),
    }),
    fc.record({
      kind: fc.constantFrom("dealloc" as const, "usableSize" as const),
      name: fc.nat(4).map(blockName),
    }),
  );

  /** What it answers: the lowest address that does, found by looking at each. */
  function answerTo({ live, contract }: HeapState, call: Call): Answer {
    if (call.kind === "dealloc") return { kind: "released" };
    if (call.kind === "usableSize") return usable(live.at(call.name).size);
    if (call.kind !== "realloc" && call.kind !== "alloc" && call.kind !== "allocZeroed") {
      return { kind: "rejected" };
    }
    const wanted = call.kind === "realloc" ? live.at(call.name).align : call.align;
    const step = Math.max(wanted, contract.alignDefault);
    const count = bytes(Math.max(call.size, 1));
    for (let start = 0; start + count <= 64; start += step) {
      if (!live.overlapping(address(start), count, call.name)) return placed(start);
    }
    return { kind: "refused" };
  }

  test("breaks no rule, and is tested by each that a step of its can test", () => {
    const tested = new Set<string>();
    const observer = { reached: (name: string) => void tested.add(name) };
    const property = fc.property(fc.array(aCall, { maxLength: 30 }), (calls) => {
      let state = UNTOUCHED;
      const make = (call: Call): void => {
        if (!isLegal(state, call)) return;
        const verdict = judge(state, call, answerTo(state, call), SEEN, observer);
        if (verdict.kind === "rejected") throw new Error(verdict.rule.name);
        state = verdict.state;
      };

      for (const call of calls) make(call);
      // In the end everything is freed, and what was granted first is asked for again.
      for (const name of [0, 1, 2, 3, 4].map(blockName)) make({ kind: "dealloc", name });
      if (state.first) make({ kind: "alloc", name: blockName(5), ...state.first });
    });

    fc.assert(property, { seed: 1, numRuns: 300 });

    const untested = RULES.map(({ name }) => name).filter((name) => !tested.has(name));
    expect(untested).toEqual(["misuse-rejected", "accounting-exact"]);
  });
});

describe("an admitted step", () => {
  test("that places a block makes it live, counted, and the first if there was none", () => {
    const verdict = judge(UNTOUCHED, alloc(8), placed(0), NOTHING_SEEN);

    if (verdict.kind === "rejected") throw new Error(verdict.rule.name);
    const { live, requested, first } = verdict.state;
    expect(live.at(blockName(2))).toEqual({ ...blockAt(2, 0, 8) });
    expect([requested, first?.size]).toEqual([8, 8]);
  });

  test("that places another block leaves the first request the first", () => {
    const verdict = judge(HEAP, alloc(16), placed(32), NOTHING_SEEN);

    if (verdict.kind === "rejected") throw new Error(verdict.rule.name);
    expect(verdict.state.first).toEqual(HEAP.first);
  });

  test("that releases a block makes it dead where it was", () => {
    const verdict = judge(HEAP, dealloc, { kind: "released" }, NOTHING_SEEN);

    if (verdict.kind === "rejected") throw new Error(verdict.rule.name);
    const { live, dead, requested } = verdict.state;
    expect([live.has(blockName(1)), dead.get(blockName(1)), requested]).toEqual([false, 16, 8]);
  });

  test("that tells the usable bytes makes them the block's own", () => {
    const verdict = judge(HEAP, usableSize, usable(20), NOTHING_SEEN);

    if (verdict.kind === "rejected") throw new Error(verdict.rule.name);
    expect(verdict.state.live.at(blockName(1)).reach).toBe(20);
  });

  test("that declines leaves the heap as it was", () => {
    const verdict = judge(HEAP, alloc(64), { kind: "refused" }, NOTHING_SEEN);

    expect(verdict).toEqual({ kind: "admitted", state: HEAP });
  });
});

import { describe, expect, test } from "vitest";
import { finiteMap } from "../support/index.ts";
import { chunkName, unitCount, unitNumber } from "../units/index.ts";
import type { AreaKind } from "./areas.ts";
import type { ChunkAnswer, ChunkCall, ChunkRequest, Run } from "./calls.ts";
import { type Chunk, heldChunks } from "./held-chunks.ts";
import { CHUNK_INVARIANTS } from "./invariants.ts";
import { judgeChunks } from "./judge.ts";
import { CHUNK_RULES } from "./rules.ts";
import { type ChunkContract, type ChunkState, isLegalChunkCall } from "./state.ts";

const HUGE = Number.MAX_SAFE_INTEGER;

const area = (first: number, last: number, kind: AreaKind) => ({
  first: unitNumber(first),
  last: unitNumber(last),
  kind,
});

const run = (first: number, count: number): Run => ({
  first: unitNumber(first),
  count: unitCount(count),
});

const chunk = (name: number, first: number, count: number): [Chunk["name"], Chunk] => [
  chunkName(name),
  { name: chunkName(name), ...run(first, count) },
];

/**
 *     unit   0        1  2  3   4  5  6  7  8  9 │10 11   12 13
 *            reserved designated    general      │general    there are none
 *     held               a  a         b  b  c
 */
const CONTRACT: ChunkContract = {
  areas: [
    area(0, 0, "reserved"),
    area(1, 3, "designated"),
    area(4, 9, "general"),
    area(10, 11, "general"),
  ],
  seams: [unitNumber(10)],
  fallsBack: true,
  mergesBelow: false,
  chunkCountMax: undefined,
};
const [A, B, C] = [1, 2, 3].map(chunkName) as [Chunk["name"], Chunk["name"], Chunk["name"]];
const CHUNKS: ChunkState = {
  contract: CONTRACT,
  held: heldChunks(finiteMap([chunk(A, 2, 2), chunk(B, 6, 2), chunk(C, 8, 1)])),
  heldCount: 3,
};

const acquire = (count: number, request: ChunkRequest = { kind: "any" }): ChunkCall => ({
  kind: "acquire",
  name: chunkName(9),
  request,
  count: unitCount(count),
});
const from = (first: number): ChunkRequest => ({ kind: "at", first: unitNumber(first) });
const multiple = (align: number): ChunkRequest => ({ kind: "aligned", align: unitCount(align) });
const within = (first: number, last: number): ChunkRequest => ({
  kind: "within",
  first: unitNumber(first),
  last: unitNumber(last),
});
const release: ChunkCall = { kind: "release", name: B };
const split = (at: number): ChunkCall => ({
  kind: "split",
  name: B,
  at: unitNumber(at),
  below: chunkName(7),
  above: chunkName(8),
});
const merge = (name: Chunk["name"], other: Chunk["name"]): ChunkCall => ({
  kind: "merge",
  name,
  other,
});
const misuse: ChunkCall = { kind: "misuse", misuse: "release", name: chunkName(5) };

const acquired = (first: number, count: number): ChunkAnswer => ({
  kind: "acquired",
  ...run(first, count),
});
const merged = (first: number, count: number): ChunkAnswer => ({
  kind: "merged",
  ...run(first, count),
});
const parts = (below: Run, above: Run): ChunkAnswer => ({ kind: "split", below, above });
const plain = (
  kind: "released" | "refused" | "rejected" | "threw" | "hung" | "nonsense",
): ChunkAnswer => ({ kind });

/** The rule that a step breaks, or "admitted". */
function verdictOn(state: ChunkState, call: ChunkCall, answer: ChunkAnswer): string {
  expect(isLegalChunkCall(state, call)).toBe(true);
  const verdict = judgeChunks({ state, call, answer });
  return verdict.kind === "rejected" ? verdict.rule.name : verdict.kind;
}

// biome-ignore format: a table
describe("with units 2, 3 and 6 to 8 held of 0 to 11", () => {
  test.each<[string, ChunkCall, ChunkAnswer, string]>([
    ["two general units",                  acquire(2),                acquired(4, 2),    "admitted"],
    ["two behind the seam",                acquire(2),                acquired(10, 2),   "admitted"],
    ["two over the seam",                  acquire(2),                acquired(9, 2),    "chunk-in-area"],
    ["one where none are",                 acquire(1),                acquired(12, 1),   "chunk-in-area"],
    ["one that is reserved",               acquire(1),                acquired(0, 1),    "chunk-in-area"],
    ["one that is designated",             acquire(1),                acquired(1, 1),    "general-units-first"],
    ["one that is held",                   acquire(1),                acquired(8, 1),    "held-chunks-disjoint"],
    ["two, the second held",               acquire(2),                acquired(5, 2),    "held-chunks-disjoint"],
    ["fewer than asked for",               acquire(3),                acquired(4, 2),    "chunk-as-asked"],
    ["more than asked for",                acquire(1),                acquired(4, 2),    "chunk-as-asked"],
    ["none, of those that just do",        acquire(2),                plain("refused"),  "chunk-refusal-justified"],
    ["none, of more than do",              acquire(3),                plain("refused"),  "admitted"],
    ["none, of as many as can be said",    acquire(HUGE),             plain("refused"),  "admitted"],
    ["no units",                           acquire(0),                acquired(4, 0),    "zero-units-refused"],
    ["no units refused",                   acquire(0),                plain("refused"),  "admitted"],
    ["a multiple of three",                acquire(1, multiple(3)),   acquired(9, 1),    "admitted"],
    ["no multiple of three",               acquire(1, multiple(3)),   acquired(4, 1),    "chunk-as-asked"],
    ["a multiple of five refused",         acquire(2, multiple(5)),   plain("refused"),  "chunk-refusal-justified"],
    ["a multiple of seven refused",        acquire(1, multiple(7)),   plain("refused"),  "admitted"],
    ["the reserved unit by its number",    acquire(1, from(0)),       acquired(0, 1),    "admitted"],
    ["three units of other kinds",         acquire(2, from(0)),       acquired(0, 2),    "admitted"],
    ["another place than that asked for",  acquire(1, from(4)),       acquired(5, 1),    "chunk-as-asked"],
    ["a held unit refused",                acquire(1, from(6)),       plain("refused"),  "admitted"],
    ["units over the seam refused",        acquire(2, from(9)),       plain("refused"),  "admitted"],
    ["units up to the seam refused",       acquire(1, from(9)),       plain("refused"),  "chunk-refusal-justified"],
    ["units up to the end refused",        acquire(2, from(10)),      plain("refused"),  "chunk-refusal-justified"],
    ["units beyond the end refused",       acquire(3, from(10)),      plain("refused"),  "admitted"],
    ["a place beyond all numbers refused", acquire(HUGE, from(HUGE)), plain("refused"),  "admitted"],
    ["a window that is just enough",       acquire(2, within(4, 5)),  plain("refused"),  "chunk-refusal-justified"],
    ["a window that is not enough",        acquire(2, within(5, 6)),  plain("refused"),  "admitted"],
    ["a window that is left",              acquire(2, within(5, 11)), acquired(4, 2),    "chunk-as-asked"],
    ["a window of designated units",       acquire(1, within(0, 3)),  acquired(1, 1),    "admitted"],
    ["a window of the reserved unit",      acquire(1, within(0, 3)),  acquired(0, 1),    "chunk-in-area"],
    ["a window inside out",                acquire(1, within(5, 4)),  plain("refused"),  "admitted"],
    ["a split in the middle",              split(7),                  parts(run(6, 1), run(7, 1)), "admitted"],
    ["a split at the first unit",          split(6),                  parts(run(0, 0), run(6, 2)), "admitted"],
    ["a split behind the last",            split(8),                  parts(run(6, 2), run(0, 0)), "admitted"],
    ["a split that loses a unit",          split(7),                  parts(run(6, 1), run(0, 0)), "split-exact"],
    ["a split one too high",               split(7),                  parts(run(6, 2), run(0, 0)), "split-exact"],
    ["a split elsewhere",                  split(9),                  parts(run(6, 2), run(9, 0)), "split-exact"],
    ["a split elsewhere refused",          split(9),                  plain("refused"),  "admitted"],
    ["a split refused",                    split(7),                  plain("refused"),  "split-exact"],
    ["a merge with the next",              merge(B, C),               merged(6, 3),      "admitted"],
    ["a merge that loses a unit",          merge(B, C),               merged(6, 2),      "merge-exact"],
    ["a merge with the next refused",      merge(B, C),               plain("refused"),  "merge-exact"],
    ["a merge with the one before",        merge(C, B),               merged(6, 3),      "merge-exact"],
    ["a merge over a gap",                 merge(A, B),               merged(2, 4),      "merge-exact"],
    ["a merge over a gap refused",         merge(A, B),               plain("refused"),  "admitted"],
    ["a release",                          release,                   plain("released"), "admitted"],
    ["a second release",                   misuse,                    plain("rejected"), "admitted"],
  ])("%s", (_, call, answer, verdict) => {
    expect(verdictOn(CHUNKS, call, answer)).toBe(verdict);
  });
});

// biome-ignore format: a table
describe("by another promise", () => {
  test.each<[string, Partial<ChunkContract>, ChunkCall, ChunkAnswer, string]>([
    ["a merge with the one before",         { mergesBelow: true },                      merge(C, B),           merged(6, 3),     "admitted"],
    ["a merge with the one before refused", { mergesBelow: true },                      merge(C, B),           plain("refused"), "merge-exact"],
    ["a merge at a seam",                   { seams: [unitNumber(8)] },                 merge(B, C),           merged(6, 3),     "merge-exact"],
    ["a merge at a seam refused",           { seams: [unitNumber(8)] },                 merge(B, C),           plain("refused"), "admitted"],
    ["any unit that is designated",         { fallsBack: false },                       acquire(1),            acquired(1, 1),   "chunk-in-area"],
    ["designated units refused",            { areas: [area(2, 5, "designated")] },      acquire(2),            plain("refused"), "chunk-refusal-justified"],
    ["designated units as the last resort", { areas: [area(2, 5, "designated")] },      acquire(2),            acquired(4, 2),   "admitted"],
    ["designated units kept back",          { fallsBack: false, areas: [area(2, 5, "designated")] }, acquire(2), plain("refused"), "admitted"],
    ["units on both sides of no seam",      { seams: [] },                              acquire(3),            plain("refused"), "chunk-refusal-justified"],
    ["a fourth chunk refused",              { chunkCountMax: 3 },                       acquire(1),            plain("refused"), "admitted"],
    ["a fifth refused too early",           { chunkCountMax: 4 },                       acquire(1),            plain("refused"), "chunk-refusal-justified"],
    ["a split into a fourth refused",       { chunkCountMax: 3 },                       split(7),              plain("refused"), "admitted"],
  ])("%s", (_, promised, call, answer, verdict) => {
    const state = { ...CHUNKS, contract: { ...CONTRACT, ...promised } };

    expect(verdictOn(state, call, answer)).toBe(verdict);
  });
});

/** For each rule a step that breaks it, and no rule before it. */
const BROKEN: readonly [string, ChunkCall, ChunkAnswer][] = [
  ["chunk-call-returns", acquire(1), plain("hung")],
  ["chunk-answer-fits-call", release, plain("refused")],
  ["zero-units-refused", acquire(0), acquired(4, 0)],
  ["chunk-as-asked", acquire(2), acquired(4, 1)],
  ["chunk-in-area", acquire(1), acquired(0, 1)],
  ["held-chunks-disjoint", acquire(1), acquired(6, 1)],
  ["general-units-first", acquire(1), acquired(1, 1)],
  ["chunk-refusal-justified", acquire(1), plain("refused")],
  ["split-exact", split(7), plain("refused")],
  ["merge-exact", merge(B, C), plain("refused")],
  ["chunk-misuse-rejected", misuse, plain("released")],
];

describe("a rule", () => {
  test("is broken by a step of its own", () => {
    expect(BROKEN.map(([name]) => name)).toEqual(CHUNK_RULES.map(({ name }) => name));
  });

  test.each(BROKEN)("%s is broken, and none before it", (name, call, answer) => {
    expect(verdictOn(CHUNKS, call, answer)).toBe(name);
  });

  test("has a name of its own, and a claim that is a sentence without a full stop", () => {
    const all = [...CHUNK_RULES, ...CHUNK_INVARIANTS];

    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.filter(({ claim }) => !/^[a-z].*[^.]$/.test(claim))).toEqual([]);
  });
});

// biome-ignore format: a table
describe("no answer belongs to a call of another kind", () => {
  test.each<[ChunkCall, readonly string[]]>([
    [acquire(99),   ["refused"]],
    [release,       ["released"]],
    [split(99),     ["refused"]],
    [merge(A, C),   ["refused"]],
    [misuse,        ["rejected"]],
  ])("%j is answered %j", (call, kinds) => {
    const answers = [acquired(4, 99), parts(run(6, 1), run(7, 1)), merged(2, 3), ...(["released", "refused", "rejected", "threw", "hung", "nonsense"] as const).map(plain)];

    const admitted = answers.filter((answer) => judgeChunks({ state: CHUNKS, call, answer }).kind === "admitted");

    expect(admitted.map(({ kind }) => kind)).toEqual(kinds);
  });
});

// biome-ignore format: a table
describe("a call that may be made", () => {
  test.each<[string, ChunkCall, boolean]>([
    ["asks for a new name",             acquire(1),                                   true],
    ["asks for a held name",            { ...acquire(1), name: A },                   false],
    ["asks for a multiple of one",      acquire(1, multiple(1)),                      true],
    ["asks for a multiple of none",     acquire(1, multiple(0)),                      false],
    ["releases a held chunk",           release,                                      true],
    ["releases another",                { ...release, name: chunkName(5) },           false],
    ["splits a held chunk",             split(7),                                     true],
    ["splits another",                  { ...split(7), name: chunkName(5) },          false],
    ["splits into a held name below",   { ...split(7), below: A } as ChunkCall,       false],
    ["splits into a held name above",   { ...split(7), above: A } as ChunkCall,       false],
    ["splits into one name",            { ...split(7), above: chunkName(7) } as ChunkCall, false],
    ["merges two",                      merge(A, B),                                  true],
    ["merges one with itself",          merge(A, A),                                  false],
    ["merges one that is not held",     merge(chunkName(5), A),                       false],
    ["merges with one that is not held", merge(A, chunkName(5)),                      false],
    ["misuses what is not held",        misuse,                                       true],
    ["misuses what is held",            { ...misuse, name: A },                       false],
  ])("%s: %j is %s", (_, call, isAllowed) => {
    expect(isLegalChunkCall(CHUNKS, call)).toBe(isAllowed);
  });
});

// biome-ignore format: a table
describe("what is held after", () => {
  test.each<[string, ChunkCall, ChunkAnswer, Record<number, [number, number]>]>([
    ["an acquisition",       acquire(2),  acquired(4, 2),                {1: [2, 2], 2: [6, 2], 3: [8, 1], 9: [4, 2]}],
    ["a refusal",            acquire(9),  plain("refused"),              {1: [2, 2], 2: [6, 2], 3: [8, 1]}],
    ["a release",            release,     plain("released"),             {1: [2, 2], 3: [8, 1]}],
    ["a split",              split(7),    parts(run(6, 1), run(7, 1)),   {1: [2, 2], 3: [8, 1], 7: [6, 1], 8: [7, 1]}],
    ["a split at an edge",   split(6),    parts(run(0, 0), run(6, 2)),   {1: [2, 2], 3: [8, 1], 8: [6, 2]}],
    ["a split at the other", split(8),    parts(run(6, 2), run(0, 0)),   {1: [2, 2], 3: [8, 1], 7: [6, 2]}],
    ["a merge",              merge(B, C), merged(6, 3),                  {1: [2, 2], 2: [6, 3]}],
  ])("%s", (_, call, answer, expected) => {
    const verdict = judgeChunks({ state: CHUNKS, call, answer });
    if (verdict.kind === "rejected") throw new Error("an answer is admitted");
    const { state } = verdict;

    const held = [1, 2, 3, 7, 8, 9].map(chunkName).filter((name) => state.held.has(name));
    expect(Object.fromEntries(held.map((name) => [name, [state.held.at(name).first, state.held.at(name).count]]))).toEqual(expected);
    expect(state.heldCount).toBe(held.length);
    expect(CHUNK_INVARIANTS.filter(({ holds }) => !holds(state))).toEqual([]);
  });
});

// biome-ignore format: a table
describe("an invariant", () => {
  test.each<[string, [Chunk["name"], Chunk][]]>([
    ["chunk-under-its-name",   [[A, chunk(B, 2, 1)[1]]]],
    ["chunk-under-its-name",   [chunk(A, 2, 0)]],
    ["chunks-apart",           [chunk(A, 2, 2), chunk(B, 3, 1)]],
    ["chunks-apart",           [chunk(A, 2, 3), chunk(B, 1, 2)]],
    ["chunks-where-units-are", [chunk(A, 12, 1)]],
    ["chunks-where-units-are", [chunk(A, 9, 2)]],
  ])("%s is what %j breaks", (name, chunks) => {
    const state = { ...CHUNKS, held: heldChunks(finiteMap(chunks)) };

    expect(CHUNK_INVARIANTS.filter(({ holds }) => !holds(state)).map((each) => each.name)).toEqual([name]);
  });
});

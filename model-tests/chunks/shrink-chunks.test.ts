import { expect, test } from "vitest";
import type { ChunkCall } from "#spec";
import { chunkName, unitCount, unitNumber } from "#units";
import { SIX } from "./chunk-contracts.ts";
import { BridgingChunks } from "./chunk-mutants.ts";
import { chunkStory } from "./chunk-story.ts";
import type { NaiveChunks } from "./naive-chunks.ts";
import { runChunkCalls } from "./run-chunks.ts";
import { shrinkChunks } from "./shrink-chunks.ts";

const make = (contract: typeof SIX): NaiveChunks => new BridgingChunks(contract);

const [ONE, TWO, THREE, FOUR] = [1, 2, 3, 4].map(chunkName) as [
  ChunkCall["name"],
  ChunkCall["name"],
  ChunkCall["name"],
  ChunkCall["name"],
];

/** A chunk of four is split into three, and the middle one is given back before the others are merged. */
const CALLS: readonly ChunkCall[] = [
  { kind: "acquire", name: ONE, request: { kind: "any" }, count: unitCount(4) },
  { kind: "split", name: ONE, at: unitNumber(3), below: TWO, above: THREE },
  { kind: "split", name: THREE, at: unitNumber(4), below: ONE, above: FOUR },
  { kind: "release", name: ONE },
  { kind: "merge", name: TWO, other: FOUR },
];

test("a run that breaks a rule is told call by call, with the rule and its sentence", () => {
  const run = runChunkCalls(make, SIX, CALLS);

  expect(chunkStory(run)).toBe(
    [
      "#1 acquires 4: acquired 2..5",
      "#1 is split at 3 into #2 and #3: split 2..2, 3..5",
      "#3 is split at 4 into #1 and #4: split 3..3, 4..5",
      "#1 is released: released",
      "#2 takes in #4: merged 2..4",
      "merge-exact: two chunks become one with the units of both where they touch, or stay as they are",
    ].join("\n"),
  );
});

test("what was split is acquired in pieces once it is shrunk", () => {
  const shrunk = shrinkChunks(make, runChunkCalls(make, SIX, CALLS));

  expect(chunkStory(shrunk)).toBe(
    [
      "#2 acquires 1: acquired 2..2",
      "#4 acquires 1 from 4 on: acquired 4..4",
      "#2 takes in #4: merged 2..3",
      "merge-exact: two chunks become one with the units of both where they touch, or stay as they are",
    ].join("\n"),
  );
});

test("a call that may not be made is left out", () => {
  const unknown: ChunkCall = { kind: "release", name: chunkName(77) };

  const run = runChunkCalls(make, SIX, [unknown, ...CALLS.slice(0, 1), unknown]);

  expect(run.played.map(({ call }) => call.kind)).toEqual(["acquire"]);
});

import { describe, expect, test } from "vitest";
import { CHUNK_RULES, type ChunkContract } from "#spec";
import { chunkStory } from "../chunks/chunk-story.ts";
import { NaiveChunks } from "../chunks/naive-chunks.ts";
import { runChunkCalls } from "../chunks/run-chunks.ts";
import { type ChunkLog, chunkLogs } from "./chunk-log.ts";
import { replayChunks } from "./chunk-replay.ts";
import { weaknessOf } from "./weakness.ts";

const SCENARIOS = chunkLogs("scenarios-chunks.jsonl.gz");

const scenario = (name: string): ChunkLog => {
  const found = SCENARIOS.find((each) => each.scenario === name);
  if (found === undefined) throw new Error("a scenario is in the log");
  return found;
};

describe("a log of pages or frames is admitted except where the original misbehaves", () => {
  test.each<[string, number, Record<string, number>]>([
    [
      "frames-1",
      11_099,
      { "chunk-refusal-justified W-14": 117, "chunk-refusal-justified W-30": 100 },
    ],
    ["pages-1", 6594, { "chunk-refusal-justified W-04": 339, "chunk-refusal-justified W-30": 239 }],
    [
      "pages-lost-1",
      5055,
      {
        "chunk-refusal-justified W-04": 466,
        "chunk-refusal-justified W-06": 1317,
        "chunk-refusal-justified W-06 or W-30": 836,
      },
    ],
    [
      "pages-lost-2",
      6068,
      {
        "chunk-in-area W-06": 2,
        "general-units-first W-06": 3,
        "chunk-refusal-justified W-04": 423,
        "chunk-refusal-justified W-06": 620,
        "chunk-refusal-justified W-06 or W-30": 591,
      },
    ],
  ])("%s: %d calls", (file, admitted, rejected) => {
    const [log] = chunkLogs(`${file}.jsonl.gz`);
    if (log === undefined) throw new Error("a log has a header");

    const { admittedCount, rejections } = replayChunks(log);

    const counts: Record<string, number> = {};
    for (const each of rejections) {
      const key = `${each.rule} ${weaknessOf(log, each, file.startsWith("pages-lost"))}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    expect([admittedCount, counts]).toEqual([admitted, rejected]);
    expect(admittedCount + rejections.length).toBe(log.steps.length);
  });
});

// biome-ignore format: a table
describe("a scenario is rejected exactly where it goes wrong", () => {
  test.each<[string, string, readonly (readonly [number, string])[]]>([
    ["T-01",  "W-06: the pages behind a request at a place are lost",        [[10, "chunk-refusal-justified"], [11, "chunk-refusal-justified"], [12, "chunk-refusal-justified"]]],
    ["T-02",  "W-03: twenty pages are given where fifteen are free",         [[9, "held-chunks-disjoint"]]],
    ["T-03",  "W-04: a window of just the right length is refused",          [[1, "chunk-refusal-justified"], [3, "chunk-refusal-justified"]]],
    ["T-03b", "W-04: a free run of one page is never found again",           [[5, "chunk-refusal-justified"]]],
    ["T-04a", "W-05: pages in the hole, then fewer pages than asked for",    [[1, "chunk-in-area"], [2, "chunk-as-asked"]]],
    ["T-04b", "W-05: fewer pages than asked for at a place",                 [[1, "chunk-as-asked"]]],
    ["T-05",  "W-09: a page of the hole, an alias of another",               [[2, "chunk-in-area"]]],
    ["T-06p", "W-02: page 0, while the rest of a chunk is kept back",        [[2, "chunk-in-area"]]],
    ["T-06h", "W-02: no pages, while the rest of a chunk is kept back",      [[2, "chunk-refusal-justified"]]],
    ["T-06f", "W-02: no frames, while the rest of a chunk is kept back",     [[2, "chunk-refusal-justified"]]],
    ["T-07a", "W-01: a release that needs memory waits for itself",          [[2, "chunk-call-returns"]]],
    ["T-07b", "W-01: so does what is done after an acquisition of pages",    [[2, "chunk-call-returns"]]],
    ["T-07c", "W-01: and of frames",                                         [[2, "chunk-call-returns"]]],
    ["T-08",  "W-29: frames below the first known region and into it",       [[2, "chunk-in-area"]]],
    ["T-09b", "W-11: reserved regions in ascending order do",                []],
    ["T-10",  "W-10: three free pieces in a row are not put together",       [[12, "chunk-call-returns"]]],
    ["T-10p", "pairs of free neighbours are",                                []],
    ["T-11",  "W-13: a reserved frame becomes a general one",                [[3, "merge-exact"], [261, "chunk-in-area"]]],
    ["T-12",  "W-12: the 33rd free chunk waits for itself",                  [[112, "chunk-call-returns"]]],
    ["T-13",  "W-15: a split at the last page gives the whole",              [[2, "split-exact"]]],
    ["W-14",  "W-14: reserved frames that are followed by free ones",        [[3, "chunk-refusal-justified"]]],
    ["W-14b", "frames that nobody knows are claimed by their number",        []],
    ["W-30",  "W-30: thirty free pages do not serve twenty-five",            [[9, "chunk-refusal-justified"]]],
    ["W-30f", "W-30: free frames in two pieces are two",                     [[7, "chunk-refusal-justified"]]],
    ["reuse", "where freed pages go",                                        []],
    ["merge", "pages are joined only upwards",                               []],
  ])("%s, %s", (name, _, expected) => {
    const { rejections } = replayChunks(scenario(name));

    expect(rejections.map(({ step, rule }) => [step, rule])).toEqual(expected);
  });
});

/** Kinds that one chunk may have more than one of. */
const anyKinds = (contract: ChunkContract): ChunkContract => ({ ...contract, seams: [] });

describe("where a chunk may be of two kinds", () => {
  test("a reserved frame that was merged with a general one is still none of them", () => {
    const log = scenario("T-11");

    const { rejections } = replayChunks(log, anyKinds(log.contract));

    expect(rejections.map(({ step, rule }) => [step, rule])).toEqual([[261, "chunk-in-area"]]);
  });

  test("frames below a region and in it have two owners", () => {
    const log = scenario("T-08");

    const { rejections } = replayChunks(log, anyKinds(log.contract));

    expect(rejections.map(({ step, rule }) => [step, rule])).toEqual([[2, "held-chunks-disjoint"]]);
  });
});

test.each(SCENARIOS.map((log): [string, ChunkLog] => [log.scenario ?? "", log]))(
  "the naive allocator answers the calls of %s as it should",
  (_, { contract, steps }) => {
    const calls = steps.map(({ call }) => call);

    const run = runChunkCalls((promised) => new NaiveChunks(promised), contract, calls);

    expect(run.broken && chunkStory(run)).toBeUndefined();
    expect(run.played.length).toBe(calls.length);
  },
);

test("the original breaks every rule but three", () => {
  const logs = [...SCENARIOS, ...chunkLogs("pages-lost-2.jsonl.gz")];

  const broken = new Set(
    logs.flatMap((log) => replayChunks(log).rejections.map(({ rule }) => rule)),
  );

  expect(CHUNK_RULES.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([
    "chunk-answer-fits-call",
    "zero-units-refused",
    "chunk-misuse-rejected",
  ]);
});

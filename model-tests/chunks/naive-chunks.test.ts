import { describe, expect, test } from "vitest";
import { CHUNK_RULES, type ChunkContract } from "#spec";
import { unitNumber } from "#units";
import { EARLY, FRAMES, PAGES, SIX } from "./chunk-contracts.ts";
import { chunkStory } from "./chunk-story.ts";
import { everyCall } from "./every-call.ts";
import { NaiveChunks } from "./naive-chunks.ts";
import { runEveryChunks, runRandomChunks } from "./run-chunks.ts";

const naive = (contract: ChunkContract): NaiveChunks => new NaiveChunks(contract);

describe("the naive allocator breaks no rule", () => {
  test.each([
    ["pages", PAGES],
    ["frames", FRAMES],
    ["six units", SIX],
    ["a few chunks only", EARLY],
  ])("of %s", (_, contract) => {
    const reached = new Set<string>();
    const observer = { reached: (name: string) => reached.add(name) };

    const failed = Array.from({ length: 200 }, (_, run) =>
      runRandomChunks(naive, contract, 0xc0de, run, 100, { observer }),
    ).find(({ broken }) => broken !== undefined);

    expect(failed && chunkStory(failed)).toBeUndefined();
    expect([...reached].sort()).toEqual(CHUNK_RULES.map(({ name }) => name).sort());
  });

  test.each([
    ["where a chunk takes in any neighbour", SIX, 132_414],
    ["where there is a seam", { ...SIX, seams: [unitNumber(4)] }, 93_643],
    ["where only two chunks are kept track of", { ...SIX, chunkCountMax: 2 }, 128_727],
  ])("in any four calls about six units, %s", (_, contract, count) => {
    const { traceCount, failure } = runEveryChunks(naive, contract, 4, everyCall);

    expect(failure && chunkStory(failure)).toBeUndefined();
    expect(traceCount).toBe(count);
  });
});

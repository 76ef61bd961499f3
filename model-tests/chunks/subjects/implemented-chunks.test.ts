import { describe, expect, test } from "vitest";
import { FREE_CHUNKS_MARKS } from "#impl";
import { CHUNK_RULES, type ChunkContract } from "#spec";
import { EARLY, FRAMES, PAGES, SIX } from "../chunk-contracts.ts";
import { chunkStory } from "../chunk-story.ts";
import { everyCall } from "../every-call.ts";
import { NaiveChunks } from "../naive-chunks.ts";
import { runEveryChunks, runRandomChunks } from "../run-chunks.ts";
import {
  IMPLEMENTED_FRAMES,
  IMPLEMENTED_PAGES,
  implementedFrames,
  implementedPages,
  pooledChunks,
} from "./implemented-chunks.ts";

const early = (contract: ChunkContract): ChunkContract => ({ ...contract, chunkCountMax: 4 });

describe("no rule is broken", () => {
  test.each([
    ["by the page allocator", implementedPages, IMPLEMENTED_PAGES],
    ["by the page allocator before a heap", implementedPages, early(IMPLEMENTED_PAGES)],
    ["by the frame allocator", implementedFrames, IMPLEMENTED_FRAMES],
    ["by the frame allocator before a heap", implementedFrames, early(IMPLEMENTED_FRAMES)],
    ["by a pool of pages", pooledChunks(), { ...PAGES, mergesBelow: true }],
    ["by a pool of frames", pooledChunks(), FRAMES],
    ["by a pool of six units", pooledChunks(), SIX],
    ["by a pool of a few chunks", pooledChunks(), EARLY],
  ])("%s", (_, make, contract) => {
    const reached = new Set<string>();
    const observer = { reached: (name: string) => reached.add(name) };

    const failed = Array.from({ length: 200 }, (__, run) =>
      runRandomChunks(make, contract, 0xc0de, run, 100, { observer }),
    ).find(({ broken }) => broken !== undefined);

    expect(failed && chunkStory(failed)).toBeUndefined();
    expect([...reached].sort()).toEqual(CHUNK_RULES.map(({ name }) => name).sort());
  });

  test("in any four calls about six units", () => {
    const { traceCount, failure } = runEveryChunks(pooledChunks(), SIX, 4, everyCall);

    expect(failure && chunkStory(failure)).toBeUndefined();
    expect(traceCount).toBe(132_414);
  });
});

describe("a pool with too little room refuses just what it has no room for", () => {
  test.each([0, 1, 2, 3, 5, 8])("room for %i chunks", (chunkCountMax) => {
    const contract: ChunkContract = { ...FRAMES, chunkCountMax };

    const failed = Array.from({ length: 100 }, (_, run) =>
      runRandomChunks(pooledChunks(), contract, 0xdeed, run, 60),
    ).find(({ broken }) => broken !== undefined);

    expect(failed && chunkStory(failed)).toBeUndefined();
  });
});

test("random calls reach every mark", () => {
  const reached = new Set<string>();
  const make = pooledChunks({ reached: (name) => reached.add(name) });

  for (let run = 0; run < 50; run++) runRandomChunks(make, FRAMES, 0xc0de, run, 100);

  expect([...reached].sort()).toEqual([...FREE_CHUNKS_MARKS].sort());
});

test("the pool gives every run that the naive allocator gives", () => {
  const story = (make: Parameters<typeof runRandomChunks>[0], run: number) =>
    runRandomChunks(make, FRAMES, 0xfade, run, 100).played.map(({ answer }) => answer);

  for (let run = 0; run < 100; run++) {
    expect(story(pooledChunks(), run)).toEqual(story((of) => new NaiveChunks(of), run));
  }
});

/**
 * Toys test the rules. Each breaks one, random calls must name that one, and shrinking must leave the
 * fewest calls: so no rule can be lost without a test that fails.
 */
import { expect, test } from "vitest";
import { CHUNK_RULES, type ChunkRule } from "#spec";
import { CHUNK_TOYS, type ChunkToy } from "./chunk-toys.ts";
import { type ChunkRun, runRandomChunks } from "./run-chunks.ts";
import { shrinkChunks } from "./shrink-chunks.ts";

const named = CHUNK_TOYS.map((toy): [string, ChunkToy] => [`${toy.name} breaks ${toy.rule}`, toy]);

/** The first of 300 runs that breaks one of `rules`. */
function campaign(
  { make, contract }: ChunkToy,
  rules: readonly ChunkRule[] = CHUNK_RULES,
): ChunkRun | undefined {
  for (let run = 0; run < 300; run++) {
    const outcome = runRandomChunks(make, contract, 0x70f, run, 60, { rules });
    if (outcome.broken !== undefined) return outcome;
  }
  return undefined;
}

test("every rule has a toy", () => {
  const broken = new Set(CHUNK_TOYS.map(({ rule }) => rule));

  expect([...broken].sort()).toEqual(CHUNK_RULES.map(({ name }) => name).sort());
});

test.each(named)("%s, and its story has the fewest calls", (_, toy) => {
  const rules = CHUNK_RULES.filter(({ name }) => name === toy.rule);
  const found = campaign(toy, rules);
  expect(found?.broken).toBe(toy.rule);

  const shrunk = shrinkChunks(toy.make, found as ChunkRun, { rules });

  expect(shrunk.played.length).toBe(toy.calls);
});

test.each(named)("%s, and no rule before it", (_, toy) => {
  expect(campaign(toy)?.broken).toBe(toy.rule);
});

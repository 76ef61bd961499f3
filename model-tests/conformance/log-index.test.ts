import fc from "fast-check";
import { expect, test } from "vitest";
import { type Block, type LiveBlocks, liveBlocks } from "#spec";
import { finiteMap } from "#support";
import { address, alignment, blockName, bytes, type Range } from "#units";
import { LogIndex } from "./log-index.ts";

const blockOf = (name: number, start: number, reach: number): Block => ({
  name: blockName(name),
  start: address(start),
  size: bytes(reach),
  align: alignment(1),
  reach: bytes(reach),
});

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

const change = fc.record({
  name: fc.nat(11),
  start: fc.nat(39),
  reach: fc.nat(6),
  isGone: fc.boolean(),
});

/** What can be asked about the addresses below 46, answered as text. */
function answers(live: LiveBlocks): string {
  const found: unknown[] = [live.isEmpty()];
  for (let name = 0; name < 12; name++) {
    found.push(live.has(blockName(name)) && live.at(blockName(name)));
  }
  for (let start = 0; start < 46; start++) {
    for (const except of [-1, 0, 1, 2]) {
      for (const count of [1, 2, 7]) {
        found.push(live.overlapping(address(start), bytes(count), blockName(except)));
      }
    }
  }
  for (let count = 0; count <= 46; count++) {
    found.push(live.hasFreeRun([range(0, 46)], count), live.hasFreeRun([range(3, 20)], count));
  }
  return JSON.stringify(found);
}

test("the index of a log answers as the specification does, after any changes", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const index = new LogIndex();
      let naive = liveBlocks(finiteMap());
      for (const { name, start, reach, isGone } of changes) {
        const block = blockOf(name, start, reach);
        if (isGone && naive.has(block.name)) {
          index.without(block.name);
          naive = naive.without(block.name);
        } else if (reach === 0 || !naive.overlapping(block.start, block.reach, block.name)) {
          index.with(block);
          naive = naive.with(block);
        }
      }
      expect(answers(index)).toBe(answers(naive));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("where a block was placed is remembered as long as it lives, among thousands", () => {
  const index = new LogIndex();
  for (let name = 0; name < 5000; name++) {
    index.with(blockOf(name, 16 * name, 8)).note(blockName(name), name, name + 2);
    if (name % 2 === 1) index.without(blockName(name - 1));
  }

  expect(index.size).toBe(2500);
  for (let name = 1; name < 5000; name += 2) {
    const row = index.below(16 * name + 1);
    expect(index.blockAt(row).name).toBe(name);
    expect(index.placeAt(row)).toEqual({ at: name, line: name + 2 });
    expect(index.has(blockName(name - 1))).toBe(false);
  }
});

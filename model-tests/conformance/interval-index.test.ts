import fc from "fast-check";
import { expect, test } from "vitest";
import { type Block, type LiveBlocks, liveBlocks } from "#spec";
import { finiteMap } from "#support";
import { address, alignment, blockName, bytes, type Range } from "#units";
import { ExhaustiveChoices } from "../generate/choices.ts";
import { IntervalIndex } from "./interval-index.ts";

const NOBODY = blockName(-1);

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

const blockOf = (name: number, start: number, reach: number): Block => ({
  name: blockName(name),
  start: address(start),
  size: bytes(reach),
  align: alignment(1),
  reach: bytes(reach),
});

/** What can be asked about the addresses from `low` to `high`, answered as text. */
function answers(live: LiveBlocks, names: number, low: number, high: number): string {
  const found: unknown[] = [live.isEmpty()];
  for (let name = 0; name < names; name++) {
    found.push(live.has(blockName(name)) && live.at(blockName(name)).start);
  }
  for (let start = low; start < high; start++) {
    for (let count = 1; start + count <= high; count++) {
      for (let except = -1; except < names; except++) {
        found.push(live.overlapping(address(start), bytes(count), blockName(except)));
      }
    }
  }
  const middle = Math.floor((low + high) / 2);
  for (let count = 0; count <= high - low; count++) {
    found.push(live.hasFreeRun([range(low, high - low)], count));
    found.push(live.hasFreeRun([range(low, middle - low), range(middle + 1, 2)], count));
  }
  return JSON.stringify(found);
}

test("the index answers as the specification does, for any three blocks within six bytes", () => {
  const choices = new ExhaustiveChoices();
  let states = 0;

  while (choices.nextRound()) {
    const index = new IntervalIndex();
    let naive = liveBlocks(finiteMap());
    for (let name = 0; name < 3; name++) {
      const block = blockOf(name, choices.below(5), choices.below(3));
      if (naive.overlapping(block.start, block.reach, NOBODY)) continue;
      index.with(block);
      naive = naive.with(block);
    }
    const gone = blockName(choices.below(4));
    if (naive.has(gone)) {
      index.without(gone);
      naive = naive.without(gone);
    }
    expect(answers(index, 3, 0, 6)).toBe(answers(naive, 3, 0, 6));
    states += 1;
  }

  expect(states).toBe(15 ** 3 * 4);
});

const change = fc.record({
  name: fc.nat(11),
  start: fc.nat(39),
  reach: fc.nat(6),
  isGone: fc.boolean(),
});

test("the index answers as the specification does, after any changes", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const index = new IntervalIndex();
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
      expect(answers(index, 3, 0, 46)).toBe(answers(naive, 3, 0, 46));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("the index answers as a plain array does, with as many blocks as fill many leaves", () => {
  const step = fc.record({ slot: fc.nat(1999), reach: fc.nat(8), isGone: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 3000, maxLength: 4000 }), (steps) => {
      const index = new IntervalIndex();
      const slots = new Map<number, number>();
      for (const { slot, reach, isGone } of steps) {
        if (isGone === 0 && slots.has(slot)) {
          index.without(blockName(slot));
          slots.delete(slot);
        } else {
          index.with(blockOf(slot, slot * 8, reach));
          slots.set(slot, reach);
        }
      }

      const seen: number[] = [];
      index.forEach(({ block }) => {
        seen.push(block.name);
      });
      const sorted = [...slots].sort(([left], [right]) => left - right);
      const solid = sorted.filter(([, reach]) => reach > 0).map(([slot]) => slot);
      expect(index.size).toBe(slots.size);
      expect(seen.slice(0, solid.length)).toEqual(solid);
      expect(new Set(seen)).toEqual(new Set(slots.keys()));
      for (let slot = 0; slot < 2000; slot++) {
        const isTaken = (slots.get(slot) ?? 0) > 0;
        expect(index.overlapping(address(slot * 8), bytes(8), NOBODY)).toBe(isTaken);
        expect(index.overlapping(address(slot * 8), bytes(8), blockName(slot))).toBe(false);
      }
      expect(index.below(800)?.block.name).toBe(solid.findLast((slot) => slot < 100));
      expect(index.above(800)?.block.name).toBe(solid.find((slot) => slot >= 100));
    }),
    { seed: 2, numRuns: 10 },
  );
});

test("a block without bytes overlaps nothing, and is known by its name", () => {
  const index = new IntervalIndex().with(blockOf(0, 8, 0));

  expect(index.overlapping(address(8), bytes(1), NOBODY)).toBe(false);
  expect(index.has(blockName(0))).toBe(true);
  expect(index.isEmpty()).toBe(false);
  expect(index.without(blockName(0)).isEmpty()).toBe(true);
});

test("a block that is resized is found where it is now", () => {
  const index = new IntervalIndex().with(blockOf(0, 8, 8)).with(blockOf(0, 32, 4));

  expect(index.overlapping(address(8), bytes(8), NOBODY)).toBe(false);
  expect(index.overlapping(address(35), bytes(1), NOBODY)).toBe(true);
  expect(index.size).toBe(1);
});

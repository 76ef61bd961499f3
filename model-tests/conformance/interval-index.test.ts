import fc from "fast-check";
import { expect, test } from "vitest";
import { address, blockName, bytes } from "#units";
import { IntervalIndex } from "./interval-index.ts";
import { blockOf } from "./live-block.fixture.ts";

const NOBODY = blockName(-1);

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

import fc from "fast-check";
import { expect, test } from "vitest";
import { address, alignment, bytes } from "#units";
import { planCarving } from "./hole-carving.ts";

const granules = (max: number) => fc.integer({ min: 0, max }).map((count) => count * 8);
const powers = (max: number) => fc.integer({ min: 0, max }).map((power) => 2 ** power);

const plan = (start: number, holeSize: number, size: number, align: number) =>
  planCarving(address(start), bytes(holeSize), bytes(size), alignment(align));

test("a block begins with the hole if the hole is aligned", () => {
  expect(plan(64, 128, 32, 64)).toEqual({ before: 0, block: 32, after: 96 });
});

test("a hole of exactly the block's size has no remainder", () => {
  expect(plan(8, 24, 24, 8)).toEqual({ before: 0, block: 24, after: 0 });
});

test("a front remainder has room for a header", () => {
  expect(plan(8, 256, 16, 16)).toEqual({ before: 24, block: 16, after: 216 });
  expect(plan(16, 256, 16, 32)).toEqual({ before: 16, block: 16, after: 224 });
});

test("a tail of 8 bytes is refused, a larger hole and an exact one are not", () => {
  expect(plan(0, 24, 16, 8)).toBeUndefined();
  expect(plan(0, 16, 16, 8)).toEqual({ before: 0, block: 16, after: 0 });
  expect(plan(0, 32, 16, 8)).toEqual({ before: 0, block: 16, after: 16 });
});

test("sizes and alignments beyond any memory are refused", () => {
  expect(plan(8, 1024, 2 ** 53 - 1, 8)).toBeUndefined();
  expect(plan(8, 1024, 2 ** 53, 2 ** 52)).toBeUndefined();
  expect(plan(2 ** 47, 1024, 16, 2 ** 52)).toBeUndefined();
});

test("a carving is aligned, inside and complete, and leaves holes or nothing", () => {
  const law = fc.property(
    granules(100_000),
    granules(64).filter((size) => size >= 16),
    granules(64).filter((size) => size >= 16),
    powers(12),
    (start, holeSize, size, align) => {
      const carving = plan(start, holeSize, size, align);
      if (carving === undefined) return true;
      const { before, block, after } = carving;
      const isWhole = [before, after].every((rest) => rest === 0 || rest >= 16);
      const isComplete = block === size && before + block + after === holeSize;
      return isWhole && isComplete && (start + before) % align === 0;
    },
  );

  fc.assert(law, { seed: 1, numRuns: 5_000 });
});

test("a hole with align + 17 bytes to spare always does", () => {
  const law = fc.property(
    granules(100_000),
    granules(64),
    granules(64),
    powers(12),
    (start, more, s, align) => {
      const size = 16 + s;
      const enough = Math.ceil((size + align + 17) / 8) * 8;
      return plan(start, enough + more, size, align) !== undefined;
    },
  );

  fc.assert(law, { seed: 1, numRuns: 5_000 });
});

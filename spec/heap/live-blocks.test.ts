import fc from "fast-check";
import { expect, test } from "vitest";
import { finiteMap } from "../support/index.ts";
import { address, alignment, blockName, bytes, type Range } from "../units/index.ts";
import { type Block, type LiveBlocks, liveBlocks } from "./live-blocks.ts";

const MEMORY = 24;

const aBlock: fc.Arbitrary<Block> = fc.record({
  name: fc.nat(3).map(blockName),
  start: fc.nat(MEMORY).map(address),
  size: fc.constant(bytes(1)),
  align: fc.constant(alignment(1)),
  reach: fc.nat(6).map(bytes),
});
const someBlocks = fc.array(aBlock, { maxLength: 4 });
const aRange = fc.record({
  start: fc.nat(MEMORY).map(address),
  size: fc.integer({ min: 1, max: 8 }).map(bytes),
});

const liveOf = (blocks: readonly Block[]): LiveBlocks =>
  liveBlocks(finiteMap(blocks.map((block) => [block.name, block])));

/** The bytes of a range, one by one: what every question must agree with. */
const bytesOf = ({ start, size }: Range): readonly number[] =>
  Array.from({ length: size }, (_, index) => start + index);

const has = (block: Block, byte: number): boolean =>
  block.start <= byte && byte < block.start + block.reach;

/** The blocks that count: the last of each name. */
const lastOf = (blocks: readonly Block[]): readonly Block[] => [
  ...new Map(blocks.map((block) => [block.name, block])).values(),
];

test("one byte or more overlap exactly if some block but the excepted one has one of them", () => {
  const property = fc.property(someBlocks, aRange, fc.nat(3), (blocks, range, except) => {
    const others = lastOf(blocks).filter(({ name }) => name !== except);
    const isTaken = bytesOf(range).some((byte) => others.some((block) => has(block, byte)));

    return liveOf(blocks).overlapping(range.start, range.size, blockName(except)) === isTaken;
  });

  fc.assert(property, { seed: 1, numRuns: 2000 });
});

test("a free run is a row of bytes in one part that no block has", () => {
  const someParts = fc.array(aRange, { maxLength: 2 });
  const aCount = fc.integer({ min: 1, max: 8 });
  const property = fc.property(someBlocks, someParts, aCount, (blocks, parts, count) => {
    const isFree = (byte: number): boolean => !lastOf(blocks).some((block) => has(block, byte));
    const hasRow = parts.some((part) =>
      bytesOf(part).some((start) => {
        const row = bytesOf({ start: address(start), size: bytes(count) });
        return row.every((byte) => byte < part.start + part.size && isFree(byte));
      }),
    );

    return liveOf(blocks).hasFreeRun(parts, count) === hasRow;
  });

  fc.assert(property, { seed: 1, numRuns: 2000 });
});

test("a block is live from when it is added until it is taken out", () => {
  const property = fc.property(someBlocks, aBlock, (blocks, block) => {
    const before = liveOf(blocks);
    const after = before.with(block);
    const gone = after.without(block.name);
    const others = [0, 1, 2, 3].map(blockName).filter((name) => name !== block.name);

    return (
      after.at(block.name) === block &&
      !gone.has(block.name) &&
      others.every((name) => after.has(name) === before.has(name)) &&
      others.every((name) => gone.has(name) === before.has(name))
    );
  });

  fc.assert(property, { seed: 1 });
});

test("there are no blocks until one is added", () => {
  const block: Block = {
    name: blockName(0),
    start: address(0),
    size: bytes(0),
    align: alignment(1),
    reach: bytes(0),
  };

  expect(liveOf([]).isEmpty()).toBe(true);
  expect(liveOf([]).with(block).isEmpty()).toBe(false);
  expect(liveOf([]).with(block).without(block.name).isEmpty()).toBe(true);
});

import { expect, test } from "vitest";
import type { Alignment, ByteCount } from "#units";
import {
  alignOfSlabClass,
  blocksOfSlabClass,
  hasSlabClass,
  NO_START,
  SLAB_CLASS_COUNT,
  SLAB_SIZE_MAX,
  type SlabClass,
  sizeOfSlabClass,
  slabBlockAt,
  slabClassFor,
} from "./slab-class.ts";
import { BLOCK_BYTES_MAX, wordsForBlocks } from "./slab-page.ts";

const CLASSES = Array.from({ length: SLAB_CLASS_COUNT }, (_, index) => index as SlabClass);
const SIZES = Array.from({ length: SLAB_SIZE_MAX + 1 }, (_, size) => size as ByteCount);
const ALIGNS = Array.from({ length: 13 }, (_, power) => (2 ** power) as Alignment);

/** Whether the blocks of class `index` are large enough and aligned enough. */
function serves(index: SlabClass, size: ByteCount, align: Alignment): boolean {
  return size <= sizeOfSlabClass(index) && align <= alignOfSlabClass(index);
}

test.each(ALIGNS)("every size gets the smallest class that serves it at %i", (align) => {
  const wrong = SIZES.filter(
    (size) => slabClassFor(size, align) !== CLASSES.find((index) => serves(index, size, align)),
  );

  expect(wrong).toEqual([]);
});

test("a block starts at each multiple of the size in its page, and nowhere else", () => {
  const offsets = Array.from({ length: 8192 }, (_, offset) => offset);

  const wrong = CLASSES.filter((index) =>
    offsets.some((offset) => {
      const block = offset / sizeOfSlabClass(index);
      const isStart = Number.isInteger(block) && block < blocksOfSlabClass(index);
      return slabBlockAt(offset, index) !== (isStart ? block : NO_START);
    }),
  );

  expect(wrong).toEqual([]);
});

test("a class is larger than the one before", () => {
  const sizes = CLASSES.map(sizeOfSlabClass);

  expect(sizes).toEqual([...new Set(sizes)].sort((one, other) => one - other));
});

test("a page has as many blocks of a class as fit beside what is kept of them", () => {
  const room = (count: number): number => BLOCK_BYTES_MAX - 4 * wordsForBlocks(count);

  const wrong = CLASSES.filter((index) => {
    const size = sizeOfSlabClass(index);
    const count = blocksOfSlabClass(index);
    return count * size > room(count) || (count + 1) * size <= room(count + 1);
  });

  expect(wrong).toEqual([]);
});

test("a block lies at a multiple of what its class promises", () => {
  const wrong = CLASSES.filter((index) => {
    const isAlone = blocksOfSlabClass(index) === 1;
    return !isAlone && sizeOfSlabClass(index) % alignOfSlabClass(index) !== 0;
  });

  expect(wrong).toEqual([]);
});

test("what is larger than the largest class, or aligned to more, has no class", () => {
  const tooLarge = hasSlabClass(8169 as ByteCount, 8 as Alignment);
  const tooAligned = hasSlabClass(8 as ByteCount, 8192 as Alignment);

  expect([tooLarge, tooAligned]).toEqual([false, false]);
});

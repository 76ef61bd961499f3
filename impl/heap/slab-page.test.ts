import { describe, expect, test } from "vitest";
import { type Address, address } from "#units";
import { PlainMemory } from "../memory/plain-memory.ts";
import { blocksOfSlabClass, type SlabClass, sizeOfSlabClass } from "./slab-class.ts";
import {
  formatPage,
  freeBlock,
  HALF_OFFSET,
  isLiveBlock,
  LAST_FREE,
  liveBlocks,
  NOT_LIVE,
  roomsOf,
  SLAB_SIZE,
  takeBlock,
} from "./slab-page.ts";

const HALF = address(HALF_OFFSET);
const CLASSES = [0, 1, 7, 15, 20, 30, 31].map((index) => index as SlabClass);

function formatted(index: SlabClass): PlainMemory {
  const memory = new PlainMemory(SLAB_SIZE);
  formatPage(memory, HALF, index);
  return memory;
}

describe.each(CLASSES)("a page of class %i", (index) => {
  const count = blocksOfSlabClass(index);

  test("gives each of its blocks once, the last with a mark", () => {
    const memory = formatted(index);

    const taken = Array.from({ length: count }, () => takeBlock(memory, HALF));

    const expected = Array.from({ length: count }, (_, block) => block);
    expected[count - 1] = count - 1 + LAST_FREE;
    expect(taken).toEqual(expected);
    expect([liveBlocks(memory, HALF), roomsOf(memory, HALF)]).toEqual([count, 0]);
  });

  test("gives the block that was freed again", () => {
    const memory = formatted(index);
    for (let block = 0; block < count; block++) takeBlock(memory, HALF);
    const freed = Math.floor(count / 2);

    const live = freeBlock(memory, HALF, freed);

    expect(live).toBe(count - 1);
    expect(isLiveBlock(memory, HALF, freed)).toBe(false);
    expect(takeBlock(memory, HALF)).toBe(freed + LAST_FREE);
  });

  test("is not changed by a second free", () => {
    const memory = formatted(index);
    takeBlock(memory, HALF);
    freeBlock(memory, HALF, 0);
    const before = Uint8Array.from(memory.bytes());

    const answer = freeBlock(memory, HALF, 0);

    expect(answer).toBe(NOT_LIVE);
    expect(memory.bytes()).toEqual(before);
  });

  test("leaves the bytes of its blocks alone", () => {
    const memory = new PlainMemory(SLAB_SIZE);
    const end = count * sizeOfSlabClass(index);
    memory.bytes().fill(0xa5);
    formatPage(memory, HALF, index);

    for (let block = 0; block < count; block++) takeBlock(memory, HALF);
    for (let block = 0; block < count; block++) freeBlock(memory, HALF, block);

    expect(
      memory
        .bytes()
        .subarray(0, end)
        .every((byte) => byte === 0xa5),
    ).toBe(true);
  });
});

test("taking or freeing a block reads and writes a few words, whatever the class", () => {
  const touched = CLASSES.map((index) => {
    const memory = new CountingMemory(formatted(index));
    const block = takeBlock(memory, HALF) % LAST_FREE;
    freeBlock(memory, HALF, block);
    return memory.touched;
  });

  expect(Math.max(...touched)).toBeLessThanOrEqual(16);
});

class CountingMemory extends PlainMemory {
  touched = 0;
  readonly #inner: PlainMemory;

  constructor(inner: PlainMemory) {
    super(0);
    this.#inner = inner;
  }

  override readWord(at: Address): number {
    this.touched++;
    return this.#inner.readWord(at);
  }

  override writeWord(at: Address, value: number): void {
    this.touched++;
    this.#inner.writeWord(at, value);
  }
}

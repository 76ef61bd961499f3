/**
 * Real slab pages, driven by random calls: their words mean the blocks that were taken and not freed, and
 * they are well-formed as the theorems have it.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Address } from "#units";
import { blocksOfSlabClass, type SlabClass } from "../heap/slab-class.ts";
import {
  formatPage,
  freeBlock,
  LAST_FREE,
  liveBlocks,
  NOT_LIVE,
  roomsOf,
  takeBlock,
  wordsForBlocks,
} from "../heap/slab-page.ts";
import type { Memory } from "../memory/memory.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import {
  type BitsWord,
  isLiveIn,
  isSlabPageAt,
  liveAmong,
  type SlabBlock,
} from "./slab-page-meaning.ts";

const HALF = 4096 as Address;
const BLOCKS = Array.from({ length: 1024 }, (_, block) => block as SlabBlock);

/** Blocks to take, if that is negative as many as it says, or a block to free. */
const wishes = fc.array(fc.oneof(fc.integer({ min: -80, max: -1 }), fc.nat(1005)), {
  maxLength: 25,
});
const classes = fc.nat(31).map((index) => index as SlabClass);

/** A page, and which of its blocks must be live. */
class Scene {
  readonly memory: Memory = new PlainMemory(4096, 4096);
  readonly meant: Set<number> = new Set();
  readonly count: number;

  constructor(index: SlabClass) {
    this.count = blocksOfSlabClass(index);
    formatPage(this.memory, HALF, index);
  }

  act(wish: number): void {
    for (let taken = wish; taken < 0 && roomsOf(this.memory, HALF) !== 0; taken++) {
      this.meant.add(takeBlock(this.memory, HALF) % LAST_FREE);
    }
    if (wish < 0) return;
    const wasLive = this.meant.delete(wish % this.count);
    const answer = freeBlock(this.memory, HALF, wish % this.count);
    expect(answer).toBe(wasLive ? this.meant.size : NOT_LIVE);
  }
}

test("the words of a page mean the blocks that were taken and not freed", () => {
  const property = fc.property(classes, wishes, (index, calls) => {
    const scene = new Scene(index);

    for (const wish of calls) scene.act(wish);

    const live = BLOCKS.filter((block) => isLiveIn(scene.memory, HALF, scene.count, block));
    expect(live).toEqual([...scene.meant].sort((one, other) => one - other));
    expect(liveBlocks(scene.memory, HALF)).toBe(live.length);
  });

  fc.assert(property, { seed: 1, numRuns: 200 });
});

test("the live blocks of the words of a page are all that it counts", () => {
  const property = fc.property(classes, wishes, (index, calls) => {
    const scene = new Scene(index);
    for (const wish of calls) scene.act(wish);

    const words = Array.from(
      { length: wordsForBlocks(scene.count) },
      (_, word) => word as BitsWord,
    );
    const live = words.map((word) => liveAmong(scene.memory, HALF, scene.count, word));

    expect(live.reduce((sum, each) => sum + each)).toBe(scene.meant.size);
  });

  fc.assert(property, { seed: 2, numRuns: 200 });
});

test("a page is well-formed as far as any block can tell", () => {
  const property = fc.property(classes, wishes, (index, calls) => {
    const scene = new Scene(index);

    for (const wish of calls) scene.act(wish);

    const isAt = (block: SlabBlock): boolean =>
      isSlabPageAt(scene.memory, HALF, scene.count, block);
    expect(BLOCKS.filter((block) => !isAt(block))).toEqual([]);
  });

  fc.assert(property, { seed: 3, numRuns: 100 });
});

test("a page is not well-formed if one bit of what says where room is is another", () => {
  const property = fc.property(classes, wishes, fc.nat(31), (index, calls, bit) => {
    const scene = new Scene(index);
    for (const wish of calls) scene.act(wish);
    const at = (HALF + 4080) as Address;

    scene.memory.writeWord(at, (scene.memory.readWord(at) ^ (1 << bit)) >>> 0);

    const isAt = (block: SlabBlock): boolean =>
      isSlabPageAt(scene.memory, HALF, scene.count, block);
    expect(BLOCKS.every(isAt)).toBe(false);
  });

  fc.assert(property, { seed: 4, numRuns: 100 });
});

/**
 * The real list, driven by random calls: memory means what the list says, it is well-formed as the
 * theorems have it, and every call does to the set of holes what the meaning of its step says.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Address, type Alignment, address, type ByteCount, bytes, type Range } from "#units";
import { HoleList } from "../heap/hole-list.ts";
import { NO_HOLE } from "../heap/hole-words.ts";
import { roundedSize } from "../heap/rounded-size.ts";
import type { Memory } from "../memory/memory.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import { isFirstAt, isListAt } from "./hole-list-meaning.ts";
import {
  type Granule,
  type HoleSet,
  isFree,
  withMerged,
  withoutBlock,
  withTail,
} from "./hole-set.ts";
import { granuleAt, holeSetFrom, holeSetOf } from "./hole-set-of.ts";

const START = 4096 + 24;
const SIZE = 1024;
const COUNT = SIZE / 8;
const GRANULES = Array.from({ length: COUNT }, (_, granule) => granule as Granule);

interface Wish {
  readonly kind: "alloc" | "dealloc" | "resize";
  readonly size: ByteCount;
  readonly align: Alignment;
  readonly pick: number;
}

const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("alloc", "alloc", "dealloc", "resize"),
    size: fc.integer({ min: 0, max: 120 }).map(bytes),
    align: fc.integer({ min: 0, max: 7 }).map((power) => (2 ** power) as Alignment),
    pick: fc.nat(),
  }),
  { maxLength: 40 },
);

/** A list with the blocks that were taken from it. */
class Scene {
  readonly memory: Memory = new PlainMemory(SIZE, START);
  readonly list: HoleList = new HoleList(this.memory, { start: address(START), size: bytes(SIZE) });
  readonly blocks: { start: Address; size: ByteCount; align: Alignment }[] = [];

  /** The set of holes that memory has the list of. */
  holes(): HoleSet {
    return holeSetOf(this.memory, address(START), this.first());
  }

  first(): Address {
    return this.list.holes()[0]?.start ?? NO_HOLE;
  }

  /** What the meaning of `wish` is, before it is done; undefined where nothing is to change. */
  act({ kind, size, align, pick }: Wish): HoleSet | undefined {
    const before = this.list.holes();
    const block = this.blocks[pick % Math.max(1, this.blocks.length)];
    if (kind === "alloc") {
      const placed = this.list.alloc(size, align);
      if (!placed.ok) return holeSetFrom(before, address(START));
      this.blocks.push({ start: placed.value, size, align });
      return afterCarving(before, placed.value, roundedSize(size));
    }
    if (block === undefined) return undefined;
    if (kind === "dealloc") {
      this.blocks.splice(this.blocks.indexOf(block), 1);
      this.list.dealloc(block.start, block.size, block.align);
      return afterMerging(before, block.start, roundedSize(block.size));
    }
    const isInPlace = this.list.resize(block.start, block.size, block.align, size);
    const meaning = isInPlace
      ? afterResizing(before, block.start, roundedSize(block.size), roundedSize(size))
      : holeSetFrom(before, address(START));
    if (isInPlace) block.size = size;
    return meaning;
  }
}

describe("the list in memory", () => {
  test("means the holes that the list says it has", () => {
    const property = fc.property(wishes, (calls) => {
      const scene = new Scene();
      for (const wish of calls) scene.act(wish);

      const said = holeSetFrom(scene.list.holes(), address(START));

      expect(entriesOf(scene.holes())).toEqual(entriesOf(said));
    });

    fc.assert(property, { seed: 1, numRuns: 300 });
  });

  test("is well-formed as far as any two granules can tell", () => {
    const property = fc.property(wishes, (calls) => {
      const scene = new Scene();
      for (const wish of calls) scene.act(wish);

      const holes = scene.holes();
      const first =
        scene.first() === NO_HOLE ? undefined : granuleAt(address(START), scene.first());
      const isListed = GRANULES.every((one) =>
        GRANULES.every((other) =>
          isListAt(holes, scene.memory, address(START), COUNT as Granule, one, other),
        ),
      );

      expect(isListed && GRANULES.every((each) => isFirstAt(holes, first, each))).toBe(true);
    });

    fc.assert(property, { seed: 2, numRuns: 30 });
  });

  test("changes with every call as the meaning of the step says", () => {
    const property = fc.property(wishes, (calls) => {
      const scene = new Scene();

      for (const wish of calls) {
        const meaning = scene.act(wish);

        if (meaning !== undefined) expect(entriesOf(scene.holes())).toEqual(entriesOf(meaning));
      }
    });

    fc.assert(property, { seed: 3, numRuns: 500 });
  });

  test("has the free granules that no block takes", () => {
    const property = fc.property(wishes, (calls) => {
      const scene = new Scene();
      for (const wish of calls) scene.act(wish);

      const taken = scene.blocks.map(({ start, size }) => ({
        first: granuleAt(address(START), start),
        count: roundedSize(size) / 8,
      }));
      const isTaken = (granule: number): boolean =>
        taken.some(({ first, count }) => first <= granule && granule < first + count);

      expect(GRANULES.filter((each) => isFree(scene.holes(), each))).toEqual(
        GRANULES.filter((each) => !isTaken(each)),
      );
    });

    fc.assert(property, { seed: 4, numRuns: 300 });
  });
});

function entriesOf(holes: HoleSet): readonly (readonly [Granule, Granule])[] {
  return GRANULES.filter((each) => holes.has(each)).map((each) => [each, holes.get(each)] as const);
}

function afterCarving(before: readonly Range[], start: Address, size: ByteCount): HoleSet {
  const hole = before.find((each) => each.start <= start && start < each.start + each.size);
  if (hole === undefined) throw new Error("a block is carved out of a hole");
  const front = (start - hole.start) / 8;
  const back = (hole.start + hole.size - start - size) / 8;
  const holes = holeSetFrom(before, address(START));
  return withoutBlock(
    holes,
    granuleAt(address(START), hole.start),
    front as Granule,
    back as Granule,
  );
}

function afterMerging(before: readonly Range[], start: Address, size: ByteCount): HoleSet {
  const below = before.find((each) => each.start + each.size === start);
  const above = before.find((each) => each.start === start + size);
  const holes = holeSetFrom(before, address(START));
  const granuleOf = (hole: Range | undefined): Granule | undefined =>
    hole === undefined ? undefined : granuleAt(address(START), hole.start);
  const first = granuleAt(address(START), start);
  return withMerged(holes, granuleOf(below), granuleOf(above), first, (size / 8) as Granule);
}

function afterResizing(
  before: readonly Range[],
  start: Address,
  size: ByteCount,
  newSize: ByteCount,
): HoleSet {
  const holes = holeSetFrom(before, address(START));
  if (newSize === size) return holes;
  const above = before.find((each) => each.start === start + size);
  const tail = (size + (above?.size ?? 0) - newSize) / 8;
  const end = granuleAt(address(START), address(start + newSize));
  const joined = above === undefined ? undefined : granuleAt(address(START), above.start);
  return withTail(holes, joined, end, tail as Granule);
}

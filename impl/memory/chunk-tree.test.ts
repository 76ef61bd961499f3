import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvariantViolation } from "#support";
import { type UnitCount, unitCount, unitNumber } from "#units";
import { auditTree } from "../audit/free-chunks-audit.ts";
import { ChunkRoom, NO_CHUNK } from "./chunk-room.ts";
import { ChunkTree } from "./chunk-tree.ts";

const STEP = 10;
const COUNT = 40;

/** A tree with chunks at some multiples of `STEP`, beside what it is to hold. */
class Scene {
  readonly tree: ChunkTree = new ChunkTree(COUNT);
  readonly counts: Map<number, number> = new Map();

  /** Adds a chunk at `place`, or changes or removes the one that is there. */
  act([place, count]: readonly [number, number]): void {
    const first = place * STEP;
    const isThere = this.counts.has(first);
    if (isThere && count === 0) this.tree.remove(unitNumber(first));
    else if (isThere) this.tree.change(unitNumber(first), unitNumber(first), unitCount(count));
    else if (count > 0) this.tree.insert(unitNumber(first), unitCount(count));
    if (count === 0) this.counts.delete(first);
    else this.counts.set(first, count);
  }

  firsts(): readonly number[] {
    return [...this.counts.keys()].sort((one, other) => one - other);
  }

  firstOf(node: number): number | undefined {
    return node === NO_CHUNK ? undefined : this.tree.firstOf(node);
  }
}

const aStep = fc.tuple(fc.nat(COUNT - 1), fc.nat(STEP - 1));
const steps = fc.array(aStep, { maxLength: 120 });

function holds(seed: number, law: (scene: Scene) => void): void {
  const property = fc.property(steps, (list) => {
    const scene = new Scene();
    for (const step of list) scene.act(step);
    law(scene);
  });
  fc.assert(property, { seed, numRuns: 300 });
}

describe("a tree of chunks", () => {
  test("is in order and balanced after every change", () => {
    const property = fc.property(steps, (list) => {
      const scene = new Scene();

      for (const step of list) {
        scene.act(step);
        expect(() => auditTree(scene.tree)).not.toThrow();
      }
    });

    fc.assert(property, { seed: 1, numRuns: 300 });
  });

  test("finds the last chunk at or below a unit", () => {
    holds(2, (scene) => {
      for (let unit = 0; unit < COUNT * STEP; unit += 3) {
        const expected = scene.firsts().findLast((first) => first <= unit);

        expect(scene.firstOf(scene.tree.atOrBelow(unitNumber(unit)))).toBe(expected);
      }
    });
  });

  test("finds the first long chunk at or above a unit", () => {
    holds(3, (scene) => {
      for (let unit = 0; unit < COUNT * STEP; unit += 7) {
        for (let count = 0; count <= STEP; count++) {
          const expected = scene
            .firsts()
            .find((first) => first >= unit && (scene.counts.get(first) ?? 0) >= count);

          expect(scene.firstOf(scene.tree.longAtOrAbove(unit, count))).toBe(expected);
        }
      }
    });
  });

  test("keeps its chunks when it moves to more room", () => {
    holds(4, (scene) => {
      const before = scene.tree;
      const left = before.moveTo(new ChunkRoom(COUNT + 5));

      expect(left.nodeCount).toBe(COUNT);
      expect(before.nodeCount).toBe(COUNT + 5);
      expect(before.size).toBe(scene.counts.size);
      expect(() => auditTree(before)).not.toThrow();
    });
  });

  test.each([
    ["rising", (place: number) => place],
    ["falling", (place: number) => 99_999 - place],
    ["from both ends", (place: number) => (place % 2 === 0 ? place : 100_000 - place)],
  ])("of 100,000 chunks is at most 23 high when they come %s", (_, placeOf) => {
    const tree = new ChunkTree(100_000);

    for (let place = 0; place < 100_000; place++) {
      tree.insert(unitNumber(placeOf(place) * STEP), 1 as UnitCount);
    }

    expect(tree.heightOf(tree.root)).toBeLessThanOrEqual(23);
    expect(() => auditTree(tree)).not.toThrow();
  });

  test("has room for as many chunks as it has rows, again and again", () => {
    const tree = new ChunkTree(3);

    for (let round = 0; round < 3; round++) {
      for (const first of [5, 1, 9]) tree.insert(unitNumber(first), unitCount(1));
      expect(() => tree.insert(unitNumber(20), unitCount(1))).toThrow(InvariantViolation);
      for (const first of [1, 9, 5]) tree.remove(unitNumber(first));
    }

    expect(tree.size).toBe(0);
  });

  test("does not remove or change a chunk that it has not", () => {
    const tree = new ChunkTree(3);
    tree.insert(unitNumber(5), unitCount(1));

    expect(() => tree.remove(unitNumber(4))).toThrow(InvariantViolation);
    expect(() => tree.change(unitNumber(6), unitNumber(6), unitCount(1))).toThrow(
      InvariantViolation,
    );
    expect(() => tree.insert(unitNumber(5), unitCount(1))).toThrow(InvariantViolation);
  });
});

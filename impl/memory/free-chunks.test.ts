import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ContractViolation, finiteMap } from "#support";
import { type UnitNumber, unitCount, unitNumber } from "#units";
import { auditTree } from "../audit/free-chunks-audit.ts";
import { type ChunkSet, withoutUnits, withUnits } from "../interpretation/chunk-set.ts";
import { freeUnitsOf } from "../interpretation/free-chunks-meaning.ts";
import { FREE_CHUNKS_MARKS, FreeChunks } from "./free-chunks.ts";

const UNITS = 64;
const LAST = unitNumber(UNITS - 1);
const NO_UNIT = unitNumber(0);
const ALL = Array.from({ length: UNITS }, (_, unit) => unit);

/** A set of chunks beside one Boolean for each unit. */
class Scene {
  readonly reached: Set<string> = new Set();
  readonly chunks: FreeChunks = new FreeChunks(UNITS, {
    reached: (name) => this.reached.add(name),
  });
  readonly free: boolean[] = ALL.map(() => false);

  /** Takes or gives the units from `first` on, as far as they are all free, or all are not. */
  act([first, wanted]: readonly [number, number]): void {
    const isFree = this.free[first];
    const count = this.countFrom(first, wanted);
    if (isFree) this.chunks.take(unitNumber(first), unitCount(count));
    else this.chunks.give(unitNumber(first), unitCount(count), NO_UNIT, LAST);
    this.free.fill(!isFree, first, first + count);
  }

  /** How many of the `wanted` units from `first` on are as free as that one. */
  countFrom(first: number, wanted: number): number {
    const end = this.free.findIndex((each, unit) => unit > first && each !== this.free[first]);
    return Math.min(wanted, (end === -1 ? UNITS : end) - first);
  }

  isFree(first: number, count: number): boolean {
    return first + count <= UNITS && this.free.slice(first, first + count).every(Boolean);
  }
}

const steps = fc.array(fc.tuple(fc.nat(UNITS - 1), fc.integer({ min: 1, max: 12 })), {
  maxLength: 60,
});

function sceneAfter(list: readonly (readonly [number, number])[]): Scene {
  const scene = new Scene();
  for (const step of list) scene.act(step);
  return scene;
}

/** What the chunks of `scene` are to be after a step. */
function meaningOf(scene: Scene, [place, wanted]: readonly [number, number]): ChunkSet {
  const first = unitNumber(place);
  const count = unitCount(scene.countFrom(place, wanted));
  const chunks = scene.chunks.chunks();
  const set = finiteMap(chunks.map((chunk) => [chunk.first, chunk.count] as const));
  const below = chunks.findLast((chunk) => chunk.first <= first)?.first;
  const above = chunks.find((chunk) => chunk.first > first)?.first;
  if (scene.free[place]) return withoutUnits(set, below ?? first, first, count);
  return withUnits(set, below, above, first, count);
}

describe("the free chunks", () => {
  test("are the units that were given and not taken, as few as there can be", () => {
    const property = fc.property(steps, (list) => {
      const scene = new Scene();

      for (const step of list) {
        scene.act(step);
        const runs = ALL.filter((unit) => scene.free[unit] && !scene.free[unit - 1]);
        expect(scene.chunks.chunks().map(({ first }) => first)).toEqual(runs);
        expect([...freeUnitsOf(scene.chunks.tree)]).toEqual(ALL.filter((unit) => scene.free[unit]));
        auditTree(scene.chunks.tree);
      }
    });

    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  test("change with every step as the meaning of the step says", () => {
    const property = fc.property(steps, (list) => {
      const scene = new Scene();

      for (const step of list) {
        const meaning = meaningOf(scene, step);
        scene.act(step);
        const chunks = scene.chunks.chunks();
        expect(chunks.every(({ first, count }) => meaning.get(first) === count)).toBe(true);
        expect(meaning.every((_, first) => chunks.some((each) => each.first === first))).toBe(true);
      }
    });

    fc.assert(property, { seed: 4, numRuns: 200 });
  });

  test("have a run exactly where all its units are free", () => {
    const property = fc.property(
      steps,
      fc.nat(UNITS - 1),
      fc.integer({ min: 1, max: 9 }),
      (...of) => {
        const [list, first, count] = of;
        const scene = sceneAfter(list);

        expect(scene.chunks.has(unitNumber(first), unitCount(count))).toBe(
          scene.isFree(first, count),
        );
      },
    );

    fc.assert(property, { seed: 2, numRuns: 1000 });
  });

  test("fit a request at the lowest run that does, and at none only if none does", () => {
    const request = fc.record({
      low: fc.nat(UNITS),
      high: fc.nat(UNITS),
      count: fc.integer({ min: 1, max: 9 }),
      align: fc.integer({ min: 1, max: 7 }),
    });
    const property = fc.property(steps, fc.array(request), (list, requests) => {
      const scene = sceneAfter(list);

      for (const { low, high, count, align } of requests) {
        const fit = scene.chunks.lowestFit(
          unitNumber(low),
          unitNumber(high),
          unitCount(count),
          unitCount(align),
        );

        const isFit = (unit: number) => unit % align === 0 && scene.isFree(unit, count);
        const expected = ALL.find((unit) => unit >= low && unit + count - 1 <= high && isFit(unit));
        expect(fit).toBe(expected);
      }
    });

    fc.assert(property, { seed: 3, numRuns: 500 });
  });

  test("do not join across a border", () => {
    const chunks = new FreeChunks(8);
    const border = unitNumber(5);

    chunks.give(unitNumber(3), unitCount(2), NO_UNIT, unitNumber(4));
    chunks.give(border, unitCount(2), border, unitNumber(9));

    expect(chunks.chunks()).toEqual([
      { first: 3, count: 2 },
      { first: 5, count: 2 },
    ]);
    expect(chunks.has(unitNumber(4), unitCount(2))).toBe(false);
  });

  test.each([
    [3, 1],
    [2, 2],
    [4, 2],
    [0, 9],
  ])("are not given units from %i on, %i of them, that they have", (first, count) => {
    const chunks = new FreeChunks(8);
    chunks.give(unitNumber(3), unitCount(2), NO_UNIT, LAST);

    const again = () => chunks.give(unitNumber(first), unitCount(count), NO_UNIT, LAST);

    expect(again).toThrow(new ContractViolation("a chunk is released once"));
    expect(chunks.chunks()).toEqual([{ first: 3, count: 2 }]);
  });

  test("are as good at the ends of the numbers", () => {
    const chunks = new FreeChunks(8);
    const first = (2 ** 40 - 3) as UnitNumber;
    const last = (2 ** 40 - 1) as UnitNumber;
    chunks.give(first, unitCount(3), NO_UNIT, last);

    chunks.take(last, unitCount(1));

    expect(chunks.chunks()).toEqual([{ first, count: 2 }]);
    expect(chunks.lowestFit(last, last, unitCount(1), unitCount(1))).toBe(undefined);
  });

  test("reach every mark", () => {
    const scene = sceneAfter([
      [10, 4], // joins neither
      [14, 2], // joins below
      [8, 2], // joins above
      [20, 4],
      [16, 4], // joins both
      [8, 2], // leaves above
      [22, 2], // leaves below
      [15, 1], // leaves both
      [10, 5], // an exact fit
      [3, 2], // a chunk where four from a multiple of four do not fit
      [5, 1],
      [6, 1],
    ]);

    scene.chunks.lowestFit(NO_UNIT, LAST, unitCount(4), unitCount(4));

    expect([...scene.reached].sort()).toEqual([...FREE_CHUNKS_MARKS].sort());
  });
});

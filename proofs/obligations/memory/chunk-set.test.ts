import fc from "fast-check";
import { describe, test } from "vitest";
import { finiteMap } from "#support";
import { type UnitCount, type UnitNumber, unitCount, unitNumber } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { Vacuous } from "../assume.ts";
import {
  givingChangesJustTheseUnits,
  givingKeepsChunksApart,
  givingKeepsChunksWhole,
  takingChangesJustTheseUnits,
  takingKeepsChunksApart,
  takingKeepsChunksWhole,
} from "./chunk-set.obligation.ts";

type Entry = readonly [UnitNumber, UnitCount];

/** Chunks and gaps between them, of a few units each; some touch. */
const entries: fc.Arbitrary<readonly Entry[]> = fc
  .array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 4 })), { maxLength: 5 })
  .map((parts) => {
    let end = 0;
    return parts.map(([gap, count]) => {
      const first = end + gap;
      end = first + count;
      return [unitNumber(first), unitCount(count)] as const;
    });
  });

const aUnit = fc.nat(40).map(unitNumber);
const aCount = fc.integer({ min: 1, max: 5 }).map(unitCount);
const RUNS = { seed: 1, numRuns: 1000, maxSkipsPerRun: 1000 };

describe("a set of free chunks", () => {
  test("loses just the units that are taken, and its chunks stay apart", () => {
    const property = fc.property(
      entries,
      fc.nat(4),
      fc.nat(3),
      aCount,
      aUnit,
      (of, pick, by, ...rest) => {
        const [count, unit] = rest;
        const [chunk] = of[pick % Math.max(1, of.length)] ?? [unit];
        const first = unitNumber(chunk + by);
        const chunks = finiteMap(of);

        return (
          isTrueOrVacuous(() => takingChangesJustTheseUnits(chunks, chunk, first, count, unit)) &&
          isTrueOrVacuous(() => takingKeepsChunksApart(chunks, chunk, first, count))
        );
      },
    );

    fc.assert(property, RUNS);
  });

  test("gains just the units that are given, and its chunks stay apart", () => {
    const property = fc.property(entries, aUnit, aCount, aUnit, (of, first, count, unit) => {
      const below = of.findLast(([each]) => each < first)?.[0];
      const above = of.find(([each]) => each > first)?.[0];
      const chunks = finiteMap(of);

      return (
        isTrueOrVacuous(() =>
          givingChangesJustTheseUnits(chunks, below, above, first, count, unit),
        ) && isTrueOrVacuous(() => givingKeepsChunksApart(chunks, below, above, first, count))
      );
    });

    fc.assert(property, RUNS);
  });

  test("stays whole where no two of its chunks touch", () => {
    const property = fc.property(entries, aUnit, aCount, fc.nat(3), (of, unit, count, by) => {
      const chunks = finiteMap(of);
      const below = of.findLast(([each]) => each < unit)?.[0];
      const above = of.find(([each]) => each > unit)?.[0];
      const chunk = below ?? unit;
      const first = unitNumber(chunk + by);

      const isGiven = truthOf(() => givingKeepsChunksWhole(chunks, below, above, unit, count));
      const isTaken = truthOf(() => takingKeepsChunksWhole(chunks, chunk, first, count));
      fc.pre(isGiven !== undefined || isTaken !== undefined);

      return isGiven !== false && isTaken !== false;
    });

    fc.assert(property, RUNS);
  });
});

/** What a theorem says, or undefined where it says nothing. */
function truthOf(theorem: () => boolean): boolean | undefined {
  try {
    return theorem();
  } catch (error) {
    if (error instanceof Vacuous) return undefined;
    throw error;
  }
}

/** The index answers what the specification means, in spaces of a few units. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Areas, type Chunk, heldChunks, type Kinds, type Run } from "#spec";
import { finiteMap } from "#support";
import { chunkName, unitCount, unitNumber } from "#units";
import { area } from "./chunk-contracts.ts";
import { HeldIndex } from "./held-index.ts";

/** Lengths of areas, held chunks and the gaps between them: laid out in a row, they are disjoint. */
const aRow = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 4 })), { maxLength: 5 });

const someAreas: fc.Arbitrary<Areas> = fc.record({
  areas: aRow.chain((row) =>
    fc.tuple(
      ...runsOf(row).map(({ first, count }) =>
        fc
          .constantFrom("general" as const, "designated" as const, "reserved" as const)
          .map((kind) => area(first, first + count - 1, kind)),
      ),
    ),
  ),
  seams: fc.array(fc.nat(20).map(unitNumber), { maxLength: 2 }),
});

const someKinds: fc.Arbitrary<Kinds> = fc.constantFrom("general", "unreserved", "all");
const aCount = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 8 }) },
  fc.constant(Number.MAX_SAFE_INTEGER),
);
const aWindow = fc.record({
  first: fc.nat(12).map(unitNumber),
  last: fc.oneof(fc.nat(20), fc.constant(Number.MAX_SAFE_INTEGER)).map(unitNumber),
  align: fc.integer({ min: 1, max: 5 }).map(unitCount),
});

test("the index answers every question as the held chunks themselves do", () => {
  const property = fc.property(
    aRow,
    someAreas,
    someKinds,
    aWindow,
    aCount.map(unitCount),
    fc.nat(20).map(unitNumber),
    (row, areas, kinds, window, count, first) => {
      const chunks = runsOf(row).map((run, name): Chunk => ({ name: chunkName(name), ...run }));
      const plain = heldChunks(finiteMap(chunks.map((chunk) => [chunk.name, chunk] as const)));
      const index = new HeldIndex();
      for (const chunk of [...chunks].reverse()) index.with(chunk);

      const [fromIndex, fromPlain] = [index, plain].map((held) => ({
        isCovered: held.covers(areas, kinds, { first, count }),
        isTaken: held.overlapping({ first, count }),
        hasRoom: held.hasRoom(areas, kinds, window, count),
        names: [0, 1, 2, 3, 4, 5].map((name) => held.has(chunkName(name))),
      }));

      expect(fromIndex).toEqual(fromPlain);
    },
  );

  fc.assert(property, { seed: 1, numRuns: 5000 });
});

test("a chunk that is taken out or replaced leaves nothing behind", () => {
  const index = new HeldIndex();
  const chunk = { name: chunkName(1), first: unitNumber(4), count: unitCount(2) };

  index.with(chunk).with({ ...chunk, count: unitCount(1) });

  expect(index.chunks).toEqual([{ ...chunk, count: 1 }]);
  expect(index.overlapping({ first: unitNumber(5), count: unitCount(1) })).toBe(false);
  expect(index.without(chunk.name).size).toBe(0);
});

function runsOf(row: readonly (readonly [number, number])[]): readonly Run[] {
  let end = 0;
  return row.map(([gap, count]) => {
    const first = unitNumber(end + gap);
    end = first + count;
    return { first, count: unitCount(count) };
  });
}

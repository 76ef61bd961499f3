/** Memories that hold a list of holes, for running the theorems about its words. */
import fc from "fast-check";
import { addressOf, type Granule, type HoleSet, PlainMemory } from "#impl";
import { finiteMap } from "#support";
import { baseOf, type ListInMemory, type Origin } from "./list-in-memory.ts";

/** A list, and its holes in order: some number of parts in turn, every other one a hole. */
export interface ArbitraryList {
  readonly list: ListInMemory;
  readonly holes: readonly (readonly [Granule, Granule])[];
}

/** Lists of up to five holes. */
export const lists: fc.Arbitrary<ArbitraryList> = fc
  .record({
    origin: fc.nat(9),
    inset: fc.nat(2),
    first: fc.nat(6),
    parts: fc.array(fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      maxLength: 5,
    }),
    rest: fc.nat(6),
  })
  .map(({ origin, inset, first, parts, rest }) => {
    const holes: (readonly [Granule, Granule])[] = [];
    let end = first;
    for (const [size, gap] of parts) {
      holes.push([end as Granule, size as Granule]);
      end += size + gap;
    }
    return listOf(origin + inset, inset, end + rest, holes);
  });

function listOf(
  origin: number,
  inset: number,
  count: number,
  holes: ArbitraryList["holes"],
): ArbitraryList {
  const memory = new PlainMemory(8 * (count + inset), 8 * (origin - inset));
  const set: HoleSet = finiteMap(holes);
  const list = { memory, origin: origin as Origin, count: count as Granule, holes: set };
  holes.forEach(([start, size], index) => {
    const address = addressOf(baseOf(list), start);
    memory.writeWord(address, size);
    memory.writeWord((address + 4) as typeof address, holes[index + 1]?.[0] ?? 0);
  });
  return { list, holes };
}

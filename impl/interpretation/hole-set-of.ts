/**
 * Reads what a list in memory means, by following it: for tests, which compare what the list does with
 * what the meaning of each step says.
 */
import { assert, finiteMap } from "#support";
import type { Address, Range } from "#units";
import { GRANULE, NO_HOLE, nextOfHole, sizeOfHole } from "../heap/hole-words.ts";
import type { Memory } from "../memory/memory.ts";
import type { Granule, HoleSet } from "./hole-set.ts";

/** The holes of the list in `memory` that begins with `first`, of an extent that starts at `base`. */
export function holeSetOf(memory: Memory, base: Address, first: Address): HoleSet {
  const holes: (readonly [Granule, Granule])[] = [];
  for (let hole = first; hole !== NO_HOLE; hole = nextOfHole(memory, base, hole)) {
    const granule = granuleAt(base, hole);
    assert(
      holes.every(([other]) => other < granule),
      "a list of holes ends",
    );
    holes.push([granule, (sizeOfHole(memory, hole) / GRANULE) as Granule]);
  }
  return finiteMap(holes);
}

/** The set of `holes`, of an extent that starts at `base`. */
export function holeSetFrom(holes: readonly Range[], base: Address): HoleSet {
  return finiteMap(
    holes.map(({ start, size }) => [granuleAt(base, start), (size / GRANULE) as Granule] as const),
  );
}

/** The granule of an extent at `base` that `address` lies in. */
export function granuleAt(base: Address, address: Address): Granule {
  return Math.floor((address - base) / GRANULE) as Granule;
}

/**
 * Sets of units as ranges: in order, apart, and none that touches the next.
 *
 * What firmware says of memory is neither: its entries come in any order, overlap, touch and are
 * sometimes empty. Every such list means one set of units, and here is that set.
 */
import { demand } from "#support";
import type { UnitCount, UnitNumber } from "#units";
import type { Chunk } from "./free-chunks.ts";

/** The units `first` to `last`, both included. */
export interface UnitRange {
  readonly first: UnitNumber;
  readonly last: UnitNumber;
}

/** The set of all units of `runs`, which may overlap, touch, be empty, and be in any order. */
export function rangesOf(runs: readonly Chunk[]): readonly UnitRange[] {
  demand(runs.every(isRun), "a run of units is two whole numbers");
  const inOrder = runs
    .filter(({ count }) => count > 0)
    .map(({ first, count }) => ({ first, last: (first + count - 1) as UnitNumber }))
    .sort((one, other) => one.first - other.first);
  const ranges: UnitRange[] = [];
  for (const { first, last } of inOrder) {
    const previous = ranges.at(-1);
    if (previous === undefined || first > previous.last + 1) ranges.push({ first, last });
    else if (last > previous.last) ranges[ranges.length - 1] = { first: previous.first, last };
  }
  return ranges;
}

/** The units of `ranges` that none of `others` has. */
export function without(
  ranges: readonly UnitRange[],
  others: readonly UnitRange[],
): readonly UnitRange[] {
  return ranges.flatMap((range) => {
    const cuts = others.filter(({ first, last }) => first <= range.last && range.first <= last);
    const firsts = [range.first, ...cuts.map(({ last }) => (last + 1) as UnitNumber)];
    const lasts = [...cuts.map(({ first }) => (first - 1) as UnitNumber), range.last];
    return firsts
      .map((first, index) => ({ first, last: lasts[index] ?? range.last }))
      .filter(({ first, last }) => first <= last);
  });
}

/** Whether `value` is a number that a unit or a count can have. */
export function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** The run that `range` is. */
export function runOf({ first, last }: UnitRange): Chunk {
  return { first, count: (last - first + 1) as UnitCount };
}

/** The range of `ranges`, which are in order, that has `unit`, if one does. */
export function rangeAt(ranges: readonly UnitRange[], unit: UnitNumber): UnitRange | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ranges[middle]?.last ?? unit) < unit) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.first <= unit ? range : undefined;
}

function isRun({ first, count }: Chunk): boolean {
  return isWhole(first) && isWhole(count);
}

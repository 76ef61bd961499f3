/**
 * Plans what becomes of free chunks when units are taken out of one, and when units join those on
 * either side. Nothing is written here: the caller applies the plan in one place.
 *
 *     chunk    ├───────────────────────────────────────────┤
 *     taking   ├── before ──┤├──── taken ────┤├── after ───┤
 *
 *              ├─ below ─┤       ├── freed ──┤├── above ───┤
 *     joining                    ├────────── joined ───────┤
 *
 * A unit is a page or a frame, and nothing here asks which. A remainder of one unit is a chunk like
 * any other, since what is known of a chunk is kept beside the memory that it stands for, so every
 * exact fit succeeds and nothing is ever too small to keep. Numbers of units are at most 2^40, so
 * that no sum here comes near 2^53.
 */
import { assert } from "#support";
import type { UnitCount, UnitNumber } from "#units";

/** What is left of a chunk in front of the units taken, and behind them. */
export interface Taking {
  readonly before: UnitCount;
  readonly after: UnitCount;
}

/** The chunk that freed units become, and which neighbours it takes in. */
export interface Joining {
  readonly first: UnitNumber;
  readonly count: UnitCount;
  readonly joinsBelow: boolean;
  readonly joinsAbove: boolean;
}

/** The taking of `count` units from `first` on, or undefined if the chunk has not all of them. */
export function planTaking(
  chunkFirst: UnitNumber,
  chunkCount: UnitCount,
  first: UnitNumber,
  count: UnitCount,
): Taking | undefined {
  const before = first - chunkFirst;
  const after = chunkFirst + chunkCount - (first + count);
  if (before < 0 || after < 0) return undefined;

  assert(before + count + after === chunkCount, "a taking loses no units");
  return { before: before as UnitCount, after: after as UnitCount };
}

/**
 * The joining of `count` freed units with the chunks on either side, or undefined if one of them has
 * some of these already. A neighbour of no units is none.
 */
export function planJoining(
  belowFirst: UnitNumber,
  belowCount: UnitCount,
  first: UnitNumber,
  count: UnitCount,
  aboveFirst: UnitNumber,
  aboveCount: UnitCount,
): Joining | undefined {
  const belowEnd = belowFirst + belowCount;
  const end = first + count;
  if (belowCount > 0 && belowEnd > first) return undefined;
  if (aboveCount > 0 && end > aboveFirst) return undefined;

  const joinsBelow = belowCount > 0 && belowEnd === first;
  const joinsAbove = aboveCount > 0 && end === aboveFirst;
  const lower = joinsBelow ? belowCount : 0;
  const upper = joinsAbove ? aboveCount : 0;
  const joinedFirst = joinsBelow ? belowFirst : first;
  const joined = lower + count + upper;

  assert(joinedFirst + joined === end + upper, "a joining loses no units");
  return { first: joinedFirst, count: joined as UnitCount, joinsBelow, joinsAbove };
}

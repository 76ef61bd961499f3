/**
 * The numbers from one to another, both included: for saying what is true of all of them.
 *
 * A claim about a run of pages, or about all places below a count, has no map to go through. To a
 * formula this is a quantifier with two bounds; run, it is a loop.
 */

export interface Interval<Unit extends number> {
  /** Whether every number satisfies `claim`. */
  every(claim: (value: Unit) => boolean): boolean;
  /** Whether some number satisfies `claim`. */
  some(claim: (value: Unit) => boolean): boolean;
}

/** The numbers from `first` to `last`; none, if `last` is below `first`. */
export function interval<Unit extends number>(first: number, last: number): Interval<Unit> {
  const some = (claim: (value: Unit) => boolean): boolean => {
    for (let value = first; value <= last; value++) {
      if (claim(value as Unit)) return true;
    }
    return false;
  };
  return { some, every: (claim) => !some((value) => !claim(value)) };
}

/**
 * A theorem, run as a property: it is an ordinary function, so what the solver says of it for all
 * arguments can be looked at for some.
 */
import fc from "fast-check";
import { Vacuous } from "../obligations/assume.ts";

/** How often a theorem was true of its arguments, was false, and did not speak of them. */
export type Outcomes = Record<"true" | "false" | "vacuous", number>;

/** What comes of `theorem` for each of `drawn`. */
export function outcomesOf<Drawn extends readonly unknown[]>(
  drawn: readonly Drawn[],
  theorem: (...drawn: Drawn) => boolean,
): Outcomes {
  const count: Outcomes = { true: 0, false: 0, vacuous: 0 };
  for (const each of drawn) count[outcomeOf(() => theorem(...each))] += 1;
  return count;
}

function outcomeOf(theorem: () => boolean): keyof Outcomes {
  try {
    return theorem() ? "true" : "false";
  } catch (error) {
    if (error instanceof Vacuous) return "vacuous";
    throw error;
  }
}

/** Whether `theorem` is true of its arguments; arguments that it does not speak of are drawn again. */
export function isTrueOrVacuous(theorem: () => boolean): boolean {
  try {
    return theorem();
  } catch (error) {
    if (error instanceof Vacuous) fc.pre(false);
    throw error;
  }
}

/** How often a theorem speaks of what is drawn for it; throws, with the arguments, if it is false of some. */
export type Spoken = <Drawn>(
  drawn: fc.Arbitrary<Drawn>,
  theorem: (drawn: Drawn) => boolean,
) => number;

/** That, where as much is drawn as `runs` says. */
export function spokenIn(runs: fc.Parameters<unknown>): Spoken {
  return (drawn, theorem) => {
    let count = 0;
    const property = fc.property(drawn, (each) => {
      const isTrue = isTrueOrVacuous(() => theorem(each));
      count += 1;
      return isTrue;
    });
    fc.assert(property, { ...runs });
    return count;
  };
}

/**
 * A theorem, run as a property: it is an ordinary function, so what the solver says of it for all
 * arguments can be looked at for some.
 */
import fc from "fast-check";
import { Vacuous } from "../obligations/assume.ts";

/** Whether `theorem` is true of its arguments; arguments that it does not speak of are drawn again. */
export function isTrueOrVacuous(theorem: () => boolean): boolean {
  try {
    return theorem();
  } catch (error) {
    if (error instanceof Vacuous) fc.pre(false);
    throw error;
  }
}

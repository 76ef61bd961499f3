/** Says what a theorem takes for granted. */

/** Thrown where arguments are outside what a theorem speaks of: the theorem then says nothing. */
export class Vacuous extends Error {
  override readonly name = "Vacuous";
}

/** Restricts a theorem to arguments for which `condition` holds. */
export function assume(condition: boolean): asserts condition {
  if (!condition) throw new Vacuous("the arguments are outside the theorem");
}

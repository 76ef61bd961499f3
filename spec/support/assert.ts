/**
 * Assertions, and the two errors that may be thrown.
 *
 * A claim is a constant, a positive sentence that is true when the code is right: building a text
 * with values costs a hundred times the check itself, on every call, for a message nobody reads
 * until something fails. The harness adds the values; it has them.
 */

/** We contradict ourselves: a structure does not say what its owner believes. */
export class InvariantViolation extends Error {
  override readonly name = "InvariantViolation";
}

/** The caller broke the contract: a double free, a foreign pointer, a wrong layout. */
export class ContractViolation extends Error {
  override readonly name = "ContractViolation";
}

/** Throws `InvariantViolation` with `claim` unless `condition` holds. */
export function assert(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new InvariantViolation(claim);
}

/** Throws `ContractViolation` with `claim` unless the caller kept the contract. */
export function demand(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new ContractViolation(claim);
}

/** Closes a `switch`: the compiler proves that no case is left, and a caller who cheats it is told. */
export function unreachable(value: never): never {
  throw new InvariantViolation(`unexpected ${JSON.stringify(value)}`);
}

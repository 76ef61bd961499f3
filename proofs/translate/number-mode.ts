/**
 * What numbers are to the solver: one interface, two readings.
 *
 * In a formula of *integers* a number is an integer, and rounding beyond 2^53 is said as far as it is
 * guaranteed; in one of *bits* it is two's complement of as many bits as its value can need, and the
 * bit operators mean what JavaScript does. Each reading says what it owes: claims without which a
 * real run would do something else than the term says. A formula is of one reading throughout, since
 * solvers are quick at either and slow at both.
 */
import type { Sort, Term } from "./term.ts";

/** Asks for a proof of a claim. */
export type Owe = (claim: Term) => void;

export type Rounding = "floor" | "ceil" | "trunc";

export type BitOperator = "&" | "|" | "^" | "<<" | ">>" | ">>>";

export interface Numbers {
  readonly mode: "integers" | "bits";
  /** The sort of an unknown that is always from `least` to `most`. */
  sortFor(least: number | bigint, most: number | bigint): Sort;
  constant(value: number | bigint): Term;
  compute(operator: "+" | "-" | "*", left: Term, right: Term, owe: Owe): Term;
  /** The same as mathematics has it, of whatever size: nothing is owed. */
  exactly(operator: "+" | "-" | "*", left: Term, right: Term): Term;
  /** The quotient, rounded to an integer, of a divisor that is at least 1. */
  quotient(rounding: Rounding, dividend: Term, divisor: Term, owe: Owe): Term;
  remainder(dividend: Term, divisor: Term, owe: Owe): Term;
  /** The same of a number that is not negative, or by a power of two: nothing is owed. */
  remainderExactly(dividend: Term, divisor: Term): Term;
  /** A bit operator, or what to write instead. */
  bitwise(operator: BitOperator, left: Term, right: Term, owe: Owe): Term | string;
  /** What is said of an unknown that is a power of two. */
  powerOfTwo(term: Term): Term;
  /** A function of the low 32 bits of numbers, or what to write instead. */
  word(name: "clz32" | "imul" | "~", operands: readonly Term[], owe: Owe): Term | string;
}

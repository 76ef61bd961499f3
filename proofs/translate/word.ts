/**
 * JavaScript's bit operators as they are run, and what is owed of their operands in either reading:
 * that the conversion to 32 bits drops nothing, and that no shift is longer than a word. Between
 * constants they are simply computed.
 */
import type { BitOperator, Owe } from "./number-mode.ts";
import { arithmetic, integer, type Term } from "./term.ts";

const WORD_LEAST = integer(-(2 ** 31));
const WORD_MOST = integer(2 ** 32 - 1);
const ZERO = integer(0);
const SHIFT_MOST = integer(31);

/** Owes that the conversion of `term` to 32 bits drops nothing. */
export function oweWord(term: Term, owe: Owe): void {
  owe(arithmetic("<=", WORD_LEAST, term));
  owe(arithmetic("<=", term, WORD_MOST));
}

/** Owes that both operands of `operator` are what it takes as they are. */
export function oweOperands(operator: BitOperator, left: Term, right: Term, owe: Owe): void {
  oweWord(left, owe);
  if (!isShift(operator)) {
    oweWord(right, owe);
    return;
  }
  owe(arithmetic("<=", ZERO, right));
  owe(arithmetic("<=", right, SHIFT_MOST));
}

export function isShift(operator: BitOperator): boolean {
  return operator === "<<" || operator === ">>" || operator === ">>>";
}

/** What JavaScript computes, if both operands are constants. */
export function computed(operator: BitOperator, left: Term, right: Term): number | undefined {
  if (typeof left.value !== "number" || typeof right.value !== "number") return undefined;
  switch (operator) {
    case "&":
      return left.value & right.value;
    case "|":
      return left.value | right.value;
    case "^":
      return left.value ^ right.value;
    case "<<":
      return left.value << right.value;
    case ">>":
      return left.value >> right.value;
    case ">>>":
      return left.value >>> right.value;
  }
}

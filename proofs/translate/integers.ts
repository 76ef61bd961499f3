/**
 * Numbers as integers: linear arithmetic, which the solver decides at once, whatever their size.
 *
 * A bit operator is accepted where one operand is a constant that makes it arithmetic: a shift by a
 * constant multiplies or divides by a power of two, and a mask of low bits is a remainder. That the
 * other operand is then small enough is owed.
 *
 *     x << 3    x * 8             x >>> 3    floor(x / 8)            x & 7    x mod 8
 */
import { doubleOf, quotientOf, remainderOf } from "./double.ts";
import type { BitOperator, Numbers, Owe } from "./number-mode.ts";
import { apply, arithmetic, integer, type Term, TRUE } from "./term.ts";
import { computed, oweOperands, oweWord } from "./word.ts";

const ZERO = integer(0);
const ONE = integer(1);
const INT_MOST = integer(2 ** 31 - 1);

export const INTEGERS: Numbers = {
  mode: "integers",
  sortFor: () => "Int",
  constant: integer,
  compute: doubleOf,
  exactly: arithmetic,
  quotient(rounding, dividend, divisor, owe) {
    owe(arithmetic("<=", ONE, divisor));
    if (rounding === "trunc") owe(arithmetic("<=", ZERO, dividend));
    return quotientOf(rounding === "ceil" ? "ceil" : "floor", dividend, divisor);
  },
  remainder(dividend, divisor, owe) {
    owe(arithmetic("<=", ONE, divisor));
    return remainderOf(dividend, divisor);
  },
  remainderExactly: (dividend, divisor) => apply("Int", "mod", dividend, divisor),
  bitwise(operator, left, right, owe) {
    oweOperands(operator, left, right, owe);
    const value = computed(operator, left, right);
    if (value !== undefined) return integer(value);
    return asArithmetic(operator, left, right, owe) ?? REFUSED;
  },
  // A theorem of integers is split over the powers instead, so that each is a constant.
  powerOfTwo: () => TRUE,
  word(name, operands, owe) {
    for (const operand of operands) oweWord(operand, owe);
    const [one, other] = operands.map(({ value }) => value);
    if (typeof one !== "number") return "state it in a theorem of bits: @mode bits";
    if (name === "imul") {
      if (typeof other !== "number") return "state it in a theorem of bits: @mode bits";
      return integer(Math.imul(one, other));
    }
    return integer(name === "clz32" ? Math.clz32(one) : ~one);
  },
};

const REFUSED =
  "shift by a constant or mask with 2^k - 1, or state it in a theorem of bits: @mode bits";

function asArithmetic(operator: BitOperator, left: Term, right: Term, owe: Owe): Term | undefined {
  if (operator === "&") {
    const [term, mask] = typeof left.value === "number" ? [right, left] : [left, right];
    const count = typeof mask.value === "number" ? mask.value + 1 : 0;
    const isLow = count >= 1 && count <= 2 ** 31 && (count & (count - 1)) === 0;
    if (!isLow) return undefined;
    owe(arithmetic("<=", ZERO, term));
    return apply("Int", "mod", term, integer(count));
  }
  if (typeof right.value !== "number" || right.value < 0 || right.value > 31) return undefined;
  const factor = integer(2 ** right.value);
  owe(arithmetic("<=", ZERO, left));
  if (operator === "<<") {
    const product = arithmetic("*", left, factor);
    owe(arithmetic("<=", product, INT_MOST));
    return product;
  }
  if (operator === ">>") owe(arithmetic("<=", left, INT_MOST));
  return operator === ">>" || operator === ">>>" ? apply("Int", "div", left, factor) : undefined;
}

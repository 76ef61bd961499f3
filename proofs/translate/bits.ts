/**
 * Numbers as bits: two's complement, each term as wide as its value can need.
 *
 * Sums and products widen, so nothing wraps. A result that may need more than 54 bits owes that it is
 * a safe integer, and is then cut to 54, which hold every safe integer:
 *
 *     width     2 … 54      what the operands' widths allow: exact, nothing owed
 *               55 …        owed: -(2^53 - 1) <= result <= 2^53 - 1; then its low 54 bits
 *
 * The bit operators are those of ECMAScript: the low 32 bits of each operand as two's complement, a
 * shift count modulo 32, the result signed except for `>>>`. That nothing is dropped on the way in is
 * owed, although the term would say what happens: nobody means to drop the upper half of an address.
 */
import type { BitOperator, Numbers, Owe, Rounding } from "./number-mode.ts";
import {
  and,
  apply,
  arithmetic,
  bits,
  equal,
  FALSE,
  ifThenElse,
  type Term,
  widened,
  widthFor,
  widthOf,
} from "./term.ts";
import { computed, isShift, oweOperands, oweWord } from "./word.ts";

const SAFE_WIDTH = 54;
const WORD_WIDTH = 32;
const ZERO = bits(0);
const ONE = bits(1);
const SAFE_MOST = bits(Number.MAX_SAFE_INTEGER);
const SAFE_LEAST = bits(Number.MIN_SAFE_INTEGER);

export const BITS: Numbers = {
  mode: "bits",
  sortFor: (least, most) => `Bits${Math.max(widthFor(least), widthFor(most))}`,
  constant: (value) => bits(value),
  compute: (operator, left, right, owe) => safe(exactly(operator, left, right), owe),
  exactly,
  quotient(rounding, dividend, divisor, owe) {
    oweDivision(dividend, divisor, owe);
    return quotientOf(rounding, inBits(dividend), inBits(divisor));
  },
  remainder(dividend, divisor, owe) {
    oweDivision(dividend, divisor, owe);
    return remainderOf(inBits(dividend), inBits(divisor));
  },
  remainderExactly: (dividend, divisor) => remainderOf(inBits(dividend), inBits(divisor)),
  bitwise(operator, left, right, owe) {
    oweOperands(operator, left, right, owe);
    const value = computed(operator, left, right);
    if (value !== undefined) return bits(value);
    const [one, two] = [inBits(left), inBits(right)];
    return isShift(operator) ? shifted(operator, one, two) : joined(operator, one, two);
  },
  powerOfTwo(term) {
    const low = apply(term.sort, "bvsub", term, widened(ONE, widthOf(term) as number));
    return and(arithmetic("<", ZERO, term), equal(apply(term.sort, "bvand", term, low), ZERO));
  },
  word(name, operands, owe) {
    for (const operand of operands) oweWord(operand, owe);
    const words = operands.map((each) => lowBits(inBits(each), WORD_WIDTH));
    if (name === "clz32") return leadingZeros(words[0] as Term);
    return apply(`Bits${WORD_WIDTH}`, name === "imul" ? "bvmul" : "bvnot", ...words);
  },
};

function oweDivision(dividend: Term, divisor: Term, owe: Owe): void {
  owe(arithmetic("<=", ZERO, dividend));
  owe(arithmetic("<=", ONE, divisor));
}

/** A term of bits: `term` itself, or the constant that it is. */
function inBits(term: Term): Term {
  return widthOf(term) === undefined ? widened(term, widthFor(exactOf(term) ?? 0n)) : term;
}

function exactOf({ value }: Term): bigint | undefined {
  return value === undefined || typeof value === "boolean" ? undefined : BigInt(value);
}

/** The exact sum, difference or product, in as many bits as it can need. */
function exactly(operator: "+" | "-" | "*", left: Term, right: Term): Term {
  const [one, two] = [exactOf(left), exactOf(right)];
  if (one !== undefined && two !== undefined) {
    return bits(operator === "+" ? one + two : operator === "-" ? one - two : one * two);
  }
  const [low, high] = [widthOf(inBits(left)) as number, widthOf(inBits(right)) as number];
  const width = operator === "*" ? low + high : Math.max(low, high) + 1;
  const word = { "+": "bvadd", "-": "bvsub", "*": "bvmul" }[operator];
  return apply(`Bits${width}`, word, widened(left, width), widened(right, width));
}

/** `term`, of which it is owed that it is a safe integer if its width does not say so. */
function safe(term: Term, owe: Owe): Term {
  if (typeof term.value === "number" || (widthOf(term) as number) <= SAFE_WIDTH) return term;
  if (typeof term.value === "bigint") owe(FALSE);
  owe(arithmetic("<=", SAFE_LEAST, term));
  owe(arithmetic("<=", term, SAFE_MOST));
  return lowBits(term, SAFE_WIDTH);
}

/** The low `width` bits of `term`, read as two's complement; all of it, if it has fewer. */
function lowBits(term: Term, width: number): Term {
  const exact = exactOf(term);
  if (exact !== undefined) return bits(BigInt.asIntN(width, exact), width);
  return (widthOf(term) as number) <= width ? widened(term, width) : extracted(term, width - 1, 0);
}

function extracted(term: Term, high: number, low: number): Term {
  return apply(`Bits${high - low + 1}`, `(_ extract ${high} ${low})`, term);
}

/** A quotient of a dividend that is not negative: never more than the dividend, so as wide. */
function quotientOf(rounding: Rounding, dividend: Term, divisor: Term): Term {
  const raised = exactly("+", dividend, exactly("-", divisor, ONE));
  const from = rounding === "ceil" ? raised : dividend;
  const [one, two] = [exactOf(from), exactOf(divisor)];
  if (one !== undefined && two !== undefined) return bits(two < 1n ? 0n : one / two);
  return lowBits(divided("bvudiv", from, divisor), widthOf(dividend) as number);
}

/** A remainder of a dividend that is not negative: as narrow as the narrower of the two. */
function remainderOf(dividend: Term, divisor: Term): Term {
  const [one, two] = [exactOf(dividend), exactOf(divisor)];
  if (one !== undefined && two !== undefined) return bits(two < 1n ? 0n : one % two);
  const width = Math.min(widthOf(dividend) as number, widthOf(divisor) as number);
  return lowBits(divided("bvurem", dividend, divisor), width);
}

function divided(word: "bvudiv" | "bvurem", dividend: Term, divisor: Term): Term {
  const width = Math.max(widthOf(dividend) as number, widthOf(divisor) as number);
  return apply(`Bits${width}`, word, widened(dividend, width), widened(divisor, width));
}

/** `&`, `|` or `^`: bit by bit, so the sign above the wider operand joins as its own bits do. */
function joined(operator: BitOperator, left: Term, right: Term): Term {
  const widths = [left, right].map((each) => widthOf(each) as number);
  // What is masked with a constant that is not negative has no more bits than the constant.
  const masks = [left, right].filter(({ value }) => typeof value === "number" && value >= 0);
  const mask = operator === "&" ? masks[0] : undefined;
  const wide = mask === undefined ? Math.max(...widths) : (widthOf(mask) as number);
  const width = Math.min(wide, WORD_WIDTH);
  const word = operator === "&" ? "bvand" : operator === "|" ? "bvor" : "bvxor";
  return apply(`Bits${width}`, word, lowBits(left, width), lowBits(right, width));
}

/** A shift; by a constant it is a choice of bits. */
function shifted(operator: BitOperator, term: Term, by: Term): Term {
  const word = lowBits(term, WORD_WIDTH);
  const top = WORD_WIDTH - 1;
  const count = typeof by.value === "number" ? by.value & top : undefined;
  if (operator !== "<<" && count !== undefined && (count > 0 || operator === ">>")) {
    const rest = term.value === undefined ? extracted(word, top, count) : undefined;
    if (rest !== undefined) return operator === ">>" ? rest : unsigned(rest);
  }
  const places = apply(
    `Bits${WORD_WIDTH}`,
    "bvand",
    lowBits(by, WORD_WIDTH),
    bits(top, WORD_WIDTH),
  );
  const name = { "<<": "bvshl", ">>": "bvashr", ">>>": "bvlshr" }[operator as "<<" | ">>" | ">>>"];
  const result = apply(`Bits${WORD_WIDTH}`, name, word, places);
  return operator === ">>>" ? unsigned(result) : result;
}

/** The same bits, read as a number that is not negative: one more, which is 0. */
function unsigned(term: Term): Term {
  return apply(`Bits${(widthOf(term) as number) + 1}`, "(_ zero_extend 1)", term);
}

/** How many bits of a word are 0 above the highest that is 1. */
function leadingZeros(word: Term): Term {
  const width = widthFor(WORD_WIDTH);
  let result = bits(WORD_WIDTH, width);
  for (let index = 0; index < WORD_WIDTH; index++) {
    const isOne = equal(extracted(word, index, index), bits(-1, 1));
    result = ifThenElse(isOne, bits(WORD_WIDTH - 1 - index, width), result);
  }
  return result;
}

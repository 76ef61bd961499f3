/** The operators on bits, as the standard of SMT-LIB defines them; values are two's complement. */
import { type Term, widthOf } from "../translate/term.ts";

/** What the operator of `term` gives for `operands`, which are as wide as those of the term. */
export function bitsValue(term: Term, operands: readonly bigint[]): bigint | boolean {
  const { operator } = term;
  const [left, right] = operands as [bigint, bigint];
  if (operator === "bvslt") return left < right;
  if (operator === "bvsle") return left <= right;
  const inner = widthOf(term.operands[0] as Term) as number;
  const outer = widthOf(term) as number;
  return BigInt.asIntN(outer, resultOf(operator, left, right, inner));
}

function resultOf(operator: string, left: bigint, right: bigint, width: number): bigint {
  const [first, second] = [left, right ?? 0n].map((each) => BigInt.asUintN(width, each)) as [
    bigint,
    bigint,
  ];
  switch (operator) {
    case "bvadd":
      return left + right;
    case "bvsub":
      return left - right;
    case "bvmul":
      return left * right;
    case "bvudiv":
      return second === 0n ? -1n : first / second;
    case "bvurem":
      return second === 0n ? first : first % second;
    case "bvand":
      return left & right;
    case "bvor":
      return left | right;
    case "bvxor":
      return left ^ right;
    case "bvnot":
      return ~left;
    case "bvshl":
      return second >= width ? 0n : first << second;
    case "bvlshr":
      return second >= width ? 0n : first >> second;
    case "bvashr":
      return left >> (second >= width ? BigInt(width) : second);
  }
  const [, word, high, low] = /^\(_ (\w+) (\d+)(?: (\d+))?\)$/.exec(operator) ?? [];
  if (word === "sign_extend") return left;
  if (word === "zero_extend") return first;
  if (word !== "extract") throw new Error(`${operator} is no operator on bits`);
  return BigInt.asUintN(Number(high) - Number(low) + 1, first >> BigInt(low ?? 0));
}

/**
 * What a term comes to in one run: logic and integers as mathematics has them, bits as SMT-LIB does,
 * and the unknown functions that stand for a rounding as what V8 computes there. A claim about all
 * elements is asked of each that the run has.
 */
import type { Constant } from "../solver/z3.ts";
import { integer, type Term, widthOf } from "../translate/term.ts";
import { bitsValue } from "./bits-value.ts";
import type { Sample } from "./sample.ts";

/** Thrown where a term depends on an element of which nothing is known: what it says, it says of all. */
class AnyElement extends Error {
  readonly element: string;
  constructor(element: string) {
    super(`any element ${element}`);
    this.element = element;
  }
}

/** Bodies of quantifiers at elements, which are the same in every run. */
const bodies = new WeakMap<Term, Map<number, Term>>();

export class TermReader {
  readonly #sample: Sample;
  readonly #known = new Map<Term, bigint | boolean>();
  /** Whether something was asked for that the formula alone leaves open. */
  isOpen = false;

  constructor(sample: Sample) {
    this.#sample = sample;
  }

  /** Whether `claim` holds, of all elements if it speaks of any. */
  holds(claim: Term): boolean {
    try {
      return this.truth(claim);
    } catch (error) {
      if (!(error instanceof AnyElement)) throw error;
      const { element } = error;
      return this.#sample
        .elementsOf(element.replace(/\?\d+$/, ""))
        .every((value) => new TermReader(this.#sample.with(element, value)).holds(claim));
    }
  }

  truth(term: Term): boolean {
    const value = this.value(term);
    if (typeof value !== "boolean") throw new Error("a claim is true or false");
    return value;
  }

  number(term: Term): bigint {
    const value = this.value(term);
    if (typeof value !== "bigint") throw new Error("a number is no claim");
    return value;
  }

  value(term: Term): bigint | boolean {
    const known = this.#known.get(term);
    if (known !== undefined) return known;
    const value = this.#compute(term);
    this.#known.set(term, value);
    return value;
  }

  #compute(term: Term): bigint | boolean {
    if (term.value !== undefined) return exactly(term.value);
    if (term.body !== undefined) return this.#quantified(term);
    const { operator, operands } = term;
    const [first, second, third] = operands as [Term, Term, Term];
    if (operands.length === 0) return this.#unknown(term);
    const [truth, number] = [(t: Term) => this.truth(t), (t: Term) => this.number(t)];
    switch (operator) {
      case "not":
        return !truth(first);
      case "and":
        return truth(first) && truth(second);
      case "ite":
        return this.value(truth(first) ? second : third);
      case "=":
        return this.value(first) === this.value(second);
      case "+":
        return number(first) + number(second);
      case "-":
        return number(first) - number(second);
      case "*":
        return number(first) * number(second);
      case "<":
        return number(first) < number(second);
      case "<=":
        return number(first) <= number(second);
      case "div":
        return floorOf(number(first), number(second));
      case "mod":
        return number(first) - floorOf(number(first), number(second)) * number(second);
    }
    if (widthOf(first) !== undefined && (operator.startsWith("bv") || operator.startsWith("(_ "))) {
      return bitsValue(term, operands.map(number));
    }
    const rounding = ROUNDED[operator];
    if (rounding === undefined) return this.#unknown(term);
    this.isOpen = true;
    return rounding(...(operands.map(number) as [bigint, bigint]));
  }

  #unknown({ operator, operands, sort }: Term): bigint | boolean {
    const value = this.#sample.valueOf(
      operator,
      operands.map((each) => this.value(each)),
    );
    if (value !== undefined) return exactly(value);
    if (/\?\d+$/.test(operator)) throw new AnyElement(operator);
    this.isOpen = true;
    return sort === "Bool" ? false : 0n;
  }

  #quantified(term: Term): boolean {
    const known = bodies.get(term) ?? new Map<number, Term>();
    bodies.set(term, known);
    const at = (element: number): boolean => {
      const body = known.get(element) ?? (term.body as (of: Term) => Term)(integer(element));
      known.set(element, body);
      return this.truth(body);
    };
    const elements = this.#sample.elementsOf(term.over as string);
    return term.operator === "exists" ? elements.some(at) : elements.every(at);
  }
}

function exactly(value: Constant): bigint | boolean {
  return typeof value === "boolean" ? value : BigInt(value);
}

/** The quotient rounded down, as SMT-LIB has it for a divisor above 0. */
function floorOf(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) return 0n;
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

type Rounding = (left: bigint, right: bigint) => bigint;

const rounded =
  (compute: (left: number, right: number) => number): Rounding =>
  (left, right) => {
    const value = compute(Number(left), Number(right));
    return Number.isFinite(value) ? BigInt(value) : 0n;
  };

/** What `double.ts` leaves open, as it is run: the part of a rounded number above 2^53, for one. */
const ROUNDED: Readonly<Record<string, Rounding>> = {
  "product!": rounded((left, right) => left * right),
  "floor!": rounded((left, right) => Math.floor(left / right)),
  "ceil!": rounded((left, right) => Math.ceil(left / right)),
  "remainder!": rounded((left, right) => left % right),
  "rounded!": (exact) => BigInt(Math.abs(Number(exact))) - 2n ** 53n,
};

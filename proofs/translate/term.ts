/**
 * Terms of logic: what a text of the dialect means to the solver.
 *
 * Constructors simplify what is constant, so that a rule which cannot apply disappears before the
 * solver sees it. Quantifiers keep their body as a function of the bound term: putting a term in for
 * the variable is then calling that function.
 */

/** The sort of a term: `Bits54` are bit-vectors of width 54, read as two's complement. */
export type Sort = "Int" | "Bool" | `Bits${number}`;

export interface Term {
  readonly sort: Sort;
  readonly operator: string;
  readonly operands: readonly Term[];
  /** The constant, if the term is one; a `bigint` only where no double holds it. */
  readonly value?: number | bigint | boolean;
  /** The bound index sort and the body, if the term is a quantifier. */
  readonly over?: string;
  readonly body?: (element: Term) => Term;
}

export const TRUE: Term = { sort: "Bool", operator: "true", operands: [], value: true };
export const FALSE: Term = { sort: "Bool", operator: "false", operands: [], value: false };

/** Every term that was built, by what it is built of: equal terms are one object. */
const known = new Map<string, Term>();
const numbers = new WeakMap<Term, number>();
let count = 0;

/** Forgets all terms but the constants of this file: those of another theorem are never met again. */
export function forgetTerms(): void {
  known.clear();
}

function unique(term: Term): Term {
  const operands = term.operands.map(numberOfTerm).join(" ");
  const key = `${term.operator} ${JSON.stringify(term.sort)} ${operands}`;
  const same = known.get(key);
  if (same !== undefined) return same;
  known.set(key, term);
  return term;
}

function numberOfTerm(term: Term): number {
  const number = numbers.get(term) ?? count++;
  numbers.set(term, number);
  return number;
}

/** The integer `value`. */
export function integer(value: number | bigint): Term {
  const text = value < 0 ? `(- ${BigInt(-value)})` : `${BigInt(value)}`;
  return unique({ sort: "Int", operator: text, operands: [], value });
}

/** The integer `value` as bits: as many as it needs, or `width`. */
export function bits(value: number | bigint, width: number = widthFor(value)): Term {
  const code = BigInt.asUintN(width, BigInt(value));
  const exact = Number.isSafeInteger(Number(value)) ? Number(value) : value;
  const operator = `(_ bv${code} ${width})`;
  return unique({ sort: `Bits${width}`, operator, operands: [], value: exact });
}

/** The least width of two's complement that holds `value`, its sign included. */
export function widthFor(value: number | bigint): number {
  const exact = BigInt(value);
  return (exact < 0 ? -exact - 1n : exact).toString(2).length + 1;
}

/** The width of a term of bits, or undefined. */
export function widthOf({ sort }: Term): number | undefined {
  return sort.startsWith("Bits") ? Number(sort.slice(4)) : undefined;
}

/** The same number in `width` bits, which hold it: a term of fewer bits, or a constant. */
export function widened(term: Term, width: number): Term {
  if (bitsNeeded(term) > width) throw new Error("bits are widened, never cut");
  if (typeof term.value === "number" || typeof term.value === "bigint") {
    return bits(term.value, width);
  }
  const now = widthOf(term);
  if (now === undefined) throw new Error("bits meet an integer that is not a constant");
  return now === width ? term : apply(`Bits${width}`, `(_ sign_extend ${width - now})`, term);
}

/** Both terms in one sort: if one is of bits, both become as wide as the wider. */
function aligned(left: Term, right: Term): readonly [Term, Term] {
  if (left.sort === right.sort) return [left, right];
  if (left.sort === "Bool" || right.sort === "Bool") throw new Error("a truth meets a number");
  const width = Math.max(bitsNeeded(left), bitsNeeded(right));
  return [widened(left, width), widened(right, width)];
}

function bitsNeeded(term: Term): number {
  return typeof term.value === "number" || typeof term.value === "bigint"
    ? widthFor(term.value)
    : (widthOf(term) ?? 0);
}

/** An unknown of its own, or the application of an uninterpreted function. */
export function apply(sort: Sort, operator: string, ...operands: readonly Term[]): Term {
  return unique({ sort, operator, operands });
}

/** Whether some, or every, element of the index sort `over` satisfies `body`. */
export function quantified(
  operator: "exists" | "forall",
  over: string,
  body: (element: Term) => Term,
): Term {
  return { sort: "Bool", operator, operands: [], over, body };
}

export function not(term: Term): Term {
  if (typeof term.value === "boolean") return term.value ? FALSE : TRUE;
  if (term.operator === "not") return term.operands[0] as Term;
  return apply("Bool", "not", term);
}

export function and(left: Term, right: Term): Term {
  if (left.value === false || right.value === false) return FALSE;
  if (left.value === true || left === right) return right;
  if (right.value === true) return left;
  return apply("Bool", "and", left, right);
}

export function or(left: Term, right: Term): Term {
  return not(and(not(left), not(right)));
}

export function ifThenElse(condition: Term, yes: Term, no: Term): Term {
  if (typeof condition.value === "boolean") return condition.value ? yes : no;
  if (yes === no || (yes.value !== undefined && yes.value === no.value)) return yes;
  if (yes.sort === "Bool") return and(or(not(condition), yes), or(condition, no));
  const [left, right] = aligned(yes, no);
  return apply(left.sort, "ite", condition, left, right);
}

/** Equality; a choice between constants is decided branch by branch, so conditions stay visible. */
export function equal(left: Term, right: Term): Term {
  if (left === right) return TRUE;
  if (left.value !== undefined && right.value !== undefined) {
    return left.value === right.value ? TRUE : FALSE;
  }
  if (left.operator === "ite" && right.value !== undefined) return equalChoice(left, right);
  if (right.operator === "ite" && left.value !== undefined) return equalChoice(right, left);
  return apply("Bool", "=", ...aligned(left, right));
}

function equalChoice(choice: Term, constant: Term): Term {
  const [condition, yes, no] = choice.operands as [Term, Term, Term];
  return ifThenElse(condition, equal(yes, constant), equal(no, constant));
}

const FOLDED: Record<string, (left: number, right: number) => number | boolean> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
};

const COMPARED = { "<": "bvslt", "<=": "bvsle" } as const;

/** The integer sum, difference or product, or a comparison, which may be one of bits. */
export function arithmetic(operator: "+" | "-" | "*" | "<" | "<=", left: Term, right: Term): Term {
  if (typeof left.value === "number" && typeof right.value === "number") {
    const value = FOLDED[operator]?.(left.value, right.value);
    if (typeof value === "boolean") return value ? TRUE : FALSE;
    if (Number.isSafeInteger(value)) return integer(value as number);
  }
  if (!operator.startsWith("<")) return apply("Int", operator, left, right);
  const [low, high] = aligned(left, right);
  const isBits = widthOf(low) !== undefined;
  return apply("Bool", isBits ? COMPARED[operator as "<" | "<="] : operator, low, high);
}

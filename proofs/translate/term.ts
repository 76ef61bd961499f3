/**
 * Terms of logic: what a text of the dialect means to the solver.
 *
 * Constructors simplify what is constant, so that a rule which cannot apply disappears before the
 * solver sees it. Quantifiers keep their body as a function of the bound term: putting a term in for
 * the variable is then calling that function.
 */

export type Sort = "Int" | "Bool";

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

/** The integer `value`. */
export function integer(value: number | bigint): Term {
  const text = value < 0 ? `(- ${BigInt(-value)})` : `${BigInt(value)}`;
  return { sort: "Int", operator: text, operands: [], value };
}

/** An unknown of its own, or the application of an uninterpreted function. */
export function apply(sort: Sort, operator: string, ...operands: readonly Term[]): Term {
  return { sort, operator, operands };
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
  if (yes.sort !== no.sort) throw new Error("a choice has one sort");
  if (typeof condition.value === "boolean") return condition.value ? yes : no;
  if (yes === no || (yes.value !== undefined && yes.value === no.value)) return yes;
  if (yes.sort === "Bool") return and(or(not(condition), yes), or(condition, no));
  return apply("Int", "ite", condition, yes, no);
}

/** Equality; a choice between constants is decided branch by branch, so conditions stay visible. */
export function equal(left: Term, right: Term): Term {
  if (left.sort !== right.sort) throw new Error("only terms of one sort are compared");
  if (left === right) return TRUE;
  if (left.value !== undefined && right.value !== undefined) {
    return left.value === right.value ? TRUE : FALSE;
  }
  if (left.operator === "ite" && right.value !== undefined) return equalChoice(left, right);
  if (right.operator === "ite" && left.value !== undefined) return equalChoice(right, left);
  return apply("Bool", "=", left, right);
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

/** The integer sum, difference or product, or a comparison. */
export function arithmetic(operator: "+" | "-" | "*" | "<" | "<=", left: Term, right: Term): Term {
  if (typeof left.value === "number" && typeof right.value === "number") {
    const value = FOLDED[operator]?.(left.value, right.value);
    if (typeof value === "boolean") return value ? TRUE : FALSE;
    if (Number.isSafeInteger(value)) return integer(value as number);
  }
  return apply(operator.startsWith("<") ? "Bool" : "Int", operator, left, right);
}

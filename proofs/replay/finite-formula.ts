/**
 * What would refute a theorem in a world of a few numbers, said without leaving anything out.
 *
 * A proof says of a claim about all elements only what it needs, so what a solver finds instead of a
 * proof may lack the heaps, pages and places that a real system has. Where all numbers are from 0 to
 * `most`, a claim about all elements is a claim about those, one by one:
 *
 *     every x. P(x)      P(0) and P(1) and … P(most + 1)
 *
 * One more than `most`, because a step may count one further. What is possible here is real; what is
 * impossible may still be possible among more numbers.
 */
import type { FunctionDeclaration } from "ts-morph";
import { smtText } from "../translate/smt.ts";
import { newFindings } from "../translate/symbol.ts";
import {
  and,
  apply,
  FALSE,
  ifThenElse,
  integer,
  not,
  or,
  type Term,
  TRUE,
} from "../translate/term.ts";
import { type Case, read } from "../translate/theorem.ts";
import { truthOf } from "../translate/value.ts";

/** Asks for a counterexample of `theorem` among numbers from 0 to `most`; undefined if it has no claims. */
export function finiteText(
  theorem: FunctionDeclaration,
  fixed: Case,
  most: number,
): string | undefined {
  const found = newFindings(fixed, integer(most));
  const { place, result } = read(theorem, found);
  const isFalse = and(place.path, not(truthOf(result)));
  const world = new FiniteWorld(most + 1);
  const formula = world.formula([...place.owed.map(not), isFalse].reduce(or, FALSE));
  if (!world.hasClaims) return undefined;
  const text = smtText([...found.facts, formula].reduce(and, TRUE));
  const elements = [...text.matchAll(ELEMENT)].map(
    ([, element]) => `(assert (and (<= 0 ${element}) (<= ${element} ${most + 1})))`,
  );
  return [text, ...elements].join("\n");
}

/** An element of which nothing is known, that something is owed for. */
const ELEMENT = /^\(declare-fun (\|[^|]+[?]\d+\|) \(\) Int\)$/gm;

class FiniteWorld {
  readonly #last: number;
  readonly #known = new Map<Term, Term>();
  hasClaims = false;

  constructor(last: number) {
    this.#last = last;
  }

  /** `term`, with every claim about all elements spelled out. */
  formula(term: Term): Term {
    const known = this.#known.get(term) ?? this.#spelledOut(term);
    this.#known.set(term, known);
    return known;
  }

  #spelledOut(term: Term): Term {
    const { operator, operands, body } = term;
    if (body !== undefined) {
      this.hasClaims = true;
      const join = operator === "exists" ? or : and;
      const instances = Array.from({ length: this.#last + 1 }, (_, index) =>
        this.formula(body(integer(index))),
      );
      return instances.reduce(join, operator === "exists" ? FALSE : TRUE);
    }
    if (operands.length === 0) return term;
    const [first, second, third] = operands.map((operand) => this.formula(operand));
    if (operator === "not") return not(first as Term);
    if (operator === "and") return and(first as Term, second as Term);
    if (operator === "ite") return ifThenElse(first as Term, second as Term, third as Term);
    return apply(term.sort, operator, ...operands.map((operand) => this.formula(operand)));
  }
}

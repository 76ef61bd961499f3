/**
 * Takes the quantifiers out of a formula.
 *
 * To show that a goal follows, its negation must be impossible. What exists gets a name of its own;
 * what holds for all is asserted of every name in sight, and of nothing else. Only instances of
 * hypotheses are used, so a contradiction is a proof; without one, a model is a candidate that must be
 * replayed. Solvers decide the result, which has no quantifiers, quickly and always the same way.
 */
import { and, apply, not, or, type Term, TRUE } from "./term.ts";

const ROUNDS = 3;

/** A quantifier-free formula that follows from `formula`; `pools` holds the names in sight by index sort. */
export function ground(formula: Term, pools: Map<string, Term[]>): Term {
  const witnesses = new Map<string, Term>();
  let result = TRUE;
  for (let round = 0; round < ROUNDS; round++) {
    result = walk(formula, true, "", pools, witnesses);
  }
  return result;
}

function walk(
  term: Term,
  isPositive: boolean,
  path: string,
  pools: Map<string, Term[]>,
  witnesses: Map<string, Term>,
): Term {
  const { operator, operands, body, over } = term;
  const operand = (index: number, sign: boolean): Term =>
    walk(operands[index] as Term, sign, `${path}${index}`, pools, witnesses);

  if (operator === "not") return operand(0, !isPositive);
  if (operator === "and") {
    const left = operand(0, isPositive);
    const right = operand(1, isPositive);
    return isPositive ? and(left, right) : or(left, right);
  }
  if (body === undefined || over === undefined) return isPositive ? term : not(term);

  const pool = pools.get(over) ?? [];
  pools.set(over, pool);
  if ((operator === "exists") === isPositive) {
    const witness = witnesses.get(path) ?? apply("Int", `${over}!${witnesses.size}`);
    if (!witnesses.has(path)) pool.push(witness);
    witnesses.set(path, witness);
    return walk(body(witness), isPositive, `${path}w`, pools, witnesses);
  }
  return [...pool]
    .map((element, index) => walk(body(element), isPositive, `${path}i${index}.`, pools, witnesses))
    .reduce(and, TRUE);
}

/**
 * Takes the quantifiers out of a formula.
 *
 * Each quantified claim becomes a proposition of its own, `q`. If something exists, it gets a name,
 * its witness; what holds for all is said of every name in sight, and of nothing else:
 *
 *     exists x. P(x)      q  implies P(witness)        not q  implies not P(name), for each name
 *     forall x. P(x)      q  implies P(name)           not q  implies not P(witness)
 *
 * Of the two only what matters is said: where making `q` false cannot make the formula true, as for
 * an assumption, nothing is said of a false `q`. Only instances of what is true are added, so a
 * contradiction is a proof; without one, a model is a candidate that must be replayed. The result has
 * no quantifiers: it is decided quickly, and always the same way.
 */
import type { Keys } from "./keys.ts";
import { and, apply, ifThenElse, not, or, type Term, TRUE } from "./term.ts";

interface Claim {
  readonly term: Term;
  readonly proposition: Term;
  readonly depth: number;
}

/** What a claim says if it is as `isTrue` has it. */
interface Side {
  readonly claim: Claim;
  readonly isTrue: boolean;
  /** How many names of the pool it has been said of. */
  said: number;
}

/** Whether a term is wanted true, wanted false, or either. */
type Want = "true" | "false" | "either";

const OPPOSITE = { true: "false", false: "true", either: "either" } as const;

/** A quantifier-free consequence of `formula`, said of the names in sight. */
export function ground(formula: Term, keys: Keys): Term {
  const claims = new Map<Term, Claim>();
  const sides = new Map<string, Side>();
  const memo = { true: new Map(), false: new Map(), either: new Map<Term, Term>() };
  let result = TRUE;

  const propositionOf = (term: Term, depth: number, want: Want): Term => {
    const proposition = apply("Bool", `claim!${claims.size}`);
    const claim = claims.get(term) ?? { term, proposition, depth };
    claims.set(term, claim);
    const open = (isTrue: boolean): void => {
      const key = `${claim.proposition.operator} ${isTrue}`;
      if (!sides.has(key)) sides.set(key, { claim, isTrue, said: 0 });
    };
    if (want !== "false") open(true);
    if (want !== "true") open(false);
    return claim.proposition;
  };
  const flatten = (term: Term, depth: number, want: Want): Term => {
    const known = memo[want].get(term);
    if (known !== undefined) return known;
    const flat = flattenNew(term, depth, want);
    memo[want].set(term, flat);
    return flat;
  };
  const flattenNew = (term: Term, depth: number, want: Want): Term => {
    if (term.body !== undefined) return propositionOf(term, depth, want);
    if (term.operands.length === 0) return term;
    const [first, second] = term.operands as [Term, Term];
    if (term.operator === "not") return not(flatten(first, depth, OPPOSITE[want]));
    if (term.operator === "and") {
      return and(flatten(first, depth, want), flatten(second, depth, want));
    }
    const [one, ...others] = term.operands.map((operand) => flatten(operand, depth, "either"));
    if (term.operator === "ite") return ifThenElse(one as Term, others[0]!, others[1]!);
    return apply(term.sort, term.operator, one as Term, ...others);
  };
  const say = ({ claim, isTrue }: Side, name: Term, depth: number): void => {
    const { term, proposition } = claim;
    const body = keys.at(depth, () => (term.body as (element: Term) => Term)(name));
    const holds = flatten(isTrue ? body : not(body), depth, "true");
    result = and(result, or(isTrue ? not(proposition) : proposition, holds));
  };

  result = flatten(formula, 0, "true");
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const side of sides.values()) {
      const { term, depth } = side.claim;
      if (depth >= keys.depthMax) continue;
      const over = term.over as string;
      if ((term.operator === "exists") === side.isTrue) {
        if (side.said > 0) continue;
        const witness = apply("Int", `${over}!${keys.next()}`);
        keys.note(over, witness, depth);
        say(side, witness, depth + 1);
        side.said = 1;
        isNew = true;
        continue;
      }
      const pool = keys.namesOf(over);
      for (const name of pool.slice(side.said)) {
        const nameDepth = keys.depthOf(over, name);
        if (nameDepth < keys.depthMax) say(side, name, Math.max(depth, nameDepth) + 1);
      }
      isNew ||= side.said < pool.length;
      side.said = pool.length;
    }
  }
  return result;
}

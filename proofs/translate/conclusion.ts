/**
 * Whether a theorem says anything that it does not take for granted.
 *
 * A conclusion may be true before anything is asked, or be word for word among the assumptions. The
 * first proves nothing. The second is a definition that is worth reading, and no theorem: it is
 * listed apart and not counted.
 */
import type { FunctionDeclaration } from "ts-morph";
import { OutsideDialect } from "./dialect.ts";
import { newFindings } from "./symbol.ts";
import { apply, type Term } from "./term.ts";
import { read } from "./theorem.ts";
import { numbersOf } from "./theorem-mode.ts";
import { truthOf } from "./value.ts";

export type Conclusion = "proper" | "by definition" | "constant";

/**
 * What the conclusion of `theorem` is to its assumptions. One that can only be read case by case is made
 * of what its cases are, and that is not seen here: it counts as a proper one.
 */
export function conclusionOf(theorem: FunctionDeclaration): Conclusion {
  try {
    return conclusionOfAll(theorem);
  } catch (error) {
    if (error instanceof OutsideDialect) return "proper";
    throw error;
  }
}

function conclusionOfAll(theorem: FunctionDeclaration): Conclusion {
  const found = newFindings({}, undefined, numbersOf(theorem));
  const { place, result } = read(theorem, found);
  const conclusion = truthOf(result);
  if (conclusion.value === true) return "constant";
  const numbers = new Numbering();
  const assumed = new Set(conjuncts(place.path).map((each) => numbers.of(each)));
  const isAssumed = conjuncts(conclusion).every((each) => assumed.has(numbers.of(each)));
  return isAssumed ? "by definition" : "proper";
}

/** What `term` says, claim by claim. */
function conjuncts(term: Term): readonly Term[] {
  if (term.operator !== "and") return [term];
  const seen = new Set<Term>();
  const claims: Term[] = [];
  const visit = (each: Term): void => {
    if (seen.has(each)) return;
    seen.add(each);
    if (each.operator === "and") each.operands.forEach(visit);
    else claims.push(each);
  };
  visit(term);
  return claims;
}

/** Numbers claims, so that the same claim has the same number, whatever objects it is made of. */
class Numbering {
  readonly #known = new Map<Term, number>();
  readonly #numbers = new Map<string, number>();

  of(term: Term, depth = 0): number {
    const known = this.#known.get(term);
    if (known !== undefined) return known;
    const parts = term.operands.map((each) => this.of(each, depth));
    // A quantified claim is the same claim if it is the same of one element without a name.
    const body = term.body?.(apply("Int", `element!${depth}`));
    const over = body === undefined ? [] : [term.over, this.of(body, depth + 1)];
    const key = [term.operator, ...parts, ...over].join(" ");
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    this.#known.set(term, number);
    return number;
  }
}

/** Writes a quantifier-free formula as SMT-LIB, with every unknown declared and shared terms named. */
import type { Term } from "./term.ts";

const BUILT_IN = new Set(["+", "-", "*", "<", "<=", "=", "div", "mod", "ite", "and", "not"]);

/** The text that asks whether `formula` can be true. */
export function smtText(formula: Term): string {
  const declarations = new Map<string, string>();
  const names = new Map<Term, string>();
  const definitions: string[] = [];

  const write = (term: Term): string => {
    const known = names.get(term);
    if (known !== undefined) return known;
    if (term.value !== undefined) return term.operator;
    if (term.body !== undefined) throw new Error("a quantifier was left in a ground formula");

    const symbol = BUILT_IN.has(term.operator) ? term.operator : `|${term.operator}|`;
    if (!BUILT_IN.has(term.operator)) {
      const sorts = term.operands.map(({ sort }) => sort).join(" ");
      const declaration = `(declare-fun ${symbol} (${sorts}) ${term.sort})`;
      const declared = declarations.get(term.operator) ?? declaration;
      if (declared !== declaration) throw new Error(`two unknowns have the name ${term.operator}`);
      declarations.set(term.operator, declaration);
    }
    if (term.operands.length === 0) return symbol;

    const text = `(${symbol} ${term.operands.map(write).join(" ")})`;
    const name = `t!${names.size}`;
    definitions.push(`(define-fun ${name} () ${term.sort} ${text})`);
    names.set(term, name);
    return name;
  };

  const goal = write(formula);
  return [...declarations.values(), ...definitions, `(assert ${goal})`].join("\n");
}

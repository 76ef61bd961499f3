/** Writes a quantifier-free formula as SMT-LIB, with every unknown declared and shared terms named. */
import { type Sort, type Term, widthOf } from "./term.ts";

/** How a formula of bits begins: the solver has procedures of its own for them. */
export const LOGIC_OF_BITS = "(set-logic QF_BV)";

/** The same where functions of bits are unknown, as the words of a memory are. */
export const LOGIC_OF_BITS_AND_FUNCTIONS = "(set-logic QF_UFBV)";

const OF_TRUTHS = ["=", "ite", "and", "not"];
const OF_INTEGERS = ["+", "-", "*", "<", "<=", "div", "mod"];
const OF_BITS = [
  "add",
  "sub",
  "mul",
  "udiv",
  "urem",
  "slt",
  "sle",
  "and",
  "or",
  "xor",
  "not",
  "shl",
];
const BUILT_IN = new Set([
  ...OF_TRUTHS,
  ...OF_INTEGERS,
  ...[...OF_BITS, "ashr", "lshr"].map((word) => `bv${word}`),
]);

function isBuiltIn({ operator, operands }: Term): boolean {
  return operands.length > 0 && (BUILT_IN.has(operator) || operator.startsWith("(_ "));
}

/** Whether `term` is an unknown of its own, or an unknown function applied to its operands. */
export function isUnknown(term: Term): boolean {
  return term.value === undefined && term.body === undefined && !isBuiltIn(term);
}

function sortText(sort: Sort): string {
  return sort.startsWith("Bits") ? `(_ BitVec ${sort.slice(4)})` : sort;
}

/** The text that asks whether `formula` can be true. */
export function smtText(formula: Term): string {
  const declarations = new Map<string, string>();
  const names = new Map<Term, string>();
  const definitions: string[] = [];
  const readings = new Set<string>();

  const write = (term: Term): string => {
    const known = names.get(term);
    if (known !== undefined) return known;
    if (term.sort !== "Bool") readings.add(widthOf(term) === undefined ? "integers" : "bits");
    if (readings.size > 1) throw new Error("a formula has numbers of two readings");
    if (term.value !== undefined) return term.operator;
    if (term.body !== undefined) throw new Error("a quantifier was left in a ground formula");

    const symbol = isBuiltIn(term) ? term.operator : `|${term.operator}|`;
    if (!isBuiltIn(term)) {
      const sorts = term.operands.map(({ sort }) => sortText(sort)).join(" ");
      const declaration = `(declare-fun ${symbol} (${sorts}) ${sortText(term.sort)})`;
      const declared = declarations.get(term.operator) ?? declaration;
      if (declared !== declaration) throw new Error(`two unknowns have the name ${term.operator}`);
      declarations.set(term.operator, declaration);
    }
    if (term.operands.length === 0) return symbol;

    const text = `(${symbol} ${term.operands.map(write).join(" ")})`;
    const name = `t!${names.size}`;
    definitions.push(`(define-fun ${name} () ${sortText(term.sort)} ${text})`);
    names.set(term, name);
    return name;
  };

  const goal = write(formula);
  const hasFunctions = [...declarations.values()].some((each) => !each.includes(" () "));
  const logic = hasFunctions ? LOGIC_OF_BITS_AND_FUNCTIONS : LOGIC_OF_BITS;
  const head = readings.has("bits") ? [logic] : [];
  return [...head, ...declarations.values(), ...definitions, `(assert ${goal})`].join("\n");
}

/**
 * Everything that a theorem reaches is in the dialect, whichever case of it is proved. A theorem of
 * which some case alone is in it, since an unknown has a value there, is read case by case.
 */
import type { FunctionDeclaration, SourceFile } from "ts-morph";
import { isObligationFile, type Theorem, theoremsIn } from "../ledger/theorem-list.ts";
import { newFindings } from "../translate/symbol.ts";
import { type Case, read } from "../translate/theorem.ts";
import { numbersOf } from "../translate/theorem-mode.ts";
import { pathOf, type TidyCheck } from "./tidy-check.ts";

export const dialectOfTheorems: TidyCheck = {
  claim: "what a theorem reaches is in the dialect",
  complaints: (files) => files.flatMap(statedIn).flatMap(refusals),
  good: [
    sample("@proves a", "return a <= a + 1 || a > 5;"),
    sample("@proves a\n@mode bits", "return a > 5 || (a | 1) > 0;"),
    sample("@proves a\n@split a 0..5", "return 1 << a > 0 || a > 5;"),
  ],
  bad: [
    sample("@proves a", "let b = a; return b === a;"),
    sample("@proves a", "return (a | 1) > 0;"),
    sample("@proves a\n@mode bits", "return (a | 1) / 2 > 0;"),
    sample("@proves a\n@split a 0..5", "return 2 << a > 0 && a / 2 > 0;"),
  ],
};

/** The theorems of an obligation file, as they are declared. */
export function theoremsOf(file: SourceFile): readonly FunctionDeclaration[] {
  return statedIn(file).map(({ declaration }) => declaration);
}

function statedIn(file: SourceFile): readonly Theorem[] {
  return isObligationFile(pathOf(file)) ? theoremsIn(file) : [];
}

/** What is refused of the whole theorem, and then of some case of it. */
function refusals(theorem: Theorem): readonly string[] {
  if (refusal(theorem, {}) === undefined) return [];
  const refused = theorem.cases
    .map((fixed) => refusal(theorem, fixed))
    .filter((each) => each !== undefined);
  return [...new Set(refused)];
}

function refusal({ name, declaration }: Theorem, fixed: Case): string | undefined {
  try {
    read(declaration, newFindings(fixed, undefined, numbersOf(declaration)));
    return undefined;
  } catch (error) {
    return `${name}: ${(error as Error).message}`;
  }
}

function sample(tags: string, text: string) {
  const path = `proofs/obligations/sample-${tags.length}-${text.length}.obligation.ts`;
  const head = 'import { assume } from "./assume.ts";\n';
  const stated = "export function f(a: number): boolean";
  return { path, text: `${head}/** A claim.\n${tags}\n*/\n${stated} { assume(a > 0); ${text} }` };
}

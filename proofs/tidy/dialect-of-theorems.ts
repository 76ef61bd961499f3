/** Everything that a theorem reaches is in the dialect, whichever case of it is proved. */
import type { FunctionDeclaration, SourceFile } from "ts-morph";
import { obligationText } from "../translate/theorem.ts";
import { pathOf, type TidyCheck } from "./tidy-check.ts";

export const dialectOfTheorems: TidyCheck = {
  claim: "what a theorem reaches is in the dialect",
  complaints: (files) => files.flatMap(theoremsOf).flatMap(refusal),
  good: [sample("return a <= a + 1 || a > 5;")],
  bad: [sample("let b = a; return b === a;"), sample("return (a & 1) === 0;")],
};

/** The theorems of an obligation file: its functions whose arguments are all unknown. */
export function theoremsOf(file: SourceFile): readonly FunctionDeclaration[] {
  if (!pathOf(file).endsWith(".obligation.ts")) return [];
  return file
    .getFunctions()
    .filter((each) => each.isExported() && each.getText().includes("assume("));
}

function refusal(theorem: FunctionDeclaration): readonly string[] {
  try {
    obligationText(theorem);
    return [];
  } catch (error) {
    return [`${theorem.getName()}: ${(error as Error).message}`];
  }
}

function sample(text: string) {
  const path = `proofs/obligations/sample-${text.length}.obligation.ts`;
  const head = 'import { assume } from "./assume.ts";\nexport function f(a: number): boolean';
  return { path, text: `${head} { assume(a > 0); ${text} }` };
}

/**
 * What is owed for a theorem: that nothing fails on the way to what it says, that each of its cases has
 * no counterexample, that the cases are all there are, and that it speaks of something.
 */
import { createHash } from "node:crypto";
import { STEPS_MAX } from "../solver/z3.ts";
import { type Case, hypothesisText, obligationParts, splitText } from "../translate/theorem.ts";
import type { Theorem } from "./theorem-list.ts";

export interface Obligation {
  readonly kind: "case" | "owed" | "split" | "speaks";
  readonly fixed: Case;
  /** What is asked of the solver, or why the theorem is not understood. */
  readonly asked: Asked;
}

type Asked<Text = string> =
  | { readonly text: Text }
  | { readonly refusal: string }
  | { readonly bug: string };

/** All that is owed for `theorem`, one by one: a formula is long, and there may be many. */
export function* obligationsOf({ declaration, cases }: Theorem): Generator<Obligation> {
  const known = new Set<string>();
  for (const fixed of cases) {
    let owed: readonly string[] = [];
    const asked = ask(() => {
      const parts = obligationParts(declaration, { fixed });
      owed = parts.owed.filter((text) => !known.has(text));
      return parts.conclusion;
    });
    // What an assumption owes is often the same question in every case.
    for (const text of owed) {
      known.add(text);
      yield { kind: "owed", fixed, asked: { text } };
    }
    yield { kind: "case", fixed, asked };
  }
  if (cases.length > 1) {
    yield { kind: "split", fixed: {}, asked: ask(() => splitText(declaration, cases)) };
  }
  for (const fixed of cases) {
    yield { kind: "speaks", fixed, asked: ask(() => hypothesisText(declaration, { fixed })) };
  }
}

/** The text, or why there is none; what no sentence was written for is a mistake of the translator. */
export function ask<Text>(translate: () => Text): Asked<Text> {
  try {
    return { text: translate() };
  } catch (error) {
    const { name, message, stack } = error as Error;
    const isSentence = name === "Error" || name === "OutsideDialect";
    return isSentence ? { refusal: message } : { bug: stack ?? message };
  }
}

/** The words for a case: `align = 8`. */
export function caseText(fixed: Case): string {
  const words = Object.entries(fixed).map(([name, value]) => `${name} = ${value}`);
  return words.length === 0 ? "the only case" : words.join(", ");
}

/**
 * What the answer to `text` depends on, but for the solver: the formula, whichever way it is laid out,
 * and how many steps may be made.
 */
export function keyOf(text: string): string {
  const lines = text.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
  const isDeclaration = (line: string): boolean => line.startsWith("(declare-");
  const declarations = lines.filter(isDeclaration).toSorted();
  const rest = lines.filter((line) => !isDeclaration(line) && line !== "");
  return digestOf([`steps ${STEPS_MAX}`, ...declarations, ...rest]);
}

/** One name for all of `parts`. */
export function digestOf(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}

/**
 * What a rule is, whatever it is a rule of: a name, a sentence, and a test of one step.
 *
 * A judge has a flat list of them and asks one after the other. So a rule may take those before it for
 * granted, and the first that is broken is the verdict.
 */
import { DEAF, type Observer } from "./observer.ts";

/** What a rule finds of a step: it kept the rule, broke it, or did not put it to the test. */
export type Finding = "held" | "broken" | "not tested";

export interface RuleOf<Step> {
  readonly name: string;
  readonly claim: string; // a sentence, true of everything that is correct
  readonly test: (step: Step) => Finding;
}

/** What is true of every state that began right and made only steps that the rules admit. */
export interface InvariantOf<State> {
  readonly name: string;
  readonly claim: string; // a sentence
  readonly holds: (state: State) => boolean;
}

/** The finding of a rule that was put to the test. */
export const held = (condition: boolean): Finding => (condition ? "held" : "broken");

/** The first of `rules` that `step` breaks; `observer` hears the names of those that it kept. */
export function firstBroken<Step>(
  rules: readonly RuleOf<Step>[],
  step: Step,
  observer: Observer = DEAF,
): RuleOf<Step> | undefined {
  for (const rule of rules) {
    const finding = rule.test(step);
    if (finding === "broken") return rule;
    if (finding === "held") observer.reached(rule.name);
  }
  return undefined;
}

/**
 * Whether each assumption of a theorem is needed.
 *
 * A theorem that stays true without one of its assumptions says less than it could, and an assumption
 * that nobody needs may be one that nobody can keep. So each is left out once, and something that is
 * owed must then no longer be proved. An assumption that is there for its readers says so, with a
 * comment in front of it: `// @auxiliary` and the reason.
 */
import type { FunctionDeclaration } from "ts-morph";
import type { SolverCrew } from "../solver/solver-crew.ts";
import { assumption, type Case, obligationParts, splitText } from "../translate/theorem.ts";
import { ask, caseText } from "./obligations-of.ts";
import type { Theorem } from "./theorem-list.ts";

export interface Assumption {
  readonly text: string;
  /** Why it is there, if it is not needed. */
  readonly auxiliary: string | undefined;
}

/** Where something can go wrong without an assumption: the split, or a case by its words. */
export type Need = string;

/** Enough to find what goes wrong; a question that takes longer is not proved, which is as good. */
const STEPS_MAX = 2_000_000;

/** What `theorem` assumes, in order. */
export function assumptionsOf({ declaration }: Theorem): readonly Assumption[] {
  return declaration.getStatements().flatMap((statement) => {
    const assumed = assumption(statement);
    if (assumed === undefined) return [];
    const comments = statement.getLeadingCommentRanges().map((range) => range.getText());
    const [, auxiliary] = /@auxiliary (.+)/.exec(comments.join("\n")) ?? [];
    return [{ text: assumed.getText(), auxiliary }];
  });
}

/** The first place where `theorem` is not proved without its assumption `index`, if there is one. */
export async function needOf(
  theorem: Theorem,
  index: number,
  crew: SolverCrew,
): Promise<Need | undefined> {
  for (const need of placesOf(theorem)) {
    if (await isNeededAt(theorem, index, need, crew)) return need;
  }
  return undefined;
}

/** Whether the assumption `index` of `theorem` is needed at the place that `need` names. */
export async function isNeededAt(
  { declaration, cases }: Theorem,
  index: number,
  need: Need,
  crew: SolverCrew,
): Promise<boolean> {
  const fixed = cases.find((each) => caseText(each) === need);
  if (fixed === undefined && need !== SPLIT) return false;
  const asked = ask(() => textsWithout(declaration, cases, fixed, index));
  if (!("text" in asked)) return true;
  for (const text of asked.text) {
    const { answer } = await crew.decide(text, STEPS_MAX);
    if (answer.kind !== "impossible") return true;
  }
  return false;
}

/** What is asked without the assumption `index`: of one case, or else of the split into all of them. */
function textsWithout(
  declaration: FunctionDeclaration,
  cases: readonly Case[],
  fixed: Case | undefined,
  index: number,
): readonly string[] {
  if (fixed === undefined) return [splitText(declaration, cases, index)];
  const { owed, conclusion } = obligationParts(declaration, { fixed, without: index });
  return [conclusion, ...owed];
}

const SPLIT = "the split";

function placesOf({ cases }: Theorem): readonly Need[] {
  return [...(cases.length > 1 ? [SPLIT] : []), ...cases.map(caseText)];
}

/**
 * The first failure of a theorem, on one screen.
 *
 * A counterexample is told by values on which the real functions were run. If they do something else
 * there than the solver says, the translation is wrong, and no verdict on the theorem counts.
 */
import { explain } from "../replay/explain.ts";
import type { Failure, LedgerRow } from "./ledger.ts";
import { type Theorem, theoremNamed } from "./theorem-list.ts";

export interface FailureText {
  readonly text: string;
  readonly isBug: boolean;
}

/** What failed in the theorem of `row`; calls that show it are saved as a trace in `folder`. */
export async function explainFailure(row: LedgerRow, folder: string): Promise<FailureText> {
  const [first] = row.failures;
  if (first === undefined) throw new Error(`${row.theorem} has not failed`);
  const more = row.failures.length - 1;
  const rest = more === 0 ? [] : ["", `and ${more} more of what is owed for ${row.theorem}`];
  const screen = await screenOf(theoremNamed(row.theorem), first, folder);
  return { ...screen, text: [screen.text, ...rest].join("\n") };
}

async function screenOf(
  { name, path, claim, declaration }: Theorem,
  { what, fixed, verdict, reason, isCase }: Failure,
  folder: string,
): Promise<FailureText> {
  const plain = [`not proved  ${name}  ${path}`, `  ${claim}`, "", `  ${what}: ${reason}`].join(
    "\n",
  );
  if (verdict !== "refuted" || !isCase) return { text: plain, isBug: verdict === "failed" };
  const { kind, text } = await explain(declaration, fixed, { saveIn: folder });
  return { text, isBug: kind === "not reproduced" };
}

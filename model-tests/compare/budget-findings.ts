/** Which budgets are exceeded. */
import { type Budget, limitOf } from "./budget.ts";
import type { BudgetFinding } from "./compare-report.ts";
import type { MeasureRow } from "./measures.ts";
import type { TimeRatio } from "./race.ts";
import { UnusableBudget } from "./unusable-budget.ts";

/** Says which budget names nothing that was measured: it would never be exceeded. */
export function demandKnownMeasures(
  budgets: readonly Budget[],
  rows: readonly MeasureRow[],
  isSaved: boolean,
): void {
  for (const { text, measure } of budgets) {
    if (measure === "time" || rows.some(({ name }) => name === measure)) continue;
    const known = [...rows.map(({ name }) => name), ...(isSaved ? [] : ["time"])].join(", ");
    throw new UnusableBudget(`--budget ${text}: both have ${known}, and no ${measure}`);
  }
}

/** Says that a budget of time means nothing where the base is not here. */
export function demandNoTime(budgets: readonly Budget[]): void {
  const timed = budgets.find(({ measure }) => measure === "time");
  if (timed === undefined) return;
  throw new UnusableBudget(`--budget ${timed.text}: time is not compared with a saved baseline`);
}

/** What came of each budget; that of time is exceeded only if its whole interval is beyond. */
export function budgetFindings(
  budgets: readonly Budget[],
  rows: readonly MeasureRow[],
  time: TimeRatio | { readonly why: string } | undefined,
): readonly BudgetFinding[] {
  return budgets.flatMap((budget) => {
    const { text, measure } = budget;
    if (measure === "time") {
      if (time === undefined || "why" in time) {
        throw new UnusableBudget(
          `--budget ${text}: time is not compared: ${time?.why ?? "stopped"}`,
        );
      }
      const limit = limitOf(budget, 1);
      return [{ text, measure, limit, value: time.ratio, isExceeded: time.low > limit }];
    }
    const row = rows.find(({ name }) => name === measure);
    if (row === undefined) return [];
    const limit = limitOf(budget, row.base);
    return [{ text, measure, limit, value: row.candidate, isExceeded: row.candidate > limit }];
  });
}

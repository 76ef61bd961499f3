/** What a replay came to, for a person: the same of a heap and of a machine. */
import type { ReplayReport } from "../campaign/replay.ts";
import { grouped } from "../report/check-text.ts";

type Replayed = Omit<ReplayReport, "violation"> & {
  readonly violation?: { readonly rule: string };
};

/** The lines for `report`; `violationLines` tell of the rule that was broken, if one was. */
export function replayText(report: Replayed, violationLines: readonly string[]): string {
  const { name, calls, skipped, expected, violation, verdict, differsAt } = report;
  if (verdict === "nondeterministic") {
    return differsAt === undefined
      ? `nondeterministic  ${name}: two replays of the trace disagreed\n`
      : `diverged  ${name}: call ${differsAt + 1} is answered otherwise than recorded\n`;
  }
  if (violation === undefined) {
    const said = expected === undefined ? "" : `; the trace says that it breaks ${expected}`;
    const left = skipped > 0 ? `, ${grouped(skipped)} skipped` : "";
    return `passed  ${name}: ${grouped(calls)} calls${left}, no rule broken${said}\n`;
  }
  const lines = [...violationLines];
  if (expected !== undefined) {
    const same =
      expected === violation.rule
        ? "the rule that the trace names"
        : `not ${expected}, which the trace names`;
    lines.splice(lines.length - 1, 0, `  ${same}`, "");
  }
  return `${lines.join("\n")}\n`;
}

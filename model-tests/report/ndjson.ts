/** What a check found, one JSON object a line: for whoever reads results as a stream. */
import type { AnyCheck } from "./github-text.ts";
import { toldSteps } from "./told-steps.ts";

/**
 * A line for what was judged, one for each rule, each mark, each recorded trace, one for what was missed or
 * broken, and the last one for the verdict.
 */
export function ndjsonText(report: AnyCheck): string {
  const { v, command, subject, name, options, seed, verdict, exit, runs, calls } = report;
  const { rules, hints, marks, traces, missed, violation, measured } = report;
  const records: readonly object[] = [
    { t: "begin", v, command, subject, name, ...(options && { options }), seed },
    ...Object.entries(rules).map(([rule, finding]) => {
      const hint = hints[rule];
      return { t: "rule", rule, finding, ...(hint === undefined ? {} : { hint }) };
    }),
    ...Object.entries(marks).map(([mark, times]) => ({ t: "mark", mark, times })),
    ...traces.map((trace) => ({ t: "trace", ...trace })),
    ...missed.map((sentence) => ({ t: "missed", sentence })),
    ...(violation === undefined
      ? []
      : [
          {
            t: "violation",
            rule: violation.rule,
            sentence: violation.sentence,
            at: violation.at,
            steps: toldSteps(violation),
            ...(violation.trace === undefined ? {} : { trace: violation.trace }),
          },
        ]),
    { t: "measured", ...measured },
    { t: "end", verdict, exit, runs, calls },
  ];
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** What a check found as JUnit XML, one case a rule: what build servers read. */
import type { CheckReport } from "../campaign/check-report.ts";
import { storyLines } from "./story-text.ts";

/** The XML document for `report`. */
export function junitText(report: CheckReport): string {
  const { violation } = report;
  return junitDocument(report, violation && storyLines(violation.calls, violation.story));
}

/** What there is to say of a check, whatever was judged. */
export type Judged = Pick<CheckReport, "name" | "rules" | "missed" | "verdict"> & {
  readonly violation?: { readonly sentence: string; readonly trace?: string };
};

/** The XML document for `report`; `calls` are those of its violation. */
export function junitDocument(report: Judged, calls: readonly string[] = []): string {
  const { name, rules, violation, missed, verdict } = report;
  const entries = Object.entries(rules);
  const skipped = entries.filter(([, finding]) => finding === "not tested").length;
  const isVacuous = verdict !== "passed" && violation === undefined;
  const failures = (violation === undefined ? 0 : 1) + (isVacuous ? 1 : 0);
  const cases = entries.map(([rule, finding]) => {
    const open = `    <testcase classname="${escaped(name)}" name="${escaped(rule)}"`;
    if (finding === "held") return `${open}/>`;
    if (finding === "not tested") return `${open}><skipped/></testcase>`;
    const text = [violation?.sentence ?? "", ...calls, violation?.trace ?? ""].join("\n");
    const message = escaped(violation?.sentence ?? "");
    return `${open}><failure message="${message}">${escaped(text)}</failure></testcase>`;
  });
  if (isVacuous) {
    const message = escaped(missed.join("; ") || verdict);
    const open = `    <testcase classname="${escaped(name)}" name="${verdict}">`;
    cases.push(`${open}<failure message="${message}"/></testcase>`);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}" skipped="${skipped}">`,
    `  <testsuite name="${escaped(name)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}">`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "?");
}

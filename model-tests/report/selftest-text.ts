/** What a self-test found, for a person: each fault, the rule that found it, and after how many calls. */
import colors from "picocolors";
import type { SelftestReport, ShimReport } from "../selftest/selftest.ts";
import { subjectText } from "../subject/subject-options.ts";
import { count, grouped, wrapped } from "./check-text.ts";

/** The lines for `report`. */
export function selftestText(report: SelftestReport): string {
  const { verdict, name, shims, seed, broken, without } = report;
  const head = verdict === "passed" ? colors.green("passed") : colors.red(verdict);
  const named = subjectText(report.subject, report.options);
  if (broken !== undefined) {
    return (
      `${head}  ${name}: it breaks ${broken} as it is, so nothing can be planted in it\n` +
      `Next: npx ariadne check ${named}\n`
    );
  }
  const of = (outcome: ShimReport["outcome"]): readonly ShimReport[] =>
    shims.filter((shim) => shim.outcome === outcome);
  const caught = of("caught");
  const rest = of("does not apply").length;
  const lines = [
    `${head}  ${name}  ${colors.dim(`seed ${seed}`)}`,
    `        ${caught.length} of ${count(shims.length, "planted fault")} caught` +
      `${rest > 0 ? `, ${rest} of them ${rest === 1 ? "does" : "do"} not apply` : ""}` +
      `${without === undefined ? "" : `; the rule ${without} was not asked`}`,
    "",
    ...caughtLines(caught),
    ...notedLines("found by another rule", of("found by another rule"), ({ rule, foundBy }) => {
      return `${foundBy} found what breaks ${rule}`;
    }),
    ...notedLines("not caught", of("missed"), ({ rule, calls }) => {
      return `${rule} held in ${count(calls, "call")}`;
    }),
    ...notedLines("did not come up, so nothing is known", of("did not come up"), (shim) => {
      return `no occasion in ${count(shim.calls, "call")}`;
    }),
    ...exemptLines(of("does not apply")),
  ];
  if (verdict === "interrupted") lines.push("", `interrupted after ${caught.length} faults`);
  return `${lines.join("\n")}\n`;
}

function caughtLines(caught: readonly ShimReport[]): readonly string[] {
  if (caught.length === 0) return [];
  const names = width(caught, ({ shim }) => shim);
  const rules = width(caught, ({ foundBy = "" }) => foundBy);
  return [
    `  ${"fault".padEnd(names)}  ${"caught by".padEnd(rules)}  calls`,
    ...caught.map(({ shim, foundBy = "", calls }) => {
      return `  ${shim.padEnd(names)}  ${foundBy.padEnd(rules)}  ${grouped(calls).padStart(5)}`;
    }),
  ];
}

function notedLines(
  title: string,
  shims: readonly ShimReport[],
  note: (shim: ShimReport) => string,
): readonly string[] {
  if (shims.length === 0) return [];
  const names = width(shims, ({ shim }) => shim);
  return ["", `  ${title}`, ...shims.map((one) => `  ${one.shim.padEnd(names)}  ${note(one)}`)];
}

/** What does not apply, by what it lacks. */
function exemptLines(shims: readonly ShimReport[]): readonly string[] {
  if (shims.length === 0) return [];
  const reasons = [...new Set(shims.map(({ reason }) => reason ?? ""))];
  return [
    "",
    "  does not apply",
    ...reasons.flatMap((reason) => {
      const names = shims.filter((shim) => shim.reason === reason).map(({ shim }) => shim);
      return [`  ${reason}:`, ...wrapped(names, ", ")];
    }),
  ];
}

function width(shims: readonly ShimReport[], of: (shim: ShimReport) => string): number {
  return Math.max(...shims.map((shim) => of(shim).length), 0);
}

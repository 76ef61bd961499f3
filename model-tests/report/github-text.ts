/**
 * What a check found, as GitHub reads it: an annotation in the log, and a summary of the job in Markdown.
 *
 * Whatever stands in an annotation is escaped, since a line that a subject made up could else be a command.
 */
import type { CheckReport, ViolationReport } from "../campaign/check-report.ts";
import type { MachineViolation } from "../campaign/machine-report.ts";
import { kindOf } from "../subject/subject-kind.ts";
import { count, grouped, reproduceText } from "./check-text.ts";
import { toldSteps } from "./told-steps.ts";

/** A check of a heap, or of a machine. */
export type AnyCheck = Omit<CheckReport, "violation"> & {
  readonly violation?: ViolationReport | MachineViolation;
};

const STEPS_MAX = 30;

/** The annotations for `report`, one a line. */
export function githubText(report: AnyCheck): string {
  const { name, verdict, missed, violation, rules } = report;
  if (violation !== undefined) {
    const title = `${name} breaks ${violation.rule}`;
    const body = [violation.sentence, "", ...stepLines(violation), "", again(report)];
    return annotation("error", title, body.join("\n"), fileOf(report));
  }
  if (verdict === "passed") {
    const held = Object.values(rules).filter((finding) => finding === "held").length;
    const { executed } = report.calls;
    const text = `${held} of ${count(Object.keys(rules).length, "rule")} tested, ${count(executed, "call")}`;
    return annotation("notice", `${name} passed`, text, undefined);
  }
  const body = [...missed, again(report)].join("\n");
  return annotation("error", `${name}: ${verdict}`, body, fileOf(report));
}

/** The same for the page of a job. */
export function githubSummary(report: AnyCheck): string {
  const { name, verdict, violation, rules, calls, runs, seed, missed } = report;
  const of = (finding: string): readonly string[] =>
    Object.keys(rules).filter((rule) => rules[rule] === finding);
  const lines = [
    `### Ariadne: ${plain(name)} ${verdict}`,
    "",
    `${count(calls.executed, "call")} judged in ${count(runs, "run")}, seed ${seed}; ` +
      `${of("held").length} of ${grouped(Object.keys(rules).length)} rules were put to the test and held.`,
  ];
  if (violation !== undefined) {
    const fenced = [...stepLines(violation), "", again(report)].map(oneLine);
    lines.push("", `**${violation.rule}**: ${plain(violation.sentence)}`, "", "```");
    lines.push(...fenced, "```");
  }
  for (const reason of missed) lines.push("", `- ${plain(reason)}`);
  const untested = of("not tested");
  if (untested.length > 0) lines.push("", `Not tested: ${untested.join(", ")}`);
  return `${lines.join("\n")}\n\n`;
}

function stepLines(violation: ViolationReport | MachineViolation): readonly string[] {
  const steps = toldSteps(violation);
  const lines = steps.map(({ text }, index) => `${index + 1}  ${text}`);
  if (lines.length <= STEPS_MAX) return lines;
  const half = STEPS_MAX / 2;
  return [...lines.slice(0, half), `… ${lines.length - STEPS_MAX} more …`, ...lines.slice(-half)];
}

function again(report: AnyCheck): string {
  const { trace, run } = report.violation ?? {};
  return reproduceText(report, {
    ...(trace === undefined ? {} : { trace }),
    ...(run === undefined ? {} : { run }),
  });
}

/** The file that the subject is written in, if it is a module of the repository. */
function fileOf({ subject, options = {} }: AnyCheck): string | undefined {
  return kindOf(subject, options) === "module" ? subject.replace(/^\.\//, "") : undefined;
}

function annotation(
  level: "error" | "notice",
  title: string,
  message: string,
  file: string | undefined,
): string {
  const place = file === undefined ? "" : `file=${property(file)},`;
  return `::${level} ${place}title=${property(title)}::${data(message)}\n`;
}

/** A line feed, or a per cent sign that would be read as the beginning of one. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** `text` where a line is code, which it is not to end. */
function oneLine(text: string): string {
  return text.replaceAll("```", "...").replaceAll(/[\r\n]+/g, " ");
}

/** `text` where Markdown is read, so that it says what it says. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`).replaceAll(/\s+/g, " ");
}

/** What a log was found to be, for a person. */
import colors from "picocolors";
import type { LogViolation, ValidateReport } from "../campaign/validate.ts";
import { callText } from "../trace/call-text.ts";
import { grouped } from "./check-text.ts";
import { heapMapText } from "./heap-map-text.ts";
import { answerText } from "./story-text.ts";

/** The lines for `report`; `flags` are the words that say by what it was judged. */
export function validateText(report: ValidateReport, flags: string): string {
  const { violation } = report;
  const lines =
    violation === undefined ? passLines(report) : violationLines(report, violation, flags);
  return `${lines.join("\n")}\n`;
}

/** The command that finds the same again. */
export function revalidateText(trace: string | undefined, flags: string): string {
  if (trace === undefined) return "Reproduce: the same log again";
  return `Reproduce: npx ariadne validate ${trace}${flags}`;
}

function passLines(report: ValidateReport): readonly string[] {
  const { verdict, rules, missed, live } = report;
  const head = verdict === "passed" ? colors.green("passed") : colors.yellow(verdict);
  const names = Object.keys(rules);
  const held = names.filter((rule) => rules[rule] === "held");
  return [
    `${head}  ${nameOf(report)}  ${effort(report)}`,
    `        ${counts(report)}`,
    `        live at most: ${grouped(live.blocksPeak)} blocks, ${grouped(live.bytesPeak)} bytes;` +
      ` at the end: ${grouped(live.blocks)} blocks, ${grouped(live.bytes)} bytes`,
    ...missed.map((reason) => `        ${reason}`),
    "",
    `  rules   ${held.length} of ${names.length} were put to the test and held`,
    ...held.map((rule) => `          ${rule}`),
    "",
    "  not tested: what needs the memory itself, and what was not promised (--promises, --extent)",
  ];
}

function violationLines(
  report: ValidateReport,
  violation: LogViolation,
  flags: string,
): readonly string[] {
  const { rule, sentence, at, line, call, answer, facts, story, trace, unsaved } = violation;
  const answered = answer.kind === "switched" ? "switched" : answerText(answer);
  const text = callText(call).replace(/ align 1(?= |$)/, "");
  return [
    `${colors.red("violated")}  ${colors.bold(rule)}  ${nameOf(report)}`,
    `          ${sentence}`,
    `          line ${line}, after ${grouped(at)} calls that keep the rules`,
    "",
    `  ${text}  -> ${answered}`,
    ...facts.map((fact) => `      ${fact}`),
    ...["", ...heapMapText(story).map((row) => `  ${row}`)].slice(story.extent.length > 0 ? 0 : 1),
    "",
    ...(trace === undefined ? [] : [`  trace   ${trace}`, ""]),
    ...(unsaved === undefined ? [] : [`  not saved: ${unsaved}`, ""]),
    revalidateText(trace, flags),
  ];
}

function nameOf({ log, program }: ValidateReport): string {
  return program === undefined ? log : `${log} (${program})`;
}

function counts({ calls: { judged, refused, skipped } }: ValidateReport): string {
  return `${grouped(judged)} answers judged, ${grouped(refused)} of them refusals; ${grouped(skipped)} calls left out`;
}

function effort({ measured }: ValidateReport): string {
  const seconds = (measured.milliseconds / 1000).toFixed(1);
  return colors.dim(`${seconds} s, ${grouped(measured.callsPerSecond)} calls/s`);
}

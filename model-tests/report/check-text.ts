/** What a check found, for a person: on a pass its strength, on a failure one screen. */
import colors from "picocolors";
import type { CheckReport, OnceBroken, ViolationReport } from "../campaign/check-report.ts";
import type { ToldSubject } from "../campaign/told-subject.ts";
import { subjectText } from "../subject/subject-options.ts";
import { heapMapText } from "./heap-map-text.ts";
import { storyLines } from "./story-text.ts";

/** The lines for `report`; the last line of a failure is the command that repeats it. */
export function checkText(report: CheckReport, isVerbose: boolean): string {
  const lines =
    report.violation === undefined
      ? passLines(report, isVerbose)
      : violationLines(report, report.violation);
  return `${lines.join("\n")}\n`;
}

/** The command that repeats `violation`. */
export function reproduceText(
  { subject, options, seed }: Told,
  { trace, run }: Pick<ViolationReport, "trace" | "run">,
): string {
  const named = subjectText(subject, options);
  if (trace !== undefined) return `Reproduce: npx ariadne replay ${trace} ${named}`;
  if (run === undefined || seed === undefined) return "Reproduce: the same check again";
  return `Reproduce: npx ariadne check ${named} --seed ${seed} --run ${run}`;
}

function passLines(report: CheckReport, isVerbose: boolean): readonly string[] {
  const { verdict, name, calls, runs, traces, rules, marks, missed, once } = report;
  const isPassed = verdict === "passed";
  const head = isPassed ? colors.green("passed") : colors.yellow(verdict);
  const lines = [
    `${head}  ${name}  ${effortText(report)}`,
    `        ${count(calls.executed, "call")} judged in ${count(runs, "run")}` +
      `${traces.length > 0 ? ` and ${count(traces.length, "recorded trace")}` : ""}` +
      `, ${grouped(calls.refused)} refused, ${grouped(calls.skipped)} skipped` +
      `${calls.emulated > 0 ? `, ${grouped(calls.emulated)} resized by hand` : ""}`,
  ];
  if (once !== undefined) lines.push(...onceLines(once));
  for (const reason of missed) lines.push(`        ${reason}`);
  for (const { path, calls: made } of traces)
    lines.push(`        trace ${path}: ${count(made, "call")}`);

  const names = Object.keys(rules);
  const held = names.filter((rule) => rules[rule] === "held");
  const untested = names.filter((rule) => rules[rule] === "not tested");
  lines.push("", `  rules   ${held.length} of ${names.length} were put to the test and held`);
  lines.push(...wrapped(held));
  if (rules["payload-intact"] === "held") {
    lines.push(
      "",
      "  watched every byte of every block after every call, in heaps of up to 4 KiB;",
    );
    lines.push("          in larger ones the neighbours of the call's block and one more in turn");
  }
  if (untested.length > 0) {
    lines.push("", `  not tested, and what would switch it on`);
    for (const rule of untested) {
      lines.push(`          ${rule.padEnd(24)} ${report.hints[rule] ?? ""}`);
    }
  }
  if (isVerbose || isPassed) {
    const reached = Object.entries(marks).map(([mark, times]) => `${mark} ${grouped(times)}`);
    if (reached.length > 0) lines.push("", "  reached", ...wrapped(reached, ", "));
  }
  if (report.inferred !== undefined) {
    lines.push("", "  measured, not promised; promise it to have it judged");
    lines.push(`          promises: ${JSON.stringify(report.inferred)}`);
  }
  const named = subjectText(report.subject, report.options);
  const run = once?.run === undefined ? "" : ` --run ${once.run}`;
  if (!isPassed) lines.push("", `Again: npx ariadne check ${named} --seed ${report.seed}${run}`);
  return lines;
}

function onceLines({ rule, sentence, at, reason, run }: OnceBroken): readonly string[] {
  const where = run === undefined ? "" : ` of run ${grouped(run)}`;
  return [
    `        ${rule} was broken once, by call ${grouped(at + 1)}${where}: ${sentence}`,
    ...(reason === undefined ? [] : [`        ${reason}`]),
    "        the same calls, made again, broke no rule",
  ];
}

/** One screen for a failure: the rule, the calls, what is wrong, the map, how to repeat it. */
export function violationLines(told: Told, violation: ViolationReport): readonly string[] {
  const { rule, sentence, calls, story, shrunk } = violation;
  const before = shrunk?.callsBefore ?? calls.length;
  const from = before > calls.length ? ` of ${grouped(before)}` : "";
  const seed = violation.run === undefined ? "" : `seed ${told.seed}, run ${violation.run}, `;
  const facts = (story?.facts ?? []).map((fact) => `      ${fact}`);
  const map = story === undefined ? [] : heapMapText(story).map((line) => `  ${line}`);
  return [
    `${colors.red("violated")}  ${colors.bold(rule)}  ${told.name}`,
    `          ${sentence}`,
    `          ${seed}${from === "" ? count(calls.length, "call") : `${calls.length}${from} calls`}, ${config(violation)}`,
    "",
    ...storyLines(calls, story),
    ...facts,
    ...(map.length > 0 ? ["", ...map] : []),
    "",
    ...(shrunk === undefined ? [] : [shrunkText(shrunk, violation.isReplayed)]),
    ...(violation.trace === undefined ? [] : [`  trace   ${violation.trace}`, ""]),
    ...(violation.unsaved === undefined ? [] : [`  not saved: ${violation.unsaved}`, ""]),
    reproduceText(told, violation),
  ];
}

/** What a failure is told about, whichever command found it. */
export interface Told extends ToldSubject {
  readonly seed?: string;
}

function shrunkText(
  { isShortest, executions }: NonNullable<ViolationReport["shrunk"]>,
  isReplayed: boolean,
): string {
  const shortest = isShortest
    ? "no shorter trace of the same requests breaks the rule"
    : "made shorter as far as the effort went";
  const replayed = isReplayed ? "; replayed in a fresh process" : "";
  return `  ${shortest} (${count(executions, "execution")})${replayed}`;
}

function config({ config: { memoryBytes, cores } }: ViolationReport): string {
  return `${grouped(memoryBytes)} bytes of memory${cores > 1 ? `, ${cores} cores` : ""}`;
}

function effortText({ seed, measured }: CheckReport): string {
  const seconds = (measured.milliseconds / 1000).toFixed(1);
  return colors.dim(`seed ${seed}, ${seconds} s, ${grouped(measured.callsPerSecond)} calls/s`);
}

/** `words` in lines of a screen, set in. */
export function wrapped(words: readonly string[], separator = " "): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, word] of words.entries()) {
    const piece = index < words.length - 1 ? `${word}${separator}` : word;
    if (line.length + piece.length > 84) {
      lines.push(`          ${line.trimEnd()}`);
      line = "";
    }
    line += piece;
  }
  if (line !== "") lines.push(`          ${line.trimEnd()}`);
  return lines;
}

/** So many of a thing, in words. */
export function count(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A number with its thousands set apart. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

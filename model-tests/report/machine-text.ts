/** What the commands found out about a machine, for a person: one screen for a failure. */
import colors from "picocolors";
import type { MachineCheckReport, MachineViolation } from "../campaign/machine-report.ts";
import { checkText, grouped, reproduceText, type Told } from "./check-text.ts";

/** The lines for `report`; the last line of a failure is the command that repeats it. */
export function machineCheckText(report: MachineCheckReport, isVerbose: boolean): string {
  const { violation, ...rest } = report;
  if (violation === undefined) return checkText(rest, isVerbose);
  return `${machineViolationLines(report, violation).join("\n")}\n`;
}

/** One screen for a failure: the rule, the calls, the machine, how to repeat it. */
export function machineViolationLines(told: Told, violation: MachineViolation): readonly string[] {
  const { rule, sentence, calls, config, shrunk, run, story, trace, unsaved } = violation;
  const before = shrunk?.callsBefore ?? calls.length;
  const from = before > calls.length ? ` of ${grouped(before)}` : "";
  const seed = run === undefined ? "" : `seed ${told.seed}, run ${run}, `;
  const length = calls.length === 1 && from === "" ? "1 call" : `${calls.length}${from} calls`;
  return [
    `${colors.red("violated")}  ${colors.bold(rule)}  ${told.name}`,
    `          ${sentence}`,
    `          ${seed}${length}, ${grouped(config.frameCount)} frames`,
    "",
    ...story,
    "",
    ...(shrunk === undefined ? [] : [shrunkText(shrunk, violation.isReplayed)]),
    ...(trace === undefined ? [] : [`  trace   ${trace}`, ""]),
    ...(unsaved === undefined ? [] : [`  not saved: ${unsaved}`, ""]),
    machineReproduceText(told, violation),
  ];
}

/** The command that repeats `violation`. */
export function machineReproduceText(told: Told, { trace, run }: MachineViolation): string {
  return reproduceText(told, {
    ...(trace === undefined ? {} : { trace }),
    ...(run === undefined ? {} : { run }),
  });
}

function shrunkText(
  { executions }: NonNullable<MachineViolation["shrunk"]>,
  isReplayed: boolean,
): string {
  const replayed = isReplayed ? "; replayed on a fresh machine" : "";
  return `  made shorter as far as the effort went (${grouped(executions)} executions)${replayed}`;
}

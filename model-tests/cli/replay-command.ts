/** `ariadne replay`: exactly these calls, once more. */
import type { Command } from "commander";
import { type ReplayReport, replay } from "../campaign/replay.ts";
import { violationLines } from "../report/check-text.ts";
import { loadMachineTrace } from "../trace/load-machine-trace.ts";
import type { Acting } from "./acting.ts";
import { printReport } from "./print-report.ts";
import { replayMachineCommand } from "./replay-machine-command.ts";
import { replayText } from "./replay-text.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { duration } from "./values.ts";

interface Flags extends SubjectFlags {
  readonly strict?: boolean;
  readonly callTimeout?: number;
  readonly json?: boolean;
}

/** Adds the command. */
export function replayCommand(program: Command, acting: Acting): void {
  const command = program
    .command("replay")
    .argument("<trace>", "a trace, or a recorded log of calls")
    .argument("[subject]", "the one that the trace names if absent")
    .description("run exactly the calls of a trace and judge every answer")
    .option("--strict", "recorded answers must be the same too; exit 5 if not")
    .option("--call-timeout <duration>", "how long one call may take", duration)
    .option("--json", "print the report as JSON");
  addSubjectFlags(command).action(acting(runReplay));
}

async function runReplay(
  terminal: Terminal,
  trace: string,
  named: string | undefined,
  flags: Flags,
): Promise<number> {
  const { subject, options } = typedSubject(named, flags);
  const ofMachine = loadMachineTrace(trace);
  if (ofMachine !== undefined) {
    return await replayMachineCommand(terminal, { path: trace, trace: ofMachine }, subject, flags);
  }

  const report = await replay({
    trace,
    options,
    directory: terminal.directory,
    isStrict: flags.strict ?? false,
    signal: terminal.signal,
    ...(subject === undefined ? {} : { subject }),
    ...(flags.callTimeout === undefined ? {} : { callTimeoutMs: flags.callTimeout }),
  });
  return printReport(terminal, report, flags.json, text);
}

function text(report: ReplayReport): string {
  const { violation } = report;
  return replayText(report, violation === undefined ? [] : violationLines(report, violation));
}

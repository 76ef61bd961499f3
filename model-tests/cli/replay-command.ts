/** `ariadne replay`: exactly these calls, once more. */
import type { Command } from "commander";
import { type ReplayReport, replay } from "../campaign/replay.ts";
import { grouped, violationLines } from "../report/check-text.ts";
import { loadMachineTrace } from "../trace/load-machine-trace.ts";
import type { Acting } from "./acting.ts";
import { replayMachineCommand } from "./replay-machine-command.ts";
import type { Terminal } from "./terminal.ts";
import { duration } from "./values.ts";

interface Flags {
  readonly strict?: boolean;
  readonly callTimeout?: number;
  readonly json?: boolean;
}

/** Adds the command. */
export function replayCommand(program: Command, acting: Acting): void {
  program
    .command("replay")
    .argument("<trace>", "a trace, or a recorded log of calls")
    .argument("[subject]", "the one that the trace names if absent")
    .description("run exactly the calls of a trace and judge every answer")
    .option("--strict", "recorded answers must be the same too; exit 5 if not")
    .option("--call-timeout <duration>", "how long one call may take", duration)
    .option("--json", "print the report as JSON")
    .action(acting(runReplay));
}

async function runReplay(
  terminal: Terminal,
  trace: string,
  subject: string | undefined,
  flags: Flags,
): Promise<number> {
  const ofMachine = loadMachineTrace(trace);
  if (ofMachine !== undefined) {
    return await replayMachineCommand(terminal, { path: trace, trace: ofMachine }, subject, flags);
  }

  const report = await replay({
    trace,
    directory: terminal.directory,
    isStrict: flags.strict ?? false,
    signal: terminal.signal,
    ...(subject === undefined ? {} : { subject }),
    ...(flags.callTimeout === undefined ? {} : { callTimeoutMs: flags.callTimeout }),
  });
  terminal.print(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : text(report));
  return report.exit;
}

function text(report: ReplayReport): string {
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
  const lines = [...violationLines(report, violation)];
  if (expected !== undefined) {
    const same =
      expected === violation.rule
        ? "the rule that the trace names"
        : `not ${expected}, which the trace names`;
    lines.splice(lines.length - 1, 0, `  ${same}`, "");
  }
  return `${lines.join("\n")}\n`;
}

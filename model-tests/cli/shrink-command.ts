/** `ariadne shrink`: the shortest trace that still breaks the same rule. */
import type { Command } from "commander";
import { type ShrinkReport, shrinkTrace } from "../campaign/shorten.ts";
import { violationLines } from "../report/check-text.ts";
import { loadMachineTrace } from "../trace/load-machine-trace.ts";
import type { Acting } from "./acting.ts";
import { printReport } from "./print-report.ts";
import { shrinkMachineCommand } from "./replay-machine-command.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./values.ts";

interface Flags extends SubjectFlags {
  readonly certify?: boolean;
  readonly executions?: number;
  readonly output?: string;
  readonly json?: boolean;
}

/** Adds the command. */
export function shrinkCommand(program: Command, acting: Acting): void {
  const command = program
    .command("shrink")
    .argument("<trace>", "a trace that breaks a rule")
    .argument("[subject]", "the one that the trace names if absent")
    .description("find the shortest trace that breaks the same rule")
    .option("--certify", "try everything shorter in the trace's own words")
    .option("--executions <n>", "how much effort, in executions", wholeNumber("--executions", 1))
    .option("--output <file>", "where to write it; beside the trace, with .min, if absent")
    .option("--json", "print the report as JSON");
  addSubjectFlags(command).action(acting(runShrink));
}

async function runShrink(
  terminal: Terminal,
  trace: string,
  named: string | undefined,
  flags: Flags,
): Promise<number> {
  const { subject, options } = typedSubject(named, flags);
  const output = flags.output ?? `${trace.replace(/(\.trace)?\.jsonl$/, "")}.min.trace.jsonl`;
  const ofMachine = loadMachineTrace(trace);
  if (ofMachine !== undefined) {
    const found = { path: trace, trace: ofMachine };
    return await shrinkMachineCommand(terminal, found, subject, { ...flags, output });
  }
  const working = terminal.work(`shortening ${trace}`);
  try {
    const report = await shrinkTrace({
      trace,
      options,
      directory: terminal.directory,
      certify: flags.certify ?? false,
      output,
      signal: terminal.signal,
      ...(subject === undefined ? {} : { subject }),
      ...(flags.executions === undefined ? {} : { executions: flags.executions }),
    });
    working.stop();
    return printReport(terminal, report, flags.json, () => text(report, flags));
  } finally {
    working.stop();
  }
}

function text(report: ShrinkReport, flags: Flags): string {
  const { violation, name, isCertified } = report;
  if (violation === undefined)
    return `held  ${name}: the trace breaks no rule, so there is nothing to shorten\n`;
  const lines = [...violationLines(report, violation)];
  if (isCertified) {
    lines.splice(
      lines.length - 1,
      0,
      "  certified: everything shorter over the trace's alphabet was tried",
      "",
    );
  } else if (flags.certify) {
    lines.splice(lines.length - 1, 0, "  not certified: there was too much to try", "");
  }
  return `${lines.join("\n")}\n`;
}

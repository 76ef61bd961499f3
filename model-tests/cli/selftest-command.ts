/** `ariadne selftest`: are planted faults found, and by the rules that they break? */
import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { RULES, SYSTEM_REQUEST_RULES, SYSTEM_RULES } from "#spec";
import { selftestText } from "../report/selftest-text.ts";
import { selftest } from "../selftest/selftest.ts";
import type { Acting } from "./acting.ts";
import { demandHeaps } from "./demand-heaps.ts";
import { printReport } from "./print-report.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { duration, seed, workers } from "./values.ts";

interface Flags extends SubjectFlags {
  readonly seed?: number;
  readonly workers?: number;
  readonly callTimeout?: number;
  readonly without?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ariadne selftest ./mine.ts                         each planted fault, and the rule that finds it
  ariadne selftest ./mine.ts --without payload-intact
                                                     as if a rule were missing: exit 4`;

/** Adds the command. */
export function selftestCommand(program: Command, acting: Acting): void {
  const cores = availableParallelism();
  const names = [...RULES, ...SYSTEM_RULES, ...SYSTEM_REQUEST_RULES].map(({ name }) => name);
  const command = program
    .command("selftest")
    .argument("[subject]", "a built-in name, or the path of a module; combination if absent")
    .description("plant faults in front of a subject and see that each is found by its rule")
    .option("--seed <n>", "decimal or 0xhex; the same if absent", seed)
    .option("--workers <n|percent>", `threads to use of ${cores}`, workers(cores))
    .option("--call-timeout <duration>", "how long one call may take; 500ms if absent", duration)
    .addOption(new Option("--without <rule>", "do not ask that rule").choices(names))
    .option("--json", "print the report as JSON")
    .addHelpText("after", EXAMPLES);
  addSubjectFlags(command).action(acting(runSelftest));
}

async function runSelftest(
  terminal: Terminal,
  named: string | undefined,
  flags: Flags,
): Promise<number> {
  const { subject = "combination", options } = typedSubject(named, flags);
  if (options.stdio !== true) demandHeaps("selftest", terminal, subject);
  const working = terminal.work("planting faults");
  try {
    const report = await selftest({
      subject,
      options,
      directory: terminal.directory,
      workers: flags.workers ?? Math.min(4, availableParallelism()),
      signal: terminal.signal,
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.callTimeout === undefined ? {} : { callTimeoutMs: flags.callTimeout }),
      ...(flags.without === undefined ? {} : { without: flags.without }),
    });
    working.stop();
    return printReport(terminal, report, flags.json, selftestText);
  } finally {
    working.stop();
  }
}

/** `ariadne validate`: judge what an allocator has answered, from a log. */
import { type Command, Option } from "commander";
import { type ValidateReport, validate } from "../campaign/validate.ts";
import { grouped } from "../report/check-text.ts";
import { revalidateText, validateText } from "../report/validate-text.ts";
import { PROFILES } from "../subject/contract.ts";
import type { ExtentPart, ProfileName } from "../subject/subject.ts";
import type { Acting } from "./acting.ts";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

interface Flags {
  readonly promises?: ProfileName;
  readonly extent?: readonly ExtentPart[];
  readonly json?: boolean;
}

const ABOUT = `
A log is a trace with answers, or what ariadne record has written; gzip or not. It is read once, so it
may be a pipe, and takes no more memory than the blocks that are live.

Examples:
  ariadne record out.log -- ./program     and then
  ariadne validate out.log
  ariadne validate boot.trace.jsonl --promises kernel --extent 0x10000+65536`;

/** Adds the command. */
export function validateCommand(program: Command, acting: Acting): void {
  program
    .command("validate")
    .argument("<log>", "calls with what they were answered; what it is is read from its content")
    .description("judge a recorded log of an allocator's answers")
    .addOption(
      new Option("--promises <profile>", "what the allocator promises").choices(
        Object.keys(PROFILES),
      ),
    )
    .option("--extent <start+size>", "where blocks may lie, like 0x1000+65536; repeatable", part)
    .option("--json", "print the report as JSON")
    .addHelpText("after", ABOUT)
    .action(acting(runValidate));
}

async function runValidate(terminal: Terminal, log: string, flags: Flags): Promise<number> {
  const { promises, extent } = flags;
  const working = terminal.work(`reading ${log}`);
  try {
    const report = await validate({
      log,
      directory: terminal.directory,
      signal: terminal.signal,
      onProgress: (calls) => working.update(`${log}: ${grouped(calls)} calls`),
      ...(promises === undefined ? {} : { promises }),
      ...(extent === undefined ? {} : { extent }),
    });
    working.stop();
    tell(terminal, report, flags);
    return report.exit;
  } finally {
    working.stop();
  }
}

function tell(terminal: Terminal, report: ValidateReport, flags: Flags): void {
  const words = flagText(flags);
  for (const warning of report.warnings) terminal.say(`ariadne: ${warning}`);
  if (flags.json !== true) {
    terminal.print(validateText(report, words));
    return;
  }
  terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
  if (report.violation === undefined) return;
  terminal.say(revalidateText(report.violation.trace, words));
}

function flagText({ promises, extent = [] }: Flags): string {
  const parts = extent.map(({ start, size }) => ` --extent 0x${start.toString(16)}+${size}`);
  return `${promises === undefined ? "" : ` --promises ${promises}`}${parts.join("")}`;
}

/** One part of the extent, after those that were given before. */
function part(text: string, earlier: readonly ExtentPart[] = []): readonly ExtentPart[] {
  const [, first, second] = /^(0x[0-9a-f]+|\d+)\+(0x[0-9a-f]+|\d+)$/i.exec(text) ?? [];
  const start = Number(first);
  const size = Number(second);
  if (first === undefined || size < 1 || !Number.isSafeInteger(start + size)) {
    throw new UsageError(`--extent takes start+size, like 0x1000+65536, not "${text}"`);
  }
  return [...earlier, { start, size }];
}

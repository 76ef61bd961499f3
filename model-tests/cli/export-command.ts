/** `ariadne export`: a trace in another form, for another reader. */
import { type Command, Option } from "commander";
import type { Trace } from "#spec";
import { InvariantViolation } from "#support";
import { answeredTrace } from "../campaign/answered-trace.ts";
import { writeWhole } from "../campaign/failures.ts";
import { showTrace } from "../campaign/show.ts";
import { compiled } from "../export/compiled.ts";
import { EXPORT_FORMATS, type ExportOptions, exportTrace } from "../export/export-trace.ts";
import { loadTrace } from "../trace/load-trace.ts";
import type { Acting } from "./acting.ts";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
Examples:
  ariadne export x.trace.jsonl --to c --output x.c
  cc -std=c11 x.c -o x && ./x                       1: reproduced, 0: not, 2: another rule is broken
  ariadne export x.trace.jsonl --to c --prefix mi_ --output mi.c
  ariadne export x.trace.jsonl --to rust --output x.rs
  rustc x.rs -o x && ./x                            judges System; put your allocator into x.rs
  ariadne export x.trace.jsonl --to itf --output x.itf.json
  ariadne export x.trace.jsonl --to vitest --output x.test.ts`;

interface Flags {
  readonly to: (typeof EXPORT_FORMATS)[number] | "html";
  readonly output?: string;
  readonly prefix?: string;
  readonly subject?: string;
}

/** Adds the command. */
export function exportCommand(program: Command, acting: Acting): void {
  program
    .command("export")
    .argument("<trace>", "a trace, or a recorded log of calls")
    .description("write a trace for another reader; what is written has been read back before")
    .addOption(
      new Option("--to <format>", "what to write")
        .choices([...EXPORT_FORMATS, "html"])
        .makeOptionMandatory(),
    )
    .option("--output <file>", "where to write it; standard output if absent")
    .option("--prefix <prefix>", "c: what the names of the allocator begin with, like mi_", prefix)
    .option(
      "--subject <subject>",
      "itf, html: whom to ask for answers; itf has the recorded ones else, html those of the trace's own",
    )
    .addHelpText("after", EXAMPLES)
    .action(acting(runExport));
}

async function runExport(terminal: Terminal, path: string, flags: Flags): Promise<number> {
  refuseIdle(flags);
  if (flags.to === "html") return await writePage(terminal, path, flags);

  const { trace: recorded, warnings } = await loadTrace(path);
  for (const warning of warnings) terminal.say(`ariadne: ${warning}`);
  const asked = await askedTrace(terminal, recorded, flags);
  if (asked === undefined) return 130;

  const { text, notes, sidecar } = exportTrace(asked.trace, flags.to, asked.options);
  const compilation = compiled(flags.to, text);
  if (compilation?.kind === "failed") {
    terminal.say(compilation.output);
    throw new InvariantViolation("a generated program compiles without a warning");
  }
  if (compilation?.kind === "no compiler") {
    terminal.say(`ariadne: not compiled before it is written: ${compilation.missing}`);
  }
  if (flags.output === undefined) terminal.print(text);
  else writeWhole(flags.output, text);
  if (sidecar !== undefined && flags.output !== undefined) {
    writeWhole(`${flags.output}.sidecar.json`, sidecar);
  }
  for (const note of notes) terminal.say(`ariadne: ${note}`);
  return 0;
}

/** The trace to be written: as it was recorded, or as a subject answers it now. */
async function askedTrace(
  { directory, signal }: Terminal,
  trace: Trace,
  { subject, prefix }: Flags,
): Promise<{ readonly trace: Trace; readonly options: ExportOptions } | undefined> {
  const options = prefix === undefined ? {} : { prefix };
  if (subject === undefined) return { trace, options };

  const answered = await answeredTrace({ trace, subject, directory, signal });
  if (answered === undefined) return undefined;
  return { trace: answered.trace, options: { ...options, extent: answered.extent } };
}

/** A flag that would do nothing is a misunderstanding. */
function refuseIdle({ to, prefix, subject }: Flags): void {
  if (prefix !== undefined && to !== "c") throw new UsageError(`--prefix is for c, not for ${to}`);
  if (subject !== undefined && to !== "itf" && to !== "html") {
    throw new UsageError(`--subject is for itf and html, not for ${to}`);
  }
}

function prefix(text: string): string {
  if (/^[A-Za-z_]\w*$/.test(text)) return text;
  throw new UsageError(`--prefix takes the beginning of a name in C, like mi_, not "${text}"`);
}

/** The page that `ariadne show` writes: it is of what the trace's subject answers, not of the trace alone. */
async function writePage(
  terminal: Terminal,
  path: string,
  { output, subject }: Flags,
): Promise<number> {
  const { directory, signal } = terminal;
  const { html, unasked } = await showTrace({
    trace: path,
    directory,
    signal,
    ...(subject === undefined ? {} : { subject }),
  });
  if (output === undefined) terminal.print(html);
  else writeWhole(output, html);
  if (unasked !== undefined) terminal.say(`ariadne: recorded answers are shown, for ${unasked}`);
  return 0;
}

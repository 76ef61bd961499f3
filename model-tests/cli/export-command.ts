/** `ariadne export`: a trace in another form, for another reader. */
import { type Command, Option } from "commander";
import { writeWhole } from "../campaign/failures.ts";
import { EXPORT_FORMATS, exportTrace } from "../trace/export-trace.ts";
import { loadTrace } from "../trace/load-trace.ts";
import type { Acting } from "./acting.ts";
import type { Terminal } from "./terminal.ts";

interface Flags {
  readonly to: (typeof EXPORT_FORMATS)[number];
  readonly output?: string;
}

/** Adds the command. */
export function exportCommand(program: Command, acting: Acting): void {
  program
    .command("export")
    .argument("<trace>", "a trace, or a recorded log of calls")
    .description("write a trace as text, as JSON, as a vitest test, or as a .rep file")
    .addOption(
      new Option("--to <format>", "what to write").choices(EXPORT_FORMATS).makeOptionMandatory(),
    )
    .option("--output <file>", "where to write it; standard output if absent")
    .action(acting(runExport));
}

async function runExport(terminal: Terminal, path: string, flags: Flags): Promise<number> {
  const { trace, warnings } = await loadTrace(path);
  for (const warning of warnings) terminal.say(`ariadne: ${warning}`);
  const { text, notes, sidecar } = exportTrace(trace, flags.to);
  if (flags.output === undefined) terminal.print(text);
  else writeWhole(flags.output, text);
  if (sidecar !== undefined && flags.output !== undefined) {
    writeWhole(`${flags.output}.sidecar.json`, sidecar);
  }
  for (const note of notes) terminal.say(`ariadne: ${note}`);
  return 0;
}

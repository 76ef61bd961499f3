/** `ariadne import`: other people's logs as traces. */
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { type Command, Option } from "commander";
import { grouped } from "../report/check-text.ts";
import { importTrace } from "../trace/import-trace.ts";
import type { CallsFormat } from "../trace/sniff.ts";
import type { Acting } from "./acting.ts";
import type { Terminal } from "./terminal.ts";

interface Flags {
  readonly from?: CallsFormat;
  readonly output?: string;
}

/** Adds the command. */
export function importCommand(program: Command, acting: Acting): void {
  program
    .command("import")
    .argument("<file>", "a log of calls, gzip or not; what it is is read from its content")
    .description("turn a .rep file, recorded calls or a recorded log into a trace")
    .addOption(
      new Option("--from <format>", "what it is").choices(["trace", "recorded", "log", "rep"]),
    )
    .option("--output <file>", "where to write it; standard output if absent")
    .action(acting(runImport));
}

async function runImport(terminal: Terminal, path: string, flags: Flags): Promise<number> {
  const options = flags.from === undefined ? {} : { from: flags.from };
  const { output } = flags;
  if (output === undefined) {
    const { warnings } = await importTrace(path, process.stdout, options);
    for (const warning of warnings) terminal.say(`ariadne: ${warning}`);
    return 0;
  }
  const stream = createWriteStream(output);
  const ending = finished(stream);
  ending.catch(() => {});
  const { calls, format, warnings } = await importTrace(path, stream, options);
  stream.end();
  await ending;
  for (const warning of warnings) terminal.say(`ariadne: ${warning}`);
  terminal.say(`${output}: ${grouped(calls)} calls, read as ${format}`);
  return 0;
}

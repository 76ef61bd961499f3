/** `ariadne record`: run a program and write down what its allocator answers. */
import type { Command } from "commander";
import { recordProgram } from "../recorder/record-program.ts";
import type { Acting } from "./acting.ts";
import type { Terminal } from "./terminal.ts";

const ABOUT = `
The program is run with a small library before all others, which is built from C when it is needed. Only the
process that is started is recorded, also once it runs another program; on Linux. An allocator of your own, in
a library that takes the place of malloc, is recorded with --preload.

Examples:
  ariadne record out.log -- ./program --fast
  ariadne record out.log --preload ./libmine.so -- ./program
  ariadne validate out.log                            was every answer right?
  ariadne import out.log --output out.trace.jsonl     the same calls, for any subject
  ariadne check ./mine.ts --trace out.log`;

/** Adds the command. */
export function recordCommand(program: Command, acting: Acting): void {
  program
    .command("record")
    .argument("<log>", "the file to write")
    .argument("<program...>", "what to run, after --")
    .option("--preload <library>", "an allocator for the program, in place of its own")
    .description("run a program and write down what its allocator answers")
    .addHelpText("after", ABOUT)
    .action(acting(runRecord));
}

async function runRecord(
  terminal: Terminal,
  log: string,
  words: readonly string[],
  { preload }: { readonly preload?: string },
): Promise<number> {
  const { bytes, ended } = await recordProgram(log, words, terminal.directory, preload);
  const how = typeof ended === "number" ? `ended with exit code ${ended}` : `was ended by ${ended}`;
  terminal.say(`${log}: ${Math.ceil(bytes / 1024)} KiB recorded; ${words[0]} ${how}`);
  return 0;
}

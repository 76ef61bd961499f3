/** All commands under one name, and the one place where an error becomes an exit code. */
import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import type { Act } from "./acting.ts";
import { checkCommand } from "./check-command.ts";
import { compareCommand } from "./compare-command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { EXIT_USAGE, endOf } from "./exit.ts";
import { exploreCommand } from "./explore-command.ts";
import { exportCommand } from "./export-command.ts";
import { importCommand } from "./import-command.ts";
import { initCommand } from "./init-command.ts";
import { interleaveCommand } from "./interleave-command.ts";
import { proveCommand } from "./prove-command.ts";
import { recordCommand } from "./record-command.ts";
import { replayCommand } from "./replay-command.ts";
import { selftestCommand } from "./selftest-command.ts";
import { showCommand } from "./show-command.ts";
import { shrinkCommand } from "./shrink-command.ts";
import { subjectsCommand } from "./subjects-command.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { validateCommand } from "./validate-command.ts";
import { witnessCommand } from "./witness-command.ts";

const EXAMPLES = `
Examples:
  ariadne check                                 judge our own heap of a kernel
  ariadne check ./mine.ts --seed 42             judge an allocator of your own
  ariadne check ./mine.ts --trace calls.gz      on a recorded trace as well
  ariadne check --stdio "./my-driver"           judge a program that answers over its streams
  ariadne replay .ariadne/failures/x.trace.jsonl ./mine.ts
  ariadne shrink long.trace.jsonl ./mine.ts --certify
  ariadne show .ariadne/failures/x.trace.jsonl ./mine.ts
  ariadne explore ./mine.ts --scope tiny --depth 5
  ariadne check libmimalloc.so.2 --prefix mi_   judge a native library
  ariadne record out.log -- ./program           and then judge what its malloc answered:
  ariadne validate out.log
  ariadne init typescript                       write subject.ts to begin with
  ariadne selftest ./mine.ts                    are faults found that are planted in front of it?
  ariadne compare ./old.ts ./mine.ts --budget peak=+5%
  ariadne witness "address used again" ./mine.ts
  ariadne prove live-blocks-disjoint            prove what is claimed about a rule

Exit codes:
  0 no violation   1 violation   2 bad input   3 a bug in Ariadne   4 too little was reached
  5 not deterministic   6 over budget   124 out of time   130, 143 interrupted`;

/** Runs the command that `words` say and answers the exit code of the process. */
export async function main(words: readonly string[]): Promise<number> {
  const ending = new AbortController();
  let signalled = 0;
  const onSignal = (code: number) => (): void => {
    if (signalled > 0) process.exit(code);
    signalled = code;
    ending.abort();
  };
  const onInterrupt = onSignal(130);
  const onTerminate = onSignal(143);
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  process.stdout.on("error", onBrokenPipe);

  const terminal = processTerminal(ending.signal, words.includes("--quiet"));
  let exit = 0;
  const program = programFor(terminal, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return signalled > 0 ? signalled : exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    if (signalled > 0) return signalled;
    const { sentence, exit: code } = endOf(error);
    terminal.say(`ariadne: ${sentence}`);
    return code;
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
  }
}

function programFor(terminal: Terminal, onExit: (code: number) => void): Command {
  const program = new Command("ariadne");
  program
    .description("Judges memory allocators against an executable specification of a heap.")
    .version(version(), "--version")
    .option("--no-color", "print without colours (also NO_COLOR)")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .showHelpAfterError("(ariadne --help shows what there is)");

  const acting =
    <Words extends unknown[]>(act: Act<Words>) =>
    async (...words: Words): Promise<void> =>
      onExit(await act(terminal, ...words));
  for (const add of [
    checkCommand,
    exploreCommand,
    interleaveCommand,
    replayCommand,
    shrinkCommand,
    showCommand,
    exportCommand,
    importCommand,
    recordCommand,
    validateCommand,
    initCommand,
    subjectsCommand,
    doctorCommand,
    proveCommand,
    selftestCommand,
    compareCommand,
    witnessCommand,
  ]) {
    add(program, acting);
  }
  for (const command of program.commands) {
    command.exitOverride().option("--no-color", "print without colours");
    command.option("--quiet", "print the answer only");
  }
  return program;
}

function version(): string {
  const require = createRequire(import.meta.url);
  const isSource = import.meta.url.endsWith(".ts");
  const manifest: { readonly version: string } = require(
    isSource ? "../../package.json" : "../../../package.json",
  );
  return manifest.version;
}

/** Whoever reads the output may stop reading: then there is nothing left to say. */
function onBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode ?? 0);
}

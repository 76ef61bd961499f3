/** `ariadne show`: a trace as a page that a browser opens, with the heap at every step. */
import type { Command } from "commander";
import { writeWhole } from "../campaign/failures.ts";
import { type ShownTrace, showTrace } from "../campaign/show.ts";
import { grouped } from "../report/check-text.ts";
import type { Acting } from "./acting.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { duration } from "./values.ts";

interface Flags extends SubjectFlags {
  readonly output?: string;
  readonly callTimeout?: number;
}

/** Adds the command. */
export function showCommand(program: Command, acting: Acting): void {
  const command = program
    .command("show")
    .argument("<trace>", "a trace, or a recorded log of calls")
    .argument("[subject]", "the one that the trace names if absent")
    .description("write a page that shows a trace step by step, in one file")
    .option("--output <file>", "where to write it; beside the trace, with .html, if absent")
    .option("--call-timeout <duration>", "how long one call may take", duration);
  addSubjectFlags(command).action(acting(runShow));
}

async function runShow(
  terminal: Terminal,
  trace: string,
  named: string | undefined,
  flags: Flags,
): Promise<number> {
  const { subject, options } = typedSubject(named, flags);
  const { output = `${trace}.html`, callTimeout } = flags;
  const working = terminal.work(`making the calls of ${trace}`);
  try {
    const shown = await showTrace({
      trace,
      options,
      directory: terminal.directory,
      signal: terminal.signal,
      ...(subject === undefined ? {} : { subject }),
      ...(callTimeout === undefined ? {} : { callTimeoutMs: callTimeout }),
    });
    working.stop();
    writeWhole(output, shown.html);
    terminal.print(`${output}\n`);
    terminal.say(sentenceFor(shown));
    return 0;
  } finally {
    working.stop();
  }
}

function sentenceFor({ rule, calls, listed, unasked }: ShownTrace): string {
  const asked = unasked === undefined ? "" : `recorded answers are shown, for ${unasked}; `;
  const found = rule === undefined ? "no rule broken" : `breaks ${rule}`;
  const all = `${grouped(calls)} ${calls === 1 ? "call" : "calls"}`;
  const part = listed === calls ? all : `${grouped(listed)} of ${all}`;
  return `ariadne: ${asked}${found}, ${part} shown`;
}

/** Brings a report to where its reader wants it: on the terminal, in files, in several forms at once. */
import { writeWhole } from "../campaign/failures.ts";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export type Reporter = "pretty" | "json" | "junit";

export const REPORTERS: readonly Reporter[] = ["pretty", "json", "junit"];

/** The flags that say which reports go where. */
export interface OutputFlags {
  readonly reporter: string;
  readonly verbose?: boolean;
  readonly [output: `output.${string}`]: string | undefined;
}

/** Prints and writes the reports that `flags` ask for; `reproduce` is what repeats a failure. */
export function deliver(
  texts: Readonly<Record<Reporter, () => string>>,
  reproduce: string | undefined,
  flags: OutputFlags,
  terminal: Terminal,
): void {
  const reporters = reportersOf(flags.reporter);
  for (const reporter of reporters) {
    const file = flags[`output.${reporter}`];
    if (file === undefined) terminal.print(texts[reporter]());
    else writeWhole(file, texts[reporter]());
  }
  for (const reporter of REPORTERS) {
    const file = flags[`output.${reporter}`];
    if (file === undefined || reporters.includes(reporter)) continue;
    writeWhole(file, texts[reporter]());
  }
  const isPrinted = reporters.includes("pretty") && flags["output.pretty"] === undefined;
  if (!isPrinted && reproduce !== undefined) terminal.say(reproduce);
}

/** The reporters that `text` names. */
export function reportersOf(text: string): readonly Reporter[] {
  return text.split(",").map((name) => {
    const known = REPORTERS.find((reporter) => reporter === name);
    if (known !== undefined) return known;
    throw new UsageError(`--reporter knows ${REPORTERS.join(", ")}, not "${name}"`);
  });
}

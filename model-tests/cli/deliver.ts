/** Brings a report to where its reader wants it: on the terminal, in files, in several forms at once. */
import { appendFileSync } from "node:fs";
import type { Command } from "commander";
import { writeWhole } from "../campaign/failures.ts";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export const REPORTERS = ["pretty", "json", "junit", "ndjson", "sarif", "github", "html"] as const;

export type Reporter = (typeof REPORTERS)[number];

/** Adds the flags that say which reports go where. */
export function addOutputFlags(command: Command): Command {
  command.option("--reporter <names>", `of ${REPORTERS.join(", ")}; several with commas`, "pretty");
  for (const name of REPORTERS) {
    command.option(`--output.${name} <file>`, "write that report to a file");
  }
  return command;
}

/** The flags that say which reports go where. */
export interface OutputFlags {
  readonly reporter: string;
  readonly verbose?: boolean;
  readonly [output: `output.${string}`]: string | undefined;
}

/**
 * Prints and writes `report` in the forms that `flags` ask for, and answers its exit code; `summary` is
 * what GitHub shows of the job, and `reproduce` is what repeats a failure.
 */
export async function deliver(
  report: { readonly exit: number },
  forms: Readonly<Record<Exclude<Reporter, "json">, () => string | Promise<string>>>,
  summary: () => string,
  reproduce: string | undefined,
  flags: OutputFlags,
  terminal: Terminal,
): Promise<number> {
  const texts = { ...forms, json: () => `${JSON.stringify(report, undefined, 2)}\n` };
  const reporters = reportersOf(flags.reporter);
  for (const reporter of reporters) {
    const file = flags[`output.${reporter}`];
    const text = await texts[reporter]();
    if (file === undefined) terminal.print(text);
    else writeWhole(file, text);
  }
  for (const reporter of REPORTERS) {
    const file = flags[`output.${reporter}`];
    if (file === undefined || reporters.includes(reporter)) continue;
    writeWhole(file, await texts[reporter]());
  }
  const isPrinted = reporters.includes("pretty") && flags["output.pretty"] === undefined;
  if (reporters.includes("github")) summarise(summary());
  if (!isPrinted && reproduce !== undefined) terminal.say(reproduce);
  return report.exit;
}

/** Adds `text` to the page of the job, if this runs in one. */
function summarise(text: string): void {
  const { GITHUB_STEP_SUMMARY: file } = process.env;
  if (file === undefined || file === "") return;
  try {
    appendFileSync(file, text);
  } catch {
    throw new UsageError("the file that GITHUB_STEP_SUMMARY names cannot be written");
  }
}

/** The reporters that `text` names. */
export function reportersOf(text: string): readonly Reporter[] {
  return text.split(",").map((name) => {
    const known = REPORTERS.find((reporter) => reporter === name);
    if (known !== undefined) return known;
    throw new UsageError(`--reporter knows ${REPORTERS.join(", ")}, not "${name}"`);
  });
}

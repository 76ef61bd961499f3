/** The flags that say how a subject is loaded: the same for every command that judges one. */
import { type Command, Option } from "commander";
import { PROFILES } from "../subject/contract.ts";
import { readSubjectOptions, type SubjectOptions } from "../subject/subject-options.ts";
import { UsageError } from "./exit.ts";

export interface SubjectFlags {
  readonly stdio?: string;
  readonly prefix?: string;
  readonly alloc?: string;
  readonly dealloc?: string;
  readonly realloc?: string;
  readonly promises?: string;
  readonly alignDefault?: string;
}

/** Adds the flags. */
export function addSubjectFlags(command: Command): Command {
  return command
    .option("--stdio <command>", "in place of the subject: a driver, asked over its streams")
    .option("--prefix <text>", "what the names of its functions begin with, like mi_")
    .option("--alloc <name>", "its function that takes a block")
    .option("--dealloc <name>", "its function that frees one")
    .option("--realloc <name>", "its function that resizes one")
    .addOption(
      new Option("--promises <profile>", "what it promises, whatever it says itself").choices(
        Object.keys(PROFILES),
      ),
    )
    .option("--align-default <bytes>", "the alignment that each of its blocks has, like 8");
}

/** A subject as it was typed: what names it, if anything does, and what else loads it. */
export interface TypedSubject {
  readonly subject?: string;
  readonly options: SubjectOptions;
}

/** The subject that `named` and `flags` mean together. */
export function typedSubject(named: string | undefined, flags: SubjectFlags): TypedSubject {
  const { stdio, ...others } = flags;
  if (stdio === undefined) {
    const options = readSubjectOptions({ ...others });
    return named === undefined ? { options } : { subject: named, options };
  }
  if (named !== undefined) {
    throw new UsageError(`--stdio stands in place of the subject, and "${named}" is one as well`);
  }
  if (stdio.trim() === "") throw new UsageError("--stdio takes the command of a driver");
  return { subject: stdio, options: readSubjectOptions({ ...others, stdio: true }) };
}

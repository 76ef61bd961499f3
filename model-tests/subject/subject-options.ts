/**
 * What loads a subject besides its path, as plain data: it stands on a command line, in a trace, and in
 * what a worker is told.
 *
 * The same words lead back to the same subject, so whatever is printed or saved says all of them.
 */
import { isAlignment } from "#units";
import { UnusableSubject } from "./contract.ts";
import { shellWord } from "./shell-word.ts";
import type { ProfileName } from "./subject.ts";

export interface SubjectOptions {
  /** The reference is no path but the command of a driver, which is asked over its streams. */
  readonly stdio?: true;
  /** What the names of an allocator's functions begin with, such as `mi_`. */
  readonly prefix?: string;
  /** The names of the functions to call, where they are not found by themselves. */
  readonly alloc?: string;
  readonly dealloc?: string;
  readonly realloc?: string;
  /** What is promised, in place of what the family of the subject promises. */
  readonly promises?: ProfileName;
  /** The alignment that every block of a WASM module or a native library has, where it is not that of its family. */
  readonly alignDefault?: number;
}

/** Says nothing: the reference is enough. */
export const NO_OPTIONS: SubjectOptions = {};

/** No object needs more unless it is asked for. */
const ALIGN_DEFAULT_MAX = 4096;

const NAMES = ["prefix", "alloc", "dealloc", "realloc", "promises"] as const;

/** The options that a trace or a configuration has, or a sentence if they make no sense. */
export function readSubjectOptions(
  given: Readonly<Record<string, unknown>> | undefined,
): SubjectOptions {
  const options: Record<string, unknown> = {};
  if (given?.["stdio"] === true) options["stdio"] = true;
  for (const name of NAMES) {
    const value = given?.[name];
    if (value === undefined) continue;
    if (typeof value !== "string" || value === "") {
      throw new UnusableSubject(`the option ${name} of a subject is a word, not ${String(value)}`);
    }
    options[name] = value;
  }
  const align = given?.["alignDefault"];
  if (align !== undefined) {
    const value = Number(align);
    if (!isAlignment(value) || value > ALIGN_DEFAULT_MAX) {
      throw new UnusableSubject(
        `the option alignDefault of a subject is a power of two up to ${ALIGN_DEFAULT_MAX}, not ${String(align)}`,
      );
    }
    options["alignDefault"] = value;
  }
  return options;
}

/** The words of a command line that name the subject of `reference`. */
export function subjectWords(
  reference: string,
  options: SubjectOptions = NO_OPTIONS,
): readonly string[] {
  const named = NAMES.flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [`--${name}`, value];
  });
  if (options.alignDefault !== undefined) {
    named.push("--align-default", options.alignDefault.toString());
  }
  return options.stdio === true ? ["--stdio", reference, ...named] : [reference, ...named];
}

/** The same as a reader would type it in a shell. */
export function subjectText(reference: string, options?: SubjectOptions): string {
  return subjectWords(reference, options).map(shellWord).join(" ");
}

/** Whether both mean the same subject. */
export function areSameOptions(one: SubjectOptions, other: SubjectOptions): boolean {
  if (one.alignDefault !== other.alignDefault) return false;
  return one.stdio === other.stdio && NAMES.every((name) => one[name] === other[name]);
}

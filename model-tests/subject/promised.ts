/** A subject that promises what was said of it, in place of what it says itself. */
import { promisesOf } from "./contract.ts";
import type { Subject } from "./subject.ts";
import type { SubjectOptions } from "./subject-options.ts";

/** `subject` with the promises of `options`: a profile, the alignment of every block, or both. */
export function promised(subject: Subject, { promises, alignDefault }: SubjectOptions): Subject {
  const said = promises === undefined ? subject : { ...subject, promises };
  return alignDefault === undefined
    ? said
    : { ...said, promises: { ...promisesOf(said), alignDefault } };
}

/** What a report says of the subject that was judged: its name, and all that loads it again. */
import type { SubjectOptions } from "../subject/subject-options.ts";
import type { Executor } from "./executor.ts";

export interface ToldSubject {
  /** What loads the subject, or its name if nothing does. */
  readonly subject: string;
  readonly name: string;
  /** What else loads it; absent if nothing else does. */
  readonly options?: SubjectOptions;
}

/** The subject of `executor`, which calls itself `name`. */
export function toldSubject(
  { reference, options }: Pick<Executor, "reference" | "options">,
  name: string,
): ToldSubject {
  const told = { subject: reference ?? name, name };
  return Object.keys(options).length === 0 ? told : { ...told, options };
}

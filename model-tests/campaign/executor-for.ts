/** Chooses who does the work of a command. */
import { portableReference } from "../subject/load-subject.ts";
import { CrewExecutor } from "./crew-executor.ts";
import type { Executor, ExecutorOptions } from "./executor.ts";
import { LocalExecutor } from "./local-executor.ts";

/** The executor for the subject that `options` names; the block allocator if it names none. */
export function executorFor(options: ExecutorOptions): Executor {
  const { subject = "block", directory = process.cwd() } = options;
  return typeof subject === "string"
    ? new CrewExecutor(portableReference(subject, directory), directory, options)
    : new LocalExecutor(subject, directory);
}

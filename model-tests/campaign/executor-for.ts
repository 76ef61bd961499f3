/** Chooses who does the work of a command. */
import { NativeExecutor } from "../native/native-executor.ts";
import { portableReference } from "../subject/load-subject.ts";
import { kindOf } from "../subject/subject-kind.ts";
import { NO_OPTIONS } from "../subject/subject-options.ts";
import { CrewExecutor } from "./crew-executor.ts";
import type { Executor, ExecutorOptions } from "./executor.ts";
import { LocalExecutor } from "./local-executor.ts";

/** The executor for the subject that `options` names; the block allocator if it names none. */
export function executorFor(options: ExecutorOptions): Executor {
  const { subject = "block", directory = process.cwd() } = options;
  if (typeof subject !== "string") return new LocalExecutor(subject, directory);
  const reference = portableReference(subject, directory, options.options);
  const isNative = kindOf(subject, options.options ?? NO_OPTIONS) === "native";
  if (isNative) return new NativeExecutor(reference, directory, options);
  return new CrewExecutor(reference, directory, options);
}

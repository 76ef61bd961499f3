/** How a command ends when it does not end well: one sentence, and the exit code that scripts read. */
import { InvariantViolation } from "#support";
import { UnwritableFolder } from "../campaign/failures.ts";
import { UnusableBudget } from "../compare/unusable-budget.ts";
import { UnsayableTrace } from "../export/unsayable-trace.ts";
import { NoRecorder } from "../recorder/build-recorder.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";

/** Words on the command line that make no sense. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const EXIT_USAGE = 2;
export const EXIT_BUG = 3;

/** The sentence and the exit code for `error`. */
export function endOf(error: unknown): { readonly sentence: string; readonly exit: number } {
  const isOurs =
    error instanceof UsageError ||
    error instanceof UnusableSubject ||
    error instanceof MalformedTrace ||
    error instanceof UnsayableTrace ||
    error instanceof UnwritableFolder ||
    error instanceof UnusableBudget ||
    error instanceof NoRecorder;
  if (isOurs) return { sentence: error.message, exit: EXIT_USAGE };

  const { code, path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined) {
    return { sentence: `${path ?? syscall}: ${code}`, exit: EXIT_USAGE };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const claim =
    error instanceof InvariantViolation ? "its own assertion failed" : "it did not expect this";
  return { sentence: `a bug in Ariadne (${claim}): ${text}`, exit: EXIT_BUG };
}

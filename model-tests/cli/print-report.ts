/** Prints the answer of a command, for a person or for a program. */
import type { Terminal } from "./terminal.ts";

/** Prints `report`, in the words of `text` unless it `isJson`, and answers the exit code that it has. */
export function printReport<Report extends { readonly exit: number }>(
  { print }: Terminal,
  report: Report,
  isJson: boolean | undefined,
  text: (report: Report) => string,
): number {
  print(isJson === true ? `${JSON.stringify(report, undefined, 2)}\n` : text(report));
  return report.exit;
}

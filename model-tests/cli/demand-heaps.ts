/** Commands that judge heaps say so where they are given a machine. */
import { isMachineReference } from "../subject/machines.ts";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** Refuses those of `references` that mean machines, in the name of `command`. */
export function demandHeaps(
  command: string,
  { directory }: Pick<Terminal, "directory">,
  ...references: readonly string[]
): void {
  const machine = references.find((reference) => isMachineReference(reference, directory));
  if (machine === undefined) return;
  throw new UsageError(`${command} is about heaps, and ${machine} is a machine`);
}

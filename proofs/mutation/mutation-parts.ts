/**
 * Processes that try mutants: each asks for the next one when it is done with the one before.
 *
 *     parent                          part
 *       │ ──── name of a mutant ────>  │   tries it
 *       │ <─── what is to be kept ───  │   answers, and what became of it
 *       │ <─── done: fate, by ───────  │
 *
 * A part reads the source for itself. It is told a name, not a number: if a file was changed since the parent read
 * it, there is no such mutant any more, or it is remembered by what the part has read.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Mutant } from "./mutants.ts";
import type { Learned, MutationCache } from "./mutation-cache.ts";
import type { MutationRun, Outcome } from "./mutation-run.ts";

const PARTS = 2;

type Told =
  | Learned
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly fate: Outcome["fate"]; readonly by: string };

/** What becomes of each of `mutants`, in their order, whichever process tries it. */
export async function inParts(
  mutants: readonly Mutant[],
  words: readonly string[],
  cache: MutationCache,
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...mutants.entries()];
  const parts = Array.from({ length: Math.min(PARTS, mutants.length) }, async () => {
    const child = fork(mutationFile(), words);
    let task: readonly [number, Mutant] | undefined;
    child.on("message", (message) => {
      const told = message as Told;
      if (told.kind === "answer") return cache.keepAnswer(told.key, told.answer);
      if (told.kind === "outcome") return cache.keepOutcome(told.key, told.remembered);
      if (told.kind === "done" && task !== undefined) {
        const [index, mutant] = task;
        const outcome = { mutant, fate: told.fate, by: told.by };
        outcomes[index] = outcome;
        onOutcome(outcome);
      }
      task = waiting.shift();
      sendTask(child, task?.[1]);
    });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`a part of the mutants ended with exit code ${code}`);
  });
  await Promise.all(parts);
  return outcomes;
}

/** Tries what the parent names, one at a time, until it names no more. */
export async function serveParts(run: MutationRun): Promise<number> {
  const mutants = new Map(run.mutants.map((mutant) => [mutant.name, mutant]));
  tell({ kind: "ready" });
  for (;;) {
    const [name] = (await once(process, "message")) as [string];
    if (name === "") return 0;
    const mutant = mutants.get(name);
    if (mutant === undefined) throw new Error(`the source was changed, there is no ${name}`);
    const { fate, by } = await run.outcomeOf(mutant);
    tell({ kind: "done", fate, by });
  }
}

function sendTask(child: ChildProcess, mutant: Mutant | undefined): void {
  child.send(mutant?.name ?? "");
}

/** Tells the parent, if there is one. */
export function tell(told: Told): void {
  process.send?.(told);
}

/** The program that a part runs: the same one. */
function mutationFile(): string {
  return fileURLToPath(new URL(import.meta.url.replace("mutation-parts", "mutation")));
}

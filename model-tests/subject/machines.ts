/**
 * Machines as subjects: from what a user typed to whatever makes a machine, or to nothing, if that is a heap.
 *
 * The file is read before it is run, so that whoever is to run it is known: only one that says
 * `createMachine` is imported for a machine.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { MachineMaker } from "../machine/machine-subject.ts";
import { importModule } from "./load-subject.ts";

export interface NamedMachine {
  readonly name: string;
  readonly make: MachineMaker;
}

export interface BuiltInMachine {
  readonly name: string;
  /** What it is, in one line. */
  readonly about: string;
  readonly load: () => Promise<MachineMaker>;
}

export const BUILT_IN_MACHINES: readonly BuiltInMachine[] = [
  {
    name: "machine",
    about: "frames, pages, page tables, TLBs and shootdown, in bytes",
    load: async () => (await import("../machine/our-machine.ts")).ourMachine(),
  },
  {
    name: "plain-machine",
    about: "a toy machine in maps and lists, without a byte",
    load: async () => (await import("../machine/toys/plain-machine.ts")).plainMachine,
  },
];

/** Whether `reference`, typed in the folder `directory`, looks like a machine; it is not run for that. */
export function isMachineReference(reference: string, directory: string): boolean {
  const isBuiltIn = BUILT_IN_MACHINES.some(({ name }) => name === reference);
  return isBuiltIn || isMachineModule(resolve(directory, reference));
}

/** The machine that `reference` means when it is typed in the folder `directory`, if it means one. */
export async function loadMachine(
  reference: string,
  directory: string,
): Promise<NamedMachine | undefined> {
  const builtIn = BUILT_IN_MACHINES.find(({ name }) => name === reference);
  if (builtIn !== undefined) return { name: builtIn.name, make: await builtIn.load() };
  if (!isMachineModule(resolve(directory, reference))) return undefined;

  const exported = (await importModule(reference, directory)) as { readonly default?: unknown };
  const machine = (exported.default ?? {}) as { name?: string; createMachine?: MachineMaker };
  if (typeof machine.createMachine !== "function") return undefined;
  const name = machine.name ?? basename(reference).replace(/\.[cm]?[jt]s$/, "");
  return { name, make: machine.createMachine.bind(machine) };
}

function isMachineModule(path: string): boolean {
  if (!/\.[cm]?[jt]s$/.test(path) || !existsSync(path)) return false;
  return readFileSync(path, "utf8").includes("createMachine");
}

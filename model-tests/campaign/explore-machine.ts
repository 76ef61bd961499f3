/** Explores a machine in a small scope, and tells the first failure like any other. */
import { exploreMachine, type MachineExploration } from "../machine/machine-explore.ts";
import { portableReference } from "../subject/load-subject.ts";
import type { NamedMachine } from "../subject/machines.ts";
import { trySaveMachine } from "./machine-failures.ts";
import { renumbered } from "./machine-names.ts";
import type { MachineViolation } from "./machine-report.ts";
import type { MachineScopeNamed } from "./machine-scopes.ts";
import { machineViolation } from "./pursue-machine.ts";

export interface MachineExploreReport {
  readonly v: 1;
  readonly command: "explore";
  readonly subject: string;
  readonly name: string;
  readonly scope: string;
  readonly verdict: "passed" | "violated";
  readonly exit: number;
  readonly result: Omit<MachineExploration, "failure">;
  readonly violation?: MachineViolation;
}

export interface ExploreMachineOptions {
  readonly machine: NamedMachine;
  /** What the user typed for it. */
  readonly reference: string;
  readonly directory: string;
  readonly scope: MachineScopeNamed;
  readonly depth?: number;
}

/** Tries every order of the calls of a scope. */
export function exploreMachineScope(options: ExploreMachineOptions): MachineExploreReport {
  const { machine, directory, scope: named, depth = named.depth } = options;
  const { name, make } = machine;
  const { failure, ...result } = exploreMachine(make, named.scope, depth);
  const reference = portableReference(options.reference, directory);
  const head = { v: 1, command: "explore", subject: reference, name, scope: named.name } as const;
  if (failure === undefined) return { ...head, verdict: "passed", exit: 0, result };

  const { frameCount } = named.scope;
  const { broken } = failure;
  const found = { config: { frameCount }, calls: renumbered(failure.calls), broken };
  const violation = {
    ...machineViolation(make, found),
    ...trySaveMachine(found, { directory, reference, name }),
  };
  return { ...head, verdict: "violated", exit: 1, result, violation };
}

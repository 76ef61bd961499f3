/** Explores a machine in a small scope, and tells the first failure like any other. */
import type { MachineExploration } from "../machine/machine-explore.ts";
import { portableReference } from "../subject/load-subject.ts";
import type { NamedMachine } from "../subject/machines.ts";
import { EXITS } from "./check-report.ts";
import type { MachineExecutor } from "./machine-executor.ts";
import { machineExecutorFor } from "./machine-executor-for.ts";
import { trySaveMachine } from "./machine-failures.ts";
import { renumbered } from "./machine-names.ts";
import type { MachineViolation } from "./machine-report.ts";
import type { MachineScopeNamed } from "./machine-scopes.ts";
import { toldOf } from "./pursue-machine.ts";

export interface MachineExploreReport {
  readonly v: 1;
  readonly command: "explore";
  readonly subject: string;
  readonly name: string;
  readonly scope: string;
  readonly verdict: "passed" | "violated" | "interrupted";
  readonly exit: number;
  readonly result: Omit<MachineExploration, "failure">;
  readonly violation?: MachineViolation;
}

export interface ExploreMachineOptions {
  readonly machine: NamedMachine | MachineExecutor;
  /** What the user typed for it. */
  readonly reference: string;
  readonly directory: string;
  readonly scope: MachineScopeNamed;
  readonly depth?: number;
}

/** Tries every order of the calls of a scope; stopped in the middle, it says how far it came. */
export async function exploreMachineScope(
  options: ExploreMachineOptions,
): Promise<MachineExploreReport> {
  const { directory, scope: named, depth = named.depth ?? Number.POSITIVE_INFINITY } = options;
  const executor = machineExecutorFor(options.machine);
  const { name } = executor;
  const { failure, ...result } = await executor.explore(named.scope, depth);
  const reference = portableReference(options.reference, directory);
  const head = { v: 1, command: "explore", subject: reference, name, scope: named.name } as const;
  if (failure === undefined) {
    const verdict = executor.isStopped ? "interrupted" : "passed";
    return { ...head, verdict, exit: EXITS[verdict], result };
  }

  const { frameCount } = named.scope;
  const { broken } = failure;
  const found = { config: { frameCount }, calls: renumbered(failure.calls), broken };
  const saved = trySaveMachine(found, { directory, reference, name });
  const violation = { ...(await toldOf(executor, found)), ...saved };
  return { ...head, verdict: "violated", exit: 1, result, violation };
}

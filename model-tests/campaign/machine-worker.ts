/** The other side of a worker thread: loads the machine once and does what it is told. */
import { unreachable } from "#support";
import { type FilmMachineTask, filmMachine } from "../film/film-machine.ts";
import { exploreMachine, type MachineExploreScope } from "../machine/machine-explore.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { loadMachine, type NamedMachine } from "../subject/machines.ts";
import type { MachineFailure } from "./machine-failures.ts";
import { MachineFlight } from "./machine-flight.ts";
import type { Candidate } from "./machine-offers.ts";
import { type MachineRunTask, makeCalls, makeRun } from "./machine-work.ts";
import { shortenMachine } from "./shorten-machine.ts";
import { tellMachine } from "./tell-machine.ts";

export type MachineWork =
  | { readonly kind: "name" }
  | ({ readonly kind: "run" } & MachineRunTask)
  | { readonly kind: "calls"; readonly candidate: Candidate }
  | {
      readonly kind: "shorten";
      readonly failure: MachineFailure;
      readonly effort: number;
      readonly avoided: readonly string[];
    }
  | { readonly kind: "tell"; readonly failure: MachineFailure }
  | { readonly kind: "film"; readonly task: FilmMachineTask }
  | { readonly kind: "explore"; readonly scope: MachineExploreScope; readonly depth: number };

export interface MachineWorkerTask {
  readonly work: MachineWork;
  readonly reference: string;
  readonly directory: string;
  readonly flight: SharedArrayBuffer;
}

// A machine may end its call with an exception, but not the thread that judges it.
process.exit = (code) => {
  throw new Error(`the machine called process.exit(${code ?? ""})`);
};

const machines = new Map<string, Promise<NamedMachine | undefined>>();

/** Does one task; what a machine cannot be used for is an answer, not an exception. */
export default async function work(task: MachineWorkerTask): Promise<unknown> {
  const { reference, directory } = task;
  const key = `${directory}\n${reference}`;
  const loading = machines.get(key) ?? loadMachine(reference, directory);
  machines.set(key, loading);
  const flight = new MachineFlight(task.flight);
  try {
    const machine = await loading;
    flight.beat();
    const value = machine && perform(machine, task.work, flight);
    return { kind: "done", value };
  } catch (error) {
    if (error instanceof UnusableSubject) return { kind: "unusable", reason: error.message };
    throw error;
  }
}

function perform({ name, make }: NamedMachine, task: MachineWork, flight: MachineFlight): unknown {
  switch (task.kind) {
    case "name":
      return name;
    case "run":
      flight.run = task.run;
      return makeRun(make, task, flight);
    case "calls":
      return makeCalls(make, task.candidate, flight);
    case "shorten":
      return shortenMachine(make, task.failure, task.effort, task.avoided, flight);
    case "tell":
      return tellMachine(make, task.failure, flight);
    case "film":
      return filmMachine(make, task.task, flight);
    case "explore":
      return exploreMachine(make, task.scope, task.depth, { notes: flight }, (size) =>
        flight.grown(size),
      );
    default:
      return unreachable(task);
  }
}

/** Works in this thread, for a machine that only exists here. */
import { setImmediate } from "node:timers/promises";
import type { Film } from "../film/film.ts";
import { type FilmMachineTask, filmMachine } from "../film/film-machine.ts";
import {
  exploreMachine,
  type MachineExploration,
  type MachineExploreScope,
} from "../machine/machine-explore.ts";
import type { MachineMaker } from "../machine/machine-subject.ts";
import type { NamedMachine } from "../subject/machines.ts";
import type { MachineExecutor } from "./machine-executor.ts";
import type { MachineFailure } from "./machine-failures.ts";
import type { Candidate } from "./machine-offers.ts";
import type { MachineViolation } from "./machine-report.ts";
import { type MachineAttempt, type MachineRunTask, makeCalls, makeRun } from "./machine-work.ts";
import { type ShortMachineFailure, shortenMachine } from "./shorten-machine.ts";
import { tellMachine } from "./tell-machine.ts";

/** Nothing here can end a call that does not end by itself. */
export class LocalMachineExecutor implements MachineExecutor {
  readonly name: string;
  readonly #make: MachineMaker;
  readonly #signal: AbortSignal | undefined;

  constructor({ name, make }: NamedMachine, signal?: AbortSignal) {
    this.name = name;
    this.#make = make;
    this.#signal = signal;
  }

  get isStopped(): boolean {
    return this.#signal?.aborted ?? false;
  }

  async makeRun(task: MachineRunTask): Promise<MachineAttempt | undefined> {
    await setImmediate();
    return this.isStopped ? undefined : makeRun(this.#make, task);
  }

  async makeCalls(candidate: Candidate): Promise<MachineAttempt> {
    return makeCalls(this.#make, candidate);
  }

  async makeShorter(
    failure: MachineFailure,
    effort: number,
  ): Promise<ShortMachineFailure | undefined> {
    return shortenMachine(this.#make, failure, effort);
  }

  async tell(failure: MachineFailure): Promise<MachineViolation> {
    return tellMachine(this.#make, failure);
  }

  async film(task: FilmMachineTask): Promise<Film> {
    return filmMachine(this.#make, task);
  }

  async explore(scope: MachineExploreScope, depth: number): Promise<MachineExploration> {
    return exploreMachine(this.#make, scope, depth);
  }

  async close(): Promise<void> {}
}

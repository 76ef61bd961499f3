/**
 * Who does the work of a command on a machine: a watched thread for one that can be loaded by its name, or
 * this thread for one that only exists here.
 */
import type { Film } from "../film/film.ts";
import type { FilmMachineTask } from "../film/film-machine.ts";
import type { MachineExploration, MachineExploreScope } from "../machine/machine-explore.ts";
import type { MachineFailure } from "./machine-failures.ts";
import type { Candidate } from "./machine-offers.ts";
import type { MachineViolation } from "./machine-report.ts";
import type { MachineAttempt, MachineRunTask } from "./machine-work.ts";
import type { ShortMachineFailure } from "./shorten-machine.ts";

export interface MachineExecutor {
  readonly name: string;
  /** Whether its user has had enough. */
  readonly isStopped: boolean;
  /** Undefined if the work was stopped. */
  makeRun(task: MachineRunTask): Promise<MachineAttempt | undefined>;
  /** A call that does not end is given a second chance, unless it is `known` not to. */
  makeCalls(candidate: Candidate, hang?: "known"): Promise<MachineAttempt>;
  /** The shortest failure of the same rule that was found, or undefined if it does not happen again. */
  makeShorter(failure: MachineFailure, effort: number): Promise<ShortMachineFailure | undefined>;
  /** What is told of a failure. */
  tell(failure: MachineFailure): Promise<MachineViolation>;
  /** Every step of a trace, to be shown. */
  film(task: FilmMachineTask): Promise<Film>;
  /** As far as it came, if the work was stopped. */
  explore(scope: MachineExploreScope, depth: number): Promise<MachineExploration>;
  close(): Promise<void>;
}

/** Chooses who does the work of a command on a machine. */
import type { NamedMachine } from "../subject/machines.ts";
import { LocalMachineExecutor } from "./local-machine-executor.ts";
import type { MachineExecutor } from "./machine-executor.ts";

/** The executor that `machine` is, or one in this thread for a machine that is handed in as an object. */
export function machineExecutorFor(
  machine: NamedMachine | MachineExecutor,
  signal?: AbortSignal,
): MachineExecutor {
  return "make" in machine ? new LocalMachineExecutor(machine, signal) : machine;
}

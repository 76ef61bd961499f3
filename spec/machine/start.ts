/** A machine in which nothing is in use and no core runs. */
import { finiteMap } from "../support/index.ts";
import type { ChangeNumber } from "../units/index.ts";
import type { MachineState } from "./state.ts";

export function emptyMachine(): MachineState {
  return {
    frames: finiteMap(),
    pages: finiteMap(),
    cores: finiteMap(),
    cached: finiteMap(),
    remembered: finiteMap(),
    rounds: finiteMap(),
    nextChange: 0 as ChangeNumber,
  };
}

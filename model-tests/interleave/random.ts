/** Schedules in which every core that can move is as likely to. */
import type { ChoiceSource } from "../generate/choices.ts";
import type { Strategy } from "./strategy.ts";

/** As many random schedules as are asked for. */
export function randomSchedules(choices: ChoiceSource): Strategy {
  return {
    begin: () => true,
    pick: (ready) => ready[choices.below(ready.length)] as number,
  };
}

/**
 * Every schedule of one program, once.
 *
 * The schedules are the ways to choose, step by step, one of the cores that can move: an odometer goes
 * through them, whose last choice moves on first.
 */
import { ExhaustiveChoices } from "../generate/choices.ts";
import type { Strategy } from "./strategy.ts";

/** All schedules, until there is none left. */
export function allSchedules(): Strategy {
  const choices = new ExhaustiveChoices();
  return {
    begin: () => choices.nextRound(),
    pick: (ready) => ready[choices.below(ready.length)] as number,
  };
}

/**
 * Schedules after the probabilistic concurrency testing of Burckhardt, Kothari, Musuvathi and Nagarakatti.
 *
 * Each core has a priority, and the highest that can move does. At a few steps that were drawn before, the
 * core that is about to move falls behind all others. A defect that needs d such steps in their order is
 * met with a probability that falls with the number of steps to the power of d - 1, and not with the number
 * of all schedules, as when each step is drawn.
 */
import type { ChoiceSource } from "../generate/choices.ts";
import type { Strategy } from "./strategy.ts";

/** Schedules of `cores` cores with `changes` changes among the first `steps` steps. */
export function prioritySchedules(
  choices: ChoiceSource,
  cores: number,
  steps: number,
  changes: number,
): Strategy {
  let priorities: number[] = [];
  let changeAt: readonly number[] = [];
  let step = 0;
  let lowest = 0;
  const highest = (ready: readonly number[]): number =>
    ready.reduce((best, core) =>
      (priorities[core] as number) > (priorities[best] as number) ? core : best,
    );
  return {
    begin: () => {
      priorities = shuffled(choices, cores);
      changeAt = Array.from({ length: changes }, () => choices.below(steps));
      step = 0;
      lowest = 0;
      return true;
    },
    pick: (ready) => {
      if (changeAt.includes(step)) {
        lowest -= 1;
        priorities[highest(ready)] = lowest;
      }
      step += 1;
      return highest(ready);
    },
  };
}

/** The numbers from 1 to `count`, in random order. */
function shuffled(choices: ChoiceSource, count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  for (let last = count - 1; last > 0; last--) {
    const other = choices.below(last + 1);
    const kept = numbers[last] as number;
    numbers[last] = numbers[other] as number;
    numbers[other] = kept;
  }
  return numbers;
}

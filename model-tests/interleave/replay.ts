/** One schedule again. */
import type { Strategy } from "./strategy.ts";

/** The schedule `order`, once; where that core cannot move, or behind its end, the first that can. */
export function replayed(order: readonly number[]): Strategy {
  let step = 0;
  let isFresh = true;
  return {
    begin: () => {
      const wasFresh = isFresh;
      isFresh = false;
      return wasFresh;
    },
    pick: (ready) => {
      const core = order[step];
      step += 1;
      return core !== undefined && ready.includes(core) ? core : (ready[0] as number);
    },
  };
}

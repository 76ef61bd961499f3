/**
 * Takes calls out of a list that ends in a call that never comes back: halves, then one by one. Each such
 * list costs its time limit, so no more than so many are tried.
 */
import type { MachineFailure } from "./machine-failures.ts";
import { renumbered } from "./machine-names.ts";
import type { Candidate } from "./machine-offers.ts";
import type { ShortMachineFailure } from "./shorten-machine.ts";

const TRIALS_MAX = 60;
const LOST_MAX = 16;

/** Answers the failure of a list of calls that never ends, or undefined if it does. */
type Attempt = (candidate: Candidate) => Promise<MachineFailure | undefined>;

/** The shortest such list that was found, or undefined if the first does end. */
export async function shortenNoReturn(
  failure: MachineFailure,
  attempt: Attempt,
): Promise<ShortMachineFailure | undefined> {
  const { config, broken, run } = failure;
  let executions = 1;
  const first = await attempt({ config, calls: failure.calls });
  if (first === undefined) return undefined;
  let { calls } = first;
  let lost = 1;
  for (let size = calls.length >> 1; size >= 1; size = Math.floor(size / 2)) {
    for (let end = calls.length - 1; end > 0; end -= size) {
      if (executions >= TRIALS_MAX || lost >= LOST_MAX) break;
      const start = Math.max(0, end - size);
      executions += 1;
      const fewer = calls.filter((_, index) => index < start || index >= end);
      const found = await attempt({ config, calls: fewer });
      if (found === undefined) continue;
      lost += 1;
      calls = found.calls;
    }
  }
  const renamed = await attempt({ config, calls: renumbered(calls) });
  const shortest = { config, calls: renamed?.calls ?? calls, broken };
  return {
    failure: run === undefined ? shortest : { ...shortest, run },
    executions: executions + 1,
  };
}

/**
 * A fault that can be planted between the harness and any subject, and the rule that has to find it.
 *
 * A shim knows nothing of how a subject works: it changes answers and bytes, and only such that the rule that
 * it breaks is the first to notice.
 */
import type { Misuse } from "#spec";
import type { PlanLimits } from "../generate/run-plan.ts";
import type { Promises, SubjectInstance } from "../subject/subject.ts";
import type { Seat } from "./seat.ts";

export interface Shim {
  /** What it does wrong, in a few words. */
  readonly name: string;
  /** The rule that it breaks, and such as notice the same sooner where a subject promises more. */
  readonly rules: readonly [string, ...string[]];
  /** What it needs of a subject. */
  readonly needs: readonly Need[];
  /** The methods that it puts in the place of an instance's own. */
  readonly plant: (seat: Seat) => Partial<SubjectInstance>;
  /** The runs in which it comes up soonest, if not any do. */
  readonly limits?: Partial<PlanLimits>;
}

/** What is known of a subject before anything is planted. */
export interface Facts {
  readonly offers: readonly string[];
  readonly promises: Promises;
  /** Whether there are bytes around its extent that are watched. */
  readonly hasGuards: boolean;
  /** Whether somebody can end a call that does not end by itself. */
  readonly isWatched: boolean;
}

/** Why a shim does not apply to a subject; undefined if nothing is in its way. */
export type Need = (facts: Facts) => string | undefined;

/** The methods `names` are there. */
export function offering(...names: readonly (keyof SubjectInstance)[]): Need {
  return ({ offers }) => {
    const missing = names.filter((name) => !offers.includes(name));
    return missing.length === 0 ? undefined : `no ${missing.map((name) => `${name}()`).join(", ")}`;
  };
}

/** `isPromised`, which is what `promise` says. */
export function promising(promise: string, isPromised: (promises: Promises) => boolean): Need {
  return ({ promises }) => (isPromised(promises) ? undefined : `${promise} is not promised`);
}

/** Misuse of the kind `misuse` is said to be detected. */
export function rejecting(misuse: Misuse | "foreign-heap"): Need {
  return promising(`rejects: "${misuse}"`, ({ rejects = [] }) => rejects.includes(misuse));
}

/** The first thing that keeps `shim` from being planted in a subject. */
export function obstacle(shim: Shim, facts: Facts): string | undefined {
  for (const need of shim.needs) {
    const missing = need(facts);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/**
 * Whether concurrent calls were answered as if they had been made one after the other.
 *
 * After Wing and Gong: an order of the calls is searched in which the judge admits every answer, and in
 * which a call that was answered before another began comes before that one. From a state, only a call may
 * be next that began before any other call that is left was answered. What is left and the state after the
 * rest decide how it goes on, so no pair of them is tried twice.
 */
import { type HeapState, isLegal, judge, NOTHING_SEEN } from "#spec";
import type { Operation } from "./history.ts";

/** An order in which the judge admits `operations` from `start` on, or undefined if there is none. */
export function linearization(
  start: HeapState,
  operations: readonly Operation[],
): readonly Operation[] | undefined {
  const known = new Set<string>();
  const search = (
    state: HeapState,
    left: readonly Operation[],
    done: readonly Operation[],
  ): readonly Operation[] | undefined => {
    if (left.length === 0) return done;
    const key = keyOf(state, left);
    if (known.has(key)) return undefined;
    known.add(key);

    const limit = Math.min(...left.map(({ ended }) => ended));
    for (const operation of left) {
      const { call, answer, began } = operation;
      if (began > limit || !isLegal(state, call)) continue;
      const verdict = judge(state, call, answer, NOTHING_SEEN);
      if (verdict.kind === "rejected") continue;
      const rest = left.filter((other) => other !== operation);
      const found = search(verdict.state, rest, [...done, operation]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(start, operations, []);
}

/** The calls that are left decide which blocks are live; what else the judge goes by is written out. */
function keyOf({ first }: HeapState, left: readonly Operation[]): string {
  const names = left.map(({ call }) => `${call.kind} ${call.name}`);
  return `${names.join(",")};${first?.size} ${first?.align}`;
}

/**
 * Makes a long trace shorter in few executions: no stretch of calls is tried to be left out twice.
 *
 * First what makes many calls one story is tried at once: only the requests, all of them alike. Then stretches
 * are left out from the end, halves, quarters, down to single calls, and what is left is gone on with at once.
 * A trace of n calls of which none can be left out takes about 2 n executions.
 */
import type { TraceCall } from "#spec";
import { type Candidate, isSimpler } from "./candidate.ts";
import type { Execute } from "./shrink.ts";

/** `start`, or a shorter trace that breaks the same rule; `start` itself if it breaks none. */
export async function sweep(start: Candidate, execute: Execute): Promise<Candidate> {
  const first = (await execute(start)).violation;
  if (first === undefined) return start;

  let best: Candidate = { ...start, calls: start.calls.slice(0, first.at + 1) };
  const isBetter = async (calls: readonly TraceCall[]): Promise<boolean> => {
    if (calls.length === 0) return false;
    const { violation } = await execute({ ...best, calls });
    if (violation?.rule.name !== first.rule.name) return false;
    const shorter = { ...best, calls: calls.slice(0, violation.at + 1) };
    if (!isSimpler(shorter, best)) return false;
    best = shorter;
    return true;
  };

  for (const simplified of SIMPLIFICATIONS) await isBetter(simplified(best.calls));
  for (let size = Math.ceil(best.calls.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let end = best.calls.length; end > 0; ) {
      const from = Math.max(0, end - size);
      await isBetter([...best.calls.slice(0, from), ...best.calls.slice(end)]);
      end = Math.min(from, best.calls.length);
    }
  }
  return best;
}

const SIMPLIFICATIONS: readonly ((calls: readonly TraceCall[]) => readonly TraceCall[])[] = [
  (calls) => calls.filter(({ kind }) => kind !== "dealloc" && kind !== "usableSize"),
  (calls) => calls.map((call) => (call.kind === "allocZeroed" ? { ...call, kind: "alloc" } : call)),
  (calls) => calls.filter(({ kind }) => kind === "alloc"),
  (calls) => calls.map((call) => ({ ...call, align: 1 })),
  (calls) => calls.map((call) => (call.size > 0 ? { ...call, size: 1 } : call)),
];

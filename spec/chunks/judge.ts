/**
 * May this allocator of pages or frames answer this call this way? Any free run that will do is a right
 * answer; which one is taken, and from which end, is the allocator's own policy.
 */
import { DEAF, firstBroken, type Observer } from "../support/index.ts";
import type { ChunkName } from "../units/index.ts";
import type { Run } from "./calls.ts";
import type { HeldChunks } from "./held-chunks.ts";
import { CHUNK_RULES, type ChunkRule, type ChunkStep } from "./rules.ts";
import type { ChunkState } from "./state.ts";

export type ChunkVerdict =
  | { readonly kind: "admitted"; readonly state: ChunkState }
  | { readonly kind: "rejected"; readonly rule: ChunkRule };

/** Judges the answer to a legal call; `observer` hears the name of each rule that was tested. */
export function judgeChunks(
  step: ChunkStep,
  observer: Observer = DEAF,
  rules: readonly ChunkRule[] = CHUNK_RULES,
): ChunkVerdict {
  const rule = firstBroken(rules, step, observer);
  return rule === undefined
    ? { kind: "admitted", state: chunksAfter(step) }
    : { kind: "rejected", rule };
}

/** The state after a step that keeps the rules. */
export function chunksAfter({ state, call, answer }: ChunkStep): ChunkState {
  const { contract, held, heldCount } = state;
  const { name } = call;
  if (call.kind === "acquire" && answer.kind === "acquired") {
    const { first, count } = answer;
    return { contract, held: held.with({ name, first, count }), heldCount: heldCount + 1 };
  }
  if (call.kind === "release" && answer.kind === "released") {
    return { contract, held: held.without(name), heldCount: heldCount - 1 };
  }
  if (call.kind === "split" && answer.kind === "split") {
    const { below, above } = answer;
    const rest = withRun(held.without(name), call.below, below);
    const parts = (below.count === 0 ? 0 : 1) + (above.count === 0 ? 0 : 1);
    return { contract, held: withRun(rest, call.above, above), heldCount: heldCount - 1 + parts };
  }
  if (call.kind !== "merge" || answer.kind !== "merged") return state;
  const { first, count } = answer;
  const rest = held.without(call.other);
  return { contract, held: rest.with({ name, first, count }), heldCount: heldCount - 1 };
}

/** `held` with `run` under `name`; nobody holds no units. */
function withRun(held: HeldChunks, name: ChunkName, { first, count }: Run): HeldChunks {
  return count === 0 ? held : held.with({ name, first, count });
}

/**
 * May this allocator answer this call this way? The judge never predicts: it takes the answer as
 * given and admits it, with the state that follows, or names the first rule that it breaks.
 */
import { DEAF, firstBroken, type Observer } from "../support/index.ts";
import type { Answer, Call, Observation } from "./calls.ts";
import { RULES, type Rule } from "./rules.ts";
import type { HeapState } from "./state.ts";
import { type Step, stepOf } from "./step.ts";

export type Verdict =
  | { readonly kind: "admitted"; readonly state: HeapState }
  | { readonly kind: "rejected"; readonly rule: Rule };

/** Judges the answer to a legal call; `observer` hears the name of each rule that was tested. */
export function judge(
  state: HeapState,
  call: Call,
  answer: Answer,
  seen: Observation,
  observer: Observer = DEAF,
  rules: readonly Rule[] = RULES,
): Verdict {
  const step = stepOf(state, call, answer, seen);
  const rule = firstBroken(rules, step, observer);
  return rule === undefined ? { kind: "admitted", state: after(step) } : { kind: "rejected", rule };
}

/** The state after an admitted step. */
function after({ state, call, answer, request, placed, requested }: Step): HeapState {
  const { contract, extent, live, dead, first } = state;
  if (placed !== undefined) {
    const grown = live.with(placed);
    return { contract, extent, live: grown, dead, requested, first: first ?? request };
  }
  if (call.kind === "dealloc" && answer.kind === "released") {
    const { name, start } = live.at(call.name);
    const rest = live.without(name);
    return { contract, extent, live: rest, dead: dead.with(name, start), requested, first };
  }
  if (answer.kind !== "usable") return state;
  return { ...state, live: live.with({ ...live.at(call.name), reach: answer.bytes }) };
}

/**
 * A call that never comes back, as a judgement: by the rule that calls end. Whoever finds out had to end the
 * thread, so such a call is not made again on the thread that tells of it.
 */
import { MACHINE_CALL_RULES } from "#spec";
import type { BrokenRule } from "../machine/machine-session.ts";

/** Why a call never came back. */
export type NoReturn = "the call did not end" | "the thread ran out of memory";

const RETURNS = "machine-call-returns";

/** How a call is judged that never came back: by the rule that calls end. */
export function notReturned(error: NoReturn): BrokenRule {
  const claim = MACHINE_CALL_RULES.find(({ name }) => name === RETURNS)?.claim ?? RETURNS;
  return { name: RETURNS, claim, error };
}

/** Whether what broke the rule is that a call never came back, so that it must not be made here. */
export function isNoReturn({ name, error }: BrokenRule): boolean {
  const reasons: readonly NoReturn[] = ["the call did not end", "the thread ran out of memory"];
  return name === RETURNS && reasons.some((reason) => reason === error);
}

/** Whether a trace that is said to break `rule` may end in such a call, so that one attempt is enough. */
export function expectedHang(rule: string | undefined): "known" | undefined {
  return rule === RETURNS ? "known" : undefined;
}

/** By what a session judges, how closely it looks, and who counts. */
import type { Rule, SystemRequestRule, SystemRule } from "#spec";
import type { Tally } from "./tally.ts";
import type { Policy } from "./witness.ts";

export interface SessionOptions {
  readonly policy?: Policy;
  readonly tally?: Tally;
  /** The rules to judge by; all, unless somebody wants to know what a rule is good for. */
  readonly rules?: readonly Rule[];
  readonly systemRules?: readonly SystemRule[];
  readonly requestRules?: readonly SystemRequestRule[];
}

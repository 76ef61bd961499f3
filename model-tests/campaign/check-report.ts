/** What a check has found, as the data that every reporter and every script reads. */
import { RULES, SYSTEM_RULES, type TraceCall, type TraceConfig } from "#spec";
import type { Story } from "../conformance/story.ts";
import type { CallCounts, Tally } from "../conformance/tally.ts";
import type { Description } from "./describe.ts";

export type Verdict =
  | "passed"
  | "violated"
  | "vacuous"
  | "nondeterministic"
  | "interrupted"
  | "timeout";

export const EXITS: Readonly<Record<Verdict, number>> = {
  passed: 0,
  violated: 1,
  vacuous: 4,
  nondeterministic: 5,
  timeout: 124,
  interrupted: 130,
};

export interface ViolationReport {
  readonly rule: string;
  readonly sentence: string;
  readonly at: number;
  readonly reason?: string;
  readonly run?: number;
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
  /** How the trace was made shorter, if it was. */
  readonly shrunk?: {
    readonly callsBefore: number;
    readonly executions: number;
    /** Whether everything shorter in the trace's own words was tried. */
    readonly isShortest: boolean;
  };
  /** Whether the trace failed again in a process of its own. */
  readonly isReplayed: boolean;
  readonly story?: Story;
  /** The file, relative to the working directory. */
  readonly trace?: string;
  /** Why there is no file. */
  readonly unsaved?: string;
}

export interface TraceReport {
  readonly path: string;
  readonly calls: number;
  readonly skipped: number;
}

export interface CheckReport {
  readonly v: 1;
  readonly command: "check";
  readonly subject: string;
  readonly name: string;
  readonly seed: string;
  readonly verdict: Verdict;
  readonly exit: number;
  readonly runs: number;
  readonly traces: readonly TraceReport[];
  readonly calls: CallCounts;
  readonly kinds: Readonly<Record<string, number>>;
  readonly rules: Readonly<Record<string, "held" | "violated" | "not tested">>;
  /** For each rule that was not tested, why, or what would switch it on. */
  readonly hints: Readonly<Record<string, string>>;
  readonly marks: Readonly<Record<string, number>>;
  readonly missed: readonly string[];
  readonly violation?: ViolationReport;
  readonly inferred?: Description["inferred"];
  /** Everything that may differ from one machine to the next. */
  readonly measured: { readonly milliseconds: number; readonly callsPerSecond: number };
}

/** Which rules were tested, which held, and which one did not. */
export function ruleFindings(
  tally: Tally,
  isSystem: boolean,
  violated: string | undefined,
): CheckReport["rules"] {
  const rules = isSystem ? [...RULES, ...SYSTEM_RULES] : RULES;
  return Object.fromEntries(
    rules.map(({ name }) => [
      name,
      name === violated ? "violated" : tally.ruleCount(name) > 0 ? "held" : "not tested",
    ]),
  );
}

/** For each rule that `rules` says was not tested: what its user can write to have it tested. */
export function hintsFor(
  rules: CheckReport["rules"],
  { offers, promises }: Pick<Description, "offers" | "promises">,
): CheckReport["hints"] {
  const has = (method: string): boolean => offers.includes(method);
  const memory = has("memory") ? undefined : "memory() { return bytes; }";
  const needs: Readonly<Record<string, readonly (string | undefined)[]>> = {
    "zero-size-as-promised": [
      (promises.zeroSize ?? "any") !== "any"
        ? undefined
        : 'promises.zeroSize: "block" or "refused"',
    ],
    "block-in-extent": [has("extent") ? undefined : memory && "extent() { return parts; }"],
    "usable-size-honest": [has("usableSize") ? undefined : "usableSize(address) {}"],
    "refusal-justified": [
      (promises.availability ?? "never") !== "never"
        ? undefined
        : "promises.availability: { overhead, granule, minimum }",
    ],
    "reclaims-everything": [promises.reclaims ? undefined : "promises.reclaims: true"],
    "misuse-rejected": [
      (promises.rejects ?? []).length > 0 ? undefined : 'promises.rejects: ["double-free"]',
    ],
    "declined-without-effect": [memory],
    "payload-intact": [memory],
    "realloc-keeps-prefix": [
      has("realloc") ? undefined : "realloc(address, oldSize, align, newSize) {}",
      memory,
    ],
    "zeroed-is-zero": [has("allocZeroed") ? undefined : "allocZeroed(size, align) {}", memory],
    "extent-respected": [
      promises.touchesOnly === undefined ? 'promises.touchesOnly: "extent"' : undefined,
      memory,
    ],
    "instances-independent": [
      promises.independentInstances ? undefined : "promises.independentInstances: true",
      memory,
    ],
    "accounting-exact": [has("used") ? undefined : "used() { return bytes; }"],
  };
  const untested = Object.keys(rules).filter((rule) => rules[rule] === "not tested");
  return Object.fromEntries(
    untested.map((rule) => {
      const missing = (needs[rule] ?? []).filter((line) => line !== undefined);
      return [rule, missing.length > 0 ? missing.join(", ") : "did not come up in these runs"];
    }),
  );
}

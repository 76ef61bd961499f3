/** What a check has found, as the data that every reporter and every script reads. */
import { RULES, SYSTEM_REQUEST_RULES, SYSTEM_RULES, type TraceCall, type TraceConfig } from "#spec";
import type { Story } from "../conformance/story.ts";
import { CHANGES_TOLD } from "../conformance/system-watch.ts";
import type { CallCounts, Tally } from "../conformance/tally.ts";
import type { Description } from "./describe.ts";
import type { ToldSubject } from "./told-subject.ts";

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

/** A rule that was broken, and was not when the same calls were made again. */
export type OnceBroken = Pick<ViolationReport, "rule" | "sentence" | "at" | "reason" | "run">;

export interface TraceReport {
  readonly path: string;
  readonly calls: number;
  readonly skipped: number;
}

export interface CheckReport extends ToldSubject {
  readonly v: 1;
  readonly command: "check";
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
  /** How often each rule was put to the test and held. */
  readonly tested?: Readonly<Record<string, number>>;
  /** How often sizes were asked for, by the smallest of each range; of a machine, pages at once. */
  readonly sizes?: Readonly<Record<string, number>>;
  readonly missed: readonly string[];
  readonly violation?: ViolationReport;
  /** What happened and did not happen again, if the verdict is that the subject is not deterministic. */
  readonly once?: OnceBroken;
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
  const ofSystems = [...SYSTEM_RULES, ...SYSTEM_REQUEST_RULES, CHANGES_TOLD];
  const rules = isSystem ? [...RULES, ...ofSystems] : RULES;
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
  { offers, promises, offering }: Pick<Description, "offers" | "promises" | "offering">,
): CheckReport["hints"] {
  const has = (method: string): boolean => offers.includes(method);
  const without = (method: string, line: string): string | undefined =>
    has(method) ? undefined : (offering?.[method] ?? line);
  const memory = has("memory") ? undefined : "memory() { return bytes; }";
  const needs: Readonly<Record<string, readonly (string | undefined)[]>> = {
    "zero-size-as-promised": [
      (promises.zeroSize ?? "any") !== "any"
        ? undefined
        : 'promises.zeroSize: "block" or "refused"',
    ],
    "block-in-extent": [has("extent") ? undefined : memory && "extent() { return parts; }"],
    "usable-size-honest": [without("usableSize", "usableSize(address) {}")],
    "refusal-justified": [
      (promises.availability ?? "never") !== "never"
        ? undefined
        : "promises.availability: { overhead, granule, minimum }",
    ],
    "reclaims-everything": [promises.reclaims ? undefined : "promises.reclaims: true"],
    "misuse-rejected": [
      (promises.rejects ?? []).some((misuse) => misuse !== "foreign-heap")
        ? undefined
        : 'promises.rejects: ["double-free"]',
    ],
    "declined-without-effect": [memory],
    "payload-intact": [memory],
    "realloc-keeps-prefix": [
      without("realloc", "realloc(address, oldSize, align, newSize) {}"),
      memory,
    ],
    "zeroed-is-zero": [without("allocZeroed", "allocZeroed(size, align) {}"), memory],
    "extent-respected": [
      promises.touchesOnly === undefined ? 'promises.touchesOnly: "extent"' : undefined,
      memory,
    ],
    "instances-independent": [
      promises.independentInstances ? undefined : "promises.independentInstances: true",
      memory,
    ],
    "room-is-used": [
      promises.room === undefined ? "promises.room: { span, size, align, capacity }" : undefined,
    ],
    "heap-closed-empty": [
      has("close") ? undefined : "close(origin) {}",
      has("heapOf") ? undefined : "heapOf(origin) {}",
    ],
    "free-through-own-heap": [
      has("deallocThrough") ? undefined : "deallocThrough(heap, address, size, align) {}",
      has("heapOf") ? undefined : "heapOf(origin) {}",
      promises.rejects?.includes("foreign-heap") ? undefined : 'promises.rejects: ["foreign-heap"]',
    ],
    "page-changes-told": [has("changedPages") ? undefined : "changedPages() { return pages; }"],
    "accounting-exact": [without("used", "used() { return bytes; }")],
  };
  const untested = Object.keys(rules).filter((rule) => rules[rule] === "not tested");
  return Object.fromEntries(
    untested.map((rule) => {
      const missing = (needs[rule] ?? []).filter((line) => line !== undefined);
      return [rule, missing.length > 0 ? missing.join(", ") : "did not come up in these runs"];
    }),
  );
}

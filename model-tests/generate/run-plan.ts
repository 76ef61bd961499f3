/**
 * What one run is like: how much memory, how many live blocks, which sizes, which calls.
 *
 * Runs differ on purpose. A run that draws every size equally often never fills a heap, one that never
 * asks for alignment finds what the others hide: so each run has a character of its own, and some
 * calls are switched off in it altogether.
 */
import type { Promises } from "../subject/subject.ts";
import type { ChoiceSource } from "./choices.ts";

export const SIZE_KINDS = [
  "small",
  "edge",
  "near",
  "gap",
  "refused",
  "large",
  "huge",
  "any",
] as const;
export type SizeKind = (typeof SIZE_KINDS)[number];

export interface RunPlan {
  readonly memoryBytes: number;
  readonly calls: number;
  /** About how many blocks are live when the run is in full swing. */
  readonly liveTarget: number;
  /** Sizes that are not meant to be large stay below this. */
  readonly sizeMax: number;
  /** No request is larger, if this is given. */
  readonly sizeLimit?: number;
  readonly sizeKinds: readonly SizeKind[];
  /** Out of 100 requests, how many ask for more than the default alignment. */
  readonly alignedPercent: number;
  /** Out of 100 calls, how many resize, ask for zeroes, ask for the usable size, misuse. */
  readonly reallocPercent: number;
  readonly zeroedPercent: number;
  readonly usablePercent: number;
  readonly misusePercent: number;
  /** Whether the run begins by asking for nearly everything and giving it back. */
  readonly startsFull: boolean;
}

export interface PlanLimits {
  /** The most calls of a run. */
  readonly calls: number;
  /** The memory of every run, if it is not to be chosen. */
  readonly memoryBytes?: number;
  /** About how many live blocks, if that is not to be chosen. */
  readonly liveTarget?: number;
  /** The largest size to ask for, if there is to be one. */
  readonly sizeLimit?: number;
  /** Calls that are not to be made. */
  readonly skip?: readonly SkippableCall[];
}

/** What a run can do without; without requests and frees it would do nothing. */
export const SKIPPABLE = ["realloc", "allocZeroed", "usableSize", "misuse"] as const;
export type SkippableCall = (typeof SKIPPABLE)[number];

const KIB = 1024;
const MEMORY = [KIB, 4 * KIB, 4 * KIB, 16 * KIB, 64 * KIB, 64 * KIB, 256 * KIB, KIB * KIB] as const;
const TARGETS = [3, 8, 24, 64, 200] as const;

/** Draws the character of a run. */
export function planRun(choices: ChoiceSource, promises: Promises, limits: PlanLimits): RunPlan {
  const pick = <Item>(items: readonly Item[]): Item => items[choices.below(items.length)] as Item;
  const sometimes = (percent: number): number => (choices.below(2) === 0 ? 0 : percent);

  const memoryBytes = limits.memoryBytes ?? pick(MEMORY);
  const liveTarget = limits.liveTarget ?? pick(TARGETS);
  const share = Math.max(16, Math.floor(memoryBytes / liveTarget));
  const unless = (call: SkippableCall, percent: number): number =>
    (limits.skip ?? []).includes(call) ? 0 : percent;
  const kinds = SIZE_KINDS.filter(() => choices.below(2) === 0);
  return {
    memoryBytes,
    calls: Math.max(1, Math.floor(limits.calls / pick([1, 1, 2, 4, 8]))),
    liveTarget,
    sizeMax: pick([32, 300, share, 2 * share]),
    ...(limits.sizeLimit === undefined ? {} : { sizeLimit: limits.sizeLimit }),
    sizeKinds: kinds.length > 0 ? kinds : ["any"],
    alignedPercent: (promises.alignMax ?? 1) > 1 ? pick([0, 10, 50]) : 0,
    reallocPercent: unless("realloc", sometimes(15)),
    zeroedPercent: unless("allocZeroed", sometimes(10)),
    usablePercent: unless("usableSize", sometimes(3)),
    misusePercent: unless("misuse", (promises.rejects ?? []).length > 0 ? pick([0, 2, 10]) : 0),
    startsFull: promises.reclaims === true && choices.below(2) === 0,
  };
}

/** One side of a comparison at work: it is described, and measured on one trace after the other. */
import { stuckFinding } from "../campaign/crew-executor.ts";
import type { Description } from "../campaign/describe.ts";
import { type Hands, handsFor } from "../campaign/hands.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { loadSubject } from "../subject/load-subject.ts";
import type { Subject } from "../subject/subject.ts";
import { kindOf } from "../subject/subject-kind.ts";
import type { ComparedSubject, CompareOptions } from "./compare-options.ts";
import type { ComparedTrace } from "./compared-trace.ts";
import type { Measured } from "./measure-trace.ts";
import { race, type TimeRatio } from "./race.ts";

export interface Side {
  readonly hands: Hands;
  readonly known: Description;
  readonly given: ComparedSubject;
}

/** How many rounds are raced if nobody says otherwise. */
export const COMPARE_ROUNDS = 8;

/** Opens the side of `given`. */
export async function openSide(
  given: ComparedSubject,
  { directory, callTimeoutMs, signal }: Omit<CompareOptions, "base">,
): Promise<Side> {
  const hands = handsFor({
    ...given,
    ...(directory === undefined ? {} : { directory }),
    ...(callTimeoutMs === undefined ? {} : { callTimeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    const outcome = await hands.run<Description>({ kind: "describe", infer: false }, 10);
    if (outcome.kind === "stuck") throw new UnusableSubject("create() does not return");
    return { hands, known: outcome.value, given };
  } catch (error) {
    await hands.close();
    throw error;
  }
}

/** Measures on each trace, up to the first that breaks a rule. */
export async function measureAll(
  hands: Hands,
  traces: readonly ComparedTrace[],
  cores: number,
  { onProgress, signal }: Omit<CompareOptions, "base">,
  what: string,
): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const trace of traces) {
    if (signal?.aborted) break;
    onProgress?.(`${what}: ${trace.name}`);
    const outcome = await hands.run<Measured>({ kind: "measure", ...trace, cores });
    if (outcome.kind === "done") measured.push(outcome.value);
    else {
      const { calls } = outcome;
      const finding = stuckFinding(outcome);
      const nothing = { peak: 0, fragmentation: 0 };
      const seen = { mark: "", calls: calls.length, refused: 0, skipped: 0, span: nothing };
      measured.push({ name: trace.name, ...seen, finding });
    }
    if (measured.at(-1)?.finding !== undefined) break;
  }
  return measured;
}

/** The ratio of times, or why there is none. */
export async function raced(
  base: Side,
  candidate: Side,
  traces: readonly ComparedTrace[],
  cores: number,
  { rounds = COMPARE_ROUNDS, onProgress }: CompareOptions,
): Promise<TimeRatio | { readonly why: string }> {
  if (rounds < 2) return { why: "not asked for" };
  onProgress?.(`racing ${base.known.name} and ${candidate.known.name}`);
  const task = { traces, cores, rounds };
  const { reference } = candidate.hands;
  if (reference === undefined || base.hands.reference === undefined) {
    const [one, other] = [await hereOf(base), await hereOf(candidate)];
    return await race(one, other, task);
  }
  // A native library runs in a process of its own, where anything else can be loaded as well.
  const isTurned = isNative(candidate) && !isNative(base);
  const [host, guest] = isTurned ? [candidate, base] : [base, candidate];
  const { reference: named = "", options, directory } = guest.hands;
  const rival = { reference: named, options, directory };
  const outcome = await host.hands.run<TimeRatio>({ kind: "race", ...task, rival }, 10);
  if (outcome.kind !== "done") return { why: outcome.reason };
  return isTurned ? turned(outcome.value) : outcome.value;
}

function isNative({ hands: { reference = "", options } }: Side): boolean {
  return kindOf(reference, options) === "native";
}

/** The ratio of those who took each other's place. */
function turned({ ratio, low, high, rounds }: TimeRatio): TimeRatio {
  return { ratio: 1 / ratio, low: 1 / high, high: 1 / low, rounds };
}

/** The subject itself, in this thread. */
async function hereOf({ given: { subject, options }, hands }: Side): Promise<Subject> {
  return typeof subject === "string"
    ? await loadSubject(subject, hands.directory, options)
    : subject;
}

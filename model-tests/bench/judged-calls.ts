/**
 * How many calls a second are made and judged: generated as a campaign generates them, or recorded.
 *
 * A heap is first filled to the number of live blocks that is asked for, which is not measured. Requests
 * are then of kinds that a campaign draws: up to 64 bytes, powers of two up to 8 KiB give or take one,
 * near a live size, up to 300 bytes. Left out is what grows with memory, a gap or a share of it: a block
 * of a megabyte costs its writing and says nothing about judging.
 */
import { RULES, type Rule, type TraceCall, traceCall } from "#spec";
import type { BlockName } from "#units";
import { Session } from "../conformance/session.ts";
import type { Policy } from "../conformance/witness.ts";
import { CallGenerator } from "../generate/call-generator.ts";
import { RandomChoices } from "../generate/choices.ts";
import type { RunPlan } from "../generate/run-plan.ts";
import type { Subject } from "../subject/subject.ts";
import { now } from "./statistics.ts";

/** All rules and every byte watched, or what remains when nothing is judged. */
export type Judging = "all rules" | "no rules";

const OPTIONS: Readonly<Record<Judging, { policy: Policy; rules: readonly Rule[] }>> = {
  "all rules": { policy: "neighbours", rules: RULES },
  "no rules": { policy: "none", rules: [] },
};

const SEED = 20;
const SIZE_MAX = 300;
const SIZE_LIMIT = 8193;
const ALIGN_MAX = 64;
/** Names of blocks that are there from the start, beyond those that are generated. */
const FIRST_FILLER = 0x2000_0000;

export function planOf(liveTarget: number): RunPlan {
  return {
    memoryBytes: Math.max(0x4_0000, liveTarget * 1024),
    calls: Number.MAX_SAFE_INTEGER,
    liveTarget,
    sizeMax: SIZE_MAX,
    sizeLimit: SIZE_LIMIT,
    sizeKinds: ["small", "edge", "near", "any"],
    alignedPercent: 10,
    reallocPercent: 15,
    zeroedPercent: 10,
    usablePercent: 3,
    misusePercent: 2,
    startsFull: false,
  };
}

/** Calls a second on a heap of about `liveTarget` live blocks. */
export async function generatedRate(
  subject: Subject,
  liveTarget: number,
  calls: number,
  judging: Judging,
): Promise<number> {
  const plan = planOf(liveTarget);
  const { memoryBytes } = plan;
  const session = await Session.open(alone(subject), { memoryBytes, cores: 1 }, OPTIONS[judging]);
  const choices = new RandomChoices(SEED, liveTarget);
  await fill(session, choices, liveTarget);
  const heaps = session.heaps;
  const generator = new CallGenerator(choices, plan, session.promises, heaps, 1);
  await makeGenerated(session, generator, Math.min(calls / 4, 20_000));

  const start = now();
  await makeGenerated(session, generator, calls);
  const seconds = (now() - start) / 1e9;
  await session.close();
  return calls / seconds;
}

/** Calls a second over the recorded `calls`, made once on a fresh heap. */
export async function recordedRate(
  subject: Subject,
  calls: readonly TraceCall[],
  memoryBytes: number,
  judging: Judging,
): Promise<number> {
  const session = await Session.open(alone(subject), { memoryBytes, cores: 1 }, OPTIONS[judging]);
  const start = now();
  for (const call of calls) {
    const pending = session.step(call);
    if (typeof pending !== "string") await pending;
  }
  const seconds = (now() - start) / 1e9;
  requireClean(session);
  await session.close();
  return calls.length / seconds;
}

/**
 * `subject`, one instance at a time, since a second one would be watched too; and with alignments that
 * leave no holes too small to use, through a long list of which it would have to walk.
 */
function alone(subject: Subject): Subject {
  const { promises } = subject;
  if (typeof promises !== "object") return subject;
  const alignMax = Math.min(promises.alignMax ?? 1, ALIGN_MAX);
  return { ...subject, promises: { ...promises, alignMax, independentInstances: false } };
}

async function fill(session: Session, choices: RandomChoices, live: number): Promise<void> {
  for (let made = 0; session.heap.index.size < live; made++) {
    const name = (FIRST_FILLER + made) as BlockName;
    const size = 1 + choices.below(SIZE_MAX);
    await session.step(traceCall({ kind: "alloc", name, size }));
    requireClean(session);
  }
}

async function makeGenerated(
  session: Session,
  generator: CallGenerator,
  calls: number,
): Promise<void> {
  const counts = session.tally.calls;
  for (let made = 0; made < calls; made++) {
    const call = generator.next();
    if (call === undefined) throw new Error("a run without end has ended");
    const { refused } = counts;
    const pending = session.step(call);
    if (typeof pending !== "string") await pending;
    if (counts.refused > refused) generator.refused(call.size);
  }
  requireClean(session);
}

function requireClean({ violation }: Session): void {
  if (violation !== undefined)
    throw new Error(`an allocator we trust broke ${violation.rule.name}`);
}

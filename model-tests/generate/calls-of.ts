/**
 * Sequences of calls as a fast-check arbitrary, so that they can be combined with other arbitraries
 * and shrunk by fast-check:
 *
 *     fc.assert(fc.asyncProperty(callsOf(subject), async (calls) => …));
 *
 * No heap is asked while calls are drawn. Every request is taken to be granted, and a call refers to
 * a block by name: one that the heap has refused is skipped. So sizes cannot be drawn from the holes
 * that are there, as a campaign draws them; what a run is like is planned as a campaign plans it.
 */
import fc from "fast-check";
import { type TraceCall, type TraceMisuse, traceCall } from "#spec";
import type { BlockName } from "#units";
import { promisesOf } from "../subject/contract.ts";
import type { Promises, Subject } from "../subject/subject.ts";
import { ReplayedChoices } from "./choices.ts";
import { planRun, type RunPlan } from "./run-plan.ts";

export interface CallsOptions {
  /** The most calls of a sequence. */
  readonly calls?: number;
  /** The memory that sizes are chosen for. */
  readonly memoryBytes?: number;
}

/** What one call is made of; what each number means depends on the calls before. */
interface Draw {
  readonly kind: number;
  readonly victim: number;
  readonly size: number;
  readonly align: number;
  readonly core: number;
}

interface Setting {
  readonly plan: RunPlan;
  readonly promises: Promises;
  readonly cores: number;
}

const PLAN_CHOICES = 20;

/** Sequences of calls that may be made of `subject`. */
export function callsOf(
  subject: Subject,
  options: CallsOptions = {},
): fc.Arbitrary<readonly TraceCall[]> {
  const { calls = 100, memoryBytes = 65_536 } = options;
  const promises = promisesOf(subject);
  const cores = subject.cores ?? 1;
  const draw = fc.record({
    kind: fc.nat(99),
    victim: fc.nat(0xffff),
    size: fc.nat(0xff_ffff),
    align: fc.nat(0xffff),
    core: fc.nat(cores - 1),
  });
  const character = fc.array(fc.nat(0xffff), { minLength: PLAN_CHOICES, maxLength: PLAN_CHOICES });
  return fc
    .tuple(character, fc.array(draw, { maxLength: calls, size: "max" }))
    .map(([choices, draws]) => {
      const plan = planRun(new ReplayedChoices(choices), promises, { calls, memoryBytes });
      return sequenceOf(draws, { plan, promises, cores });
    });
}

function sequenceOf(draws: readonly Draw[], setting: Setting): readonly TraceCall[] {
  const live: BlockName[] = [];
  const dead: BlockName[] = [];
  const calls: TraceCall[] = [];
  for (const draw of draws) {
    const call = callOf(draw, live, dead, setting);
    calls.push(call);
    if (call.kind === "alloc" || call.kind === "allocZeroed") live.push(call.name);
    if (call.kind === "dealloc" && call.misuse === "none") {
      live.splice(live.indexOf(call.name), 1);
      dead.push(call.name);
    }
  }
  return calls;
}

function callOf(
  draw: Draw,
  live: readonly BlockName[],
  dead: readonly BlockName[],
  { plan, promises, cores }: Setting,
): TraceCall {
  const { kind, core } = draw;
  const size = sizeOf(draw.size, plan);
  const misuse = kind < plan.misusePercent ? misuseOf(draw, live, dead, promises) : undefined;
  if (misuse !== undefined) return traceCall({ ...misuse, core });
  if (cores > 1 && kind >= 98) return traceCall({ kind: kind === 98 ? "close" : "switch", core });
  const victim = live[draw.victim % Math.max(1, live.length)];
  if (victim === undefined || draw.victim % (2 * plan.liveTarget) >= live.length) {
    const name = (live.length + dead.length) as BlockName;
    const isAligned = draw.align % 100 < plan.alignedPercent;
    const align = isAligned ? alignmentOf(Math.floor(draw.align / 100), promises) : 1;
    const isZeroed = draw.align % 100 >= 100 - plan.zeroedPercent;
    return traceCall({ kind: isZeroed ? "allocZeroed" : "alloc", name, size, align, core });
  }
  if (kind >= 100 - plan.reallocPercent) {
    return traceCall({ kind: "realloc", name: victim, size: Math.max(1, size), core });
  }
  if (kind >= 100 - plan.reallocPercent - plan.usablePercent) {
    return traceCall({ kind: "usableSize", name: victim, core });
  }
  return traceCall({ kind: "dealloc", name: victim, core });
}

/** Small sizes and the edges of size classes often, others up to what the plan calls large. */
function sizeOf(drawn: number, { sizeMax }: RunPlan): number {
  const kind = drawn % 4;
  const rest = Math.floor(drawn / 4);
  if (kind === 0) return rest % 65;
  if (kind === 1) return 2 ** (rest % 14) + (Math.floor(rest / 14) % 3) - 1;
  return rest % (kind === 2 ? sizeMax + 1 : 2 * sizeMax);
}

function alignmentOf(drawn: number, { alignMax = 1 }: Promises): number {
  return 2 ** (drawn % (Math.log2(alignMax) + 1));
}

function misuseOf(
  { victim, size, align }: Draw,
  live: readonly BlockName[],
  dead: readonly BlockName[],
  { rejects = [] }: Promises,
): (Partial<TraceCall> & Pick<TraceCall, "kind">) | undefined {
  const misuse: TraceMisuse | undefined = rejects[align % Math.max(1, rejects.length)];
  if (misuse === undefined) return undefined;
  if (misuse === "foreign-pointer") {
    return { kind: "dealloc", misuse, address: 8 * size, size: 16 };
  }
  const names = misuse === "double-free" ? dead : live;
  const name = names[victim % Math.max(1, names.length)];
  if (name === undefined) return undefined;
  if (misuse === "interior-pointer")
    return { kind: "dealloc", name, misuse, offset: 1 + (size % 64) };
  return { kind: "dealloc", name, misuse, size: misuse === "wrong-layout" ? 1 + size : 0 };
}

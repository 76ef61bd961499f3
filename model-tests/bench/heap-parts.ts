/** What is measured of heaps: their footprint, what they cost on the simulated machine, and how they scale. */
import { benchedCalls } from "./benched-calls.ts";
import { FOOTPRINT_NAMES, memoryOverhead } from "./heap-footprint.ts";
import { HEAP_KINDS, HEAP_LIVES, HEAP_SIZES, nsAmongLive, nsOfSize } from "./heap-probe.ts";
import type { Effort, Samples } from "./parts.ts";
import { COST_NAMES, costsOfGrowth, costsPerCall } from "./simulated-costs.ts";
import { repeated } from "./statistics.ts";

type HeapPart = (effort: Effort) => Promise<Samples>;

export const HEAP_PARTS: readonly (readonly [string, HeapPart])[] = [
  ...FOOTPRINT_NAMES.map((name) => [`footprint ${name}`, footprint(name)] as const),
  ["simulated costs", simulatedCosts],
  ...HEAP_KINDS.flatMap((kind) => [
    ...HEAP_LIVES.map((live) => [`live ${kind} ${live}`, among(kind, live)] as const),
    ...HEAP_SIZES.map((size) => [`size ${kind} ${size}`, ofSize(kind, size)] as const),
  ]),
];

function footprint(name: (typeof FOOTPRINT_NAMES)[number]): HeapPart {
  return async ({ traces }) => {
    const samples: Record<string, readonly number[]> = {};
    for (const trace of traces) samples[trace] = [memoryOverhead(name, await benchedCalls(trace))];
    return samples;
  };
}

async function simulatedCosts({ traces }: Effort): Promise<Samples> {
  const samples: Record<string, readonly number[]> = {};
  for (const trace of traces) {
    const costs = costsPerCall(await benchedCalls(trace));
    samples[`a call of ${trace}`] = COST_NAMES.map((name) => costs[name]);
  }
  const { transferred, mapped } = costsOfGrowth();
  samples["a page from another heap"] = COST_NAMES.map((name) => transferred[name]);
  samples["a page that is mapped"] = COST_NAMES.map((name) => mapped[name]);
  return samples;
}

function among(kind: (typeof HEAP_KINDS)[number], live: number): HeapPart {
  return ({ times, pairs }) => sampled(times, () => nsAmongLive(kind, live, pairs / 3));
}

function ofSize(kind: (typeof HEAP_KINDS)[number], size: number): HeapPart {
  return ({ times, pairs }) => sampled(times, () => nsOfSize(kind, size, pairs / 150));
}

/** What `measure` answers, repeatedly, or why it cannot be measured. */
async function sampled(times: number, measure: () => Promise<number | string>): Promise<Samples> {
  const first = await measure();
  if (typeof first === "string") return { ns: first };
  return { ns: await repeated(times, async () => Number(await measure())) };
}

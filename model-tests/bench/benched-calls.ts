/** The calls that heaps are measured with: recorded traces, and the workloads in their short form. */
import { RandomChoices } from "../generate/choices.ts";
import { WORKLOADS } from "../workloads/workloads.ts";
import { type FlatCalls, flatCalls } from "./raw-allocators.ts";
import { recordedCalls, type TraceName } from "./recorded-traces.ts";

export const WORKLOAD_NAMES: readonly string[] = WORKLOADS.map(({ name }) => name);

const SEED = 1;

/** The calls of the trace or workload `name`, all of them made on one core. */
export async function benchedCalls(name: string): Promise<FlatCalls> {
  const workload = WORKLOADS.find((each) => each.name === name);
  if (workload === undefined) return flatCalls(await recordedCalls(name as TraceName));
  return flatCalls([...workload.short(new RandomChoices(SEED))]);
}

/** Those of `calls` that are of blocks which never have more than `most` bytes. */
export function smallCalls(calls: FlatCalls, most: number): FlatCalls {
  const isLarge = new Uint8Array(calls.blocks);
  for (let index = 0; index < calls.count; index++) {
    if ((calls.sizes[index] as number) > most) isLarge[calls.names[index] as number] = 1;
  }
  const kept = [...calls.names.keys()].filter(
    (index) => isLarge[calls.names[index] as number] === 0,
  );
  return {
    count: kept.length,
    blocks: calls.blocks,
    kinds: Uint8Array.from(kept, (index) => calls.kinds[index] as number),
    names: Int32Array.from(kept, (index) => calls.names[index] as number),
    sizes: Int32Array.from(kept, (index) => calls.sizes[index] as number),
    aligns: Int32Array.from(kept, (index) => calls.aligns[index] as number),
  };
}

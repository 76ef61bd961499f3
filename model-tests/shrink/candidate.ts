/** A trace on its way to becoming short, and how two of them compare. */
import type { TraceCall, TraceConfig } from "#spec";

export interface Candidate {
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
}

/**
 * Whether `left` tells the same story better: with fewer calls; of as many, with plainer ones; of
 * those, with smaller numbers.
 */
export function isSimpler(left: Candidate, right: Candidate): boolean {
  const leftWeights = weights(left);
  const rightWeights = weights(right);
  const index = leftWeights.findIndex((weight, place) => weight !== rightWeights[place]);
  return index >= 0 && (leftWeights[index] as number) < (rightWeights[index] as number);
}

function weights({ calls, config }: Candidate): readonly number[] {
  let plainness = 0;
  let total = 0;
  const sizes = new Set<number>();
  for (const call of calls) {
    const { kind, align, core, entity, instance, size, offset, address } = call;
    if (kind === "realloc" || kind === "allocZeroed" || kind === "usableSize") plainness += 1;
    if (align > 1) plainness += 1;
    if (core > 0) plainness += 1;
    if (entity > 0) plainness += 1;
    if (instance > 0) plainness += 1;
    total += size + offset + address + align;
    if (size > 0) sizes.add(size);
  }
  return [calls.length, plainness, sizes.size, total, config.memoryBytes];
}

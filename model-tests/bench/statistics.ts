/** How a measurement came out that was made several times, on a machine that others use too. */

export interface Spread {
  /** The best for times, the worst for rates. */
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((left, right) => left - right);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { min: at(0), median: at(Math.floor(sorted.length / 2)), max: at(sorted.length - 1) };
}

/** Makes `measure` at most `times` times, fewer when it takes long, and collects what it answers. */
export async function repeated(
  times: number,
  measure: () => number | Promise<number>,
): Promise<number[]> {
  const samples: number[] = [];
  const end = now() + LONG_ENOUGH_NS;
  while (samples.length < times && (samples.length === 0 || now() < end)) {
    samples.push(await measure());
  }
  return samples;
}

const LONG_ENOUGH_NS = 4e9;

/** Nanoseconds since some moment that stays the same. */
export function now(): number {
  return Number(process.hrtime.bigint());
}

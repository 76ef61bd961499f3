/** Counts what a run or a campaign has done and reached. Tallies of several workers add up. */
import type { Observer } from "#support";

export interface CallCounts {
  executed: number;
  refused: number;
  skipped: number;
  /** Resizings done by hand, for a subject that has none. */
  emulated: number;
  /** Alignments above what the subject honours, taken down to it. */
  lowered: number;
}

export class Tally implements Observer {
  readonly calls: CallCounts = { executed: 0, refused: 0, skipped: 0, emulated: 0, lowered: 0 };
  readonly #rules: Counts = new Map();
  readonly #marks: Counts = new Map();
  readonly #kinds: Counts = new Map();
  /** How often a size was asked for, by the number of its binary digits. */
  readonly #sizes = new Float64Array(SIZE_DIGITS_MAX + 1);

  /** A rule was put to the test and held. */
  reached(rule: string): void {
    count(this.#rules, rule, 1);
  }

  /** A situation worth reaching was reached. */
  mark(name: string): void {
    count(this.#marks, name, 1);
  }

  kind(name: string): void {
    count(this.#kinds, name, 1);
  }

  /** So many bytes were asked for, or of a machine so many pages. */
  size(count: number): void {
    const digits = count < 2 ** 31 ? 32 - Math.clz32(count) : Math.floor(Math.log2(count)) + 1;
    this.#sizes[digits] = (this.#sizes[digits] ?? 0) + 1;
  }

  ruleCount(name: string): number {
    return this.#rules.get(name)?.times ?? 0;
  }

  markCount(name: string): number {
    return this.#marks.get(name)?.times ?? 0;
  }

  /** All counts, as plain data in a stable order. */
  toData(): TallyData {
    return {
      calls: { ...this.calls },
      rules: sorted(this.#rules),
      marks: sorted(this.#marks),
      kinds: sorted(this.#kinds),
      sizes: [...this.#sizes],
    };
  }

  /** Adds what another tally counted. */
  add({ calls, rules, marks, kinds, sizes }: TallyData): void {
    for (const key of Object.keys(calls) as (keyof CallCounts)[]) this.calls[key] += calls[key];
    addAll(this.#rules, rules);
    addAll(this.#marks, marks);
    addAll(this.#kinds, kinds);
    for (const [digits, times] of sizes.entries()) {
      this.#sizes[digits] = (this.#sizes[digits] ?? 0) + times;
    }
  }
}

export interface TallyData {
  readonly calls: CallCounts;
  readonly rules: Readonly<Record<string, number>>;
  readonly marks: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  /** By the number of binary digits of the size. */
  readonly sizes: readonly number[];
}

/** A safe integer has no more binary digits. */
const SIZE_DIGITS_MAX = 53;

/** How often each range of sizes was asked for, by the smallest size of the range: 0, 1, 2, 4, 8 … */
export function sizeCounts(sizes: readonly number[]): Readonly<Record<string, number>> {
  const counts = sizes.map(
    (times, digits) => [digits === 0 ? 0 : 2 ** (digits - 1), times] as const,
  );
  return Object.fromEntries(counts.filter(([, times]) => times > 0));
}

/** A count that is found once and then raised in place: a dozen of them are, on every call. */
type Counts = Map<string, { times: number }>;

function count(counts: Counts, name: string, more: number): void {
  const known = counts.get(name);
  if (known === undefined) counts.set(name, { times: more });
  else known.times += more;
}

function sorted(counts: Counts): Record<string, number> {
  const names = [...counts.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, counts.get(name)?.times ?? 0]));
}

function addAll(counts: Counts, more: Readonly<Record<string, number>>): void {
  for (const [name, times] of Object.entries(more)) count(counts, name, times);
}

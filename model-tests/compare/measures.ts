/** What two subjects did on the same traces, put side by side: one row a measure, and its worst trace. */
import type { Measured } from "./measure-trace.ts";

export interface MeasureRow {
  readonly name: string;
  /** What is measured, and how. */
  readonly about: string;
  /** Over all traces: added up, or the average call's share for `fragmentation`. */
  readonly base: number;
  readonly candidate: number;
  /** The trace on which the candidate is worst, compared with the base; absent if it is nowhere worse. */
  readonly worst?: { readonly trace: string; readonly base: number; readonly candidate: number };
}

/** All measures that both have. */
export function measureRows(
  base: readonly Measured[],
  candidate: readonly Measured[],
): readonly MeasureRow[] {
  const arePages = [...base, ...candidate].every(({ pages }) => pages !== undefined);
  const footprint = ({ pages, span }: Measured) => (arePages ? (pages ?? span) : span);
  const of = arePages
    ? "bytes of pages that the heaps own"
    : "bytes from the lowest to the highest of a block";
  const names = Object.keys(base[0]?.costs ?? {});
  const shared = names.filter((name) =>
    [...base, ...candidate].every(({ costs }) => costs?.[name] !== undefined),
  );
  return [
    row("peak", `most ${of}`, base, candidate, (one) => footprint(one).peak),
    averageRow(
      "fragmentation",
      `share of the ${of} that nobody asked for`,
      base,
      candidate,
      (one) => {
        return footprint(one).fragmentation;
      },
    ),
    row("refused", "requests refused", base, candidate, ({ refused }) => refused),
    ...shared.map((name) =>
      row(name, "counted by the subject", base, candidate, ({ costs }) => costs?.[name] ?? 0),
    ),
  ];
}

function row(
  name: string,
  about: string,
  base: readonly Measured[],
  candidate: readonly Measured[],
  of: (one: Measured) => number,
): MeasureRow {
  const sum = (side: readonly Measured[]): number => side.reduce((all, one) => all + of(one), 0);
  const pairs = pairsOf(base, candidate, of);
  const worst = worstOf(pairs, (pair) => pair.candidate / Math.max(pair.base, 1));
  return { name, about, base: sum(base), candidate: sum(candidate), ...worst };
}

function averageRow(
  name: string,
  about: string,
  base: readonly Measured[],
  candidate: readonly Measured[],
  of: (one: Measured) => number,
): MeasureRow {
  const average = (side: readonly Measured[]): number => {
    const calls = side.reduce((all, one) => all + one.calls, 0);
    return side.reduce((all, one) => all + of(one) * one.calls, 0) / Math.max(1, calls);
  };
  const pairs = pairsOf(base, candidate, of);
  const worst = worstOf(pairs, (pair) => pair.candidate - pair.base);
  return { name, about, base: average(base), candidate: average(candidate), ...worst };
}

type Pair = NonNullable<MeasureRow["worst"]>;

function pairsOf(
  base: readonly Measured[],
  candidate: readonly Measured[],
  of: (one: Measured) => number,
): readonly Pair[] {
  return base.flatMap((one, index) => {
    const other = candidate[index];
    return other === undefined ? [] : [{ trace: one.name, base: of(one), candidate: of(other) }];
  });
}

function worstOf(
  pairs: readonly Pair[],
  badness: (pair: Pair) => number,
): { readonly worst?: Pair } {
  let worst: Pair | undefined;
  for (const pair of pairs) {
    if (pair.candidate <= pair.base) continue;
    if (worst === undefined || badness(pair) > badness(worst)) worst = pair;
  }
  return worst === undefined ? {} : { worst };
}

/** Columns that hold the lists of two classes, with the spans of each; the rest are pages in neither. */
import fc from "fast-check";
import { NONE, PlainColumn, type Rank, type Span } from "#impl";
import { finiteMap } from "#support";
import type { ListInColumns } from "./list-in-columns.ts";

/** Lists in columns, the spans of `lists.list`, and the pages that are in neither list. */
export interface ArbitraryLists {
  readonly lists: ListInColumns;
  readonly spans: readonly Span[];
  readonly pages: readonly Span[];
}

const ROWS = 8;

/** Two lists in the same columns. What is in the rows of pages that are in neither is any number. */
export const listsInColumns: fc.Arbitrary<ArbitraryLists> = fc
  .record({
    order: fc.shuffledSubarray(
      Array.from({ length: ROWS }, (_, page) => page as Span),
      { minLength: ROWS },
    ),
    lengths: fc.tuple(fc.nat(4), fc.nat(3)),
    rest: fc.integer({ min: -1, max: ROWS }),
  })
  .map(({ order, lengths: [length, otherLength], rest }) => {
    const spans = order.slice(0, length);
    const others = order.slice(length, length + otherLength);
    const next = new PlainColumn(new Int32Array(ROWS).fill(rest));
    const previous = new PlainColumn(new Int32Array(ROWS).fill(rest));
    for (const each of [spans, others]) {
      each.forEach((span, place) => {
        next.write(span, each[place + 1] ?? NONE);
        previous.write(span, each[place - 1] ?? NONE);
      });
    }
    const lists = { next, previous, list: ranked(spans), others: ranked(others) };
    return { lists, spans, pages: order.slice(length + otherLength) };
  });

/** The spans by their ranks, the first one highest; not every rank is one of a span. */
function ranked(spans: readonly Span[]): ListInColumns["list"] {
  return finiteMap(
    spans.map((span, place) => [span, (2 * (spans.length - place)) as Rank] as const),
  );
}

/**
 * Reads what two columns mean, by following them: for tests, which compare what the span table does
 * with what the meaning of each step says.
 */
import { assert, finiteMap } from "#support";
import { NONE, type SpanNumber } from "../heap/span-number.ts";
import type { Column } from "../memory/column.ts";
import type { Rank, Span, SpanList } from "./span-list-meaning.ts";

/** The spans of the list that begins with `first`, the one that is taken from first in front. */
export function spansFrom(next: Column, first: SpanNumber): readonly Span[] {
  const spans: Span[] = [];
  for (let span = first; span !== NONE; span = next.read(span)) {
    assert(spans.length < next.length, "a list of spans ends");
    spans.push(span as Span);
  }
  return spans;
}

/** The list that `spans` are, in that order: the last has rank 0. */
export function spanListOf(spans: readonly Span[]): SpanList {
  return finiteMap(spans.toReversed().map((span, rank) => [span, rank as Rank] as const));
}

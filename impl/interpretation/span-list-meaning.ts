/**
 * What it is for two columns to hold the list of a class's spans with room: in the dialect, said of
 * any two spans.
 *
 *     columns   first ──► span ──► span ──► span ──► none      and back
 *     meaning   { span -> rank }                               highest first
 *
 * Ranks say the order and nothing else: a span that is linked gets one above all others, and one
 * that is unlinked leaves a gap. That they go down along `next` is what keeps a walk from ever
 * coming to a span twice.
 */
import type { FiniteMap } from "#support";
import type { Branded } from "#units";
import { NONE, type SpanNumber } from "../heap/span-number.ts";
import type { Column } from "../memory/column.ts";

/**
 * A page that is a span, by its number in the extent.
 *
 * @range 0..2^31-1
 */
export type Span = Branded<"Span">;

/** How late a span was linked: later than those of lower rank. */
export type Rank = Branded<"Rank">;

/** The spans of a list, by their ranks. */
export type SpanList = FiniteMap<Span, Rank>;

/**
 * Whether `one`, if it is one of `list`, is a row of both columns, has a rank of its own, and has in
 * its row the span next below it and the one next above it, as far as `other` can tell; and whether
 * those two have it in theirs.
 */
export function isSpanListAt(
  list: SpanList,
  next: Column,
  previous: Column,
  one: Span,
  other: Span,
): boolean {
  if (!list.has(one)) return true;
  if (one >= next.length || one >= previous.length) return false;
  const isAlone = one === other || !list.has(other) || list.get(other) !== list.get(one);
  const below = next.read(one);
  const above = previous.read(one);
  const isLinkedBack = hasInRow(previous, below, one) && hasInRow(next, above, one);
  return (
    isAlone &&
    isLinkedBack &&
    isNextBelow(list, below, one, other) &&
    isNextAbove(list, above, one, other)
  );
}

/** Whether `first`, which may be `NONE`, has the highest rank as far as `other` can tell. */
export function isFirstSpanAt(list: SpanList, first: SpanNumber, other: Span): boolean {
  if (first === NONE) return !list.has(other);
  const span = first as Span;
  return list.has(span) && (!list.has(other) || list.get(other) <= list.get(span));
}

/** Whether `span`, unless it is `NONE`, is a row of `column` that holds `one`. */
function hasInRow(column: Column, span: SpanNumber, one: Span): boolean {
  return span === NONE || (0 <= span && span < column.length && column.read(span) === one);
}

/** Whether `below` is in the list below `one`, or `NONE`, and `other` is not between them. */
function isNextBelow(list: SpanList, below: SpanNumber, one: Span, other: Span): boolean {
  const rank = list.get(one);
  const isPassed = !list.has(other) || list.get(other) >= rank;
  if (below === NONE) return isPassed;
  const span = below as Span;
  const isBelow = list.has(span) && list.get(span) < rank;
  return isBelow && (isPassed || list.get(other) <= list.get(span));
}

/** Whether `above` is in the list above `one`, or `NONE`, and `other` is not between them. */
function isNextAbove(list: SpanList, above: SpanNumber, one: Span, other: Span): boolean {
  const rank = list.get(one);
  const isPassed = !list.has(other) || list.get(other) <= rank;
  if (above === NONE) return isPassed;
  const span = above as Span;
  const isAbove = list.has(span) && list.get(span) > rank;
  return isAbove && (isPassed || list.get(other) >= list.get(span));
}

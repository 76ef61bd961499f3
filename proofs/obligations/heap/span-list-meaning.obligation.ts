/**
 * What a list of spans is, said without the predicates of `impl/interpretation`, and that they say the
 * same.
 *
 * Linking and unlinking take `isSpanListAt` and `isFirstSpanAt` for granted and show them again, which
 * they would also do if these said what can never be. So each is tied here, in both directions, to
 * the numbers in the columns and to the order in which the spans were linked.
 */
import { type Column, isFirstSpanAt, isSpanListAt, NONE, type Span, type SpanList } from "#impl";
import { assume } from "../assume.ts";

/** Two columns, and the spans of a list by their ranks. */
interface Listed {
  readonly next: Column;
  readonly previous: Column;
  readonly list: SpanList;
}

/**
 * In the row of a span is the one that was linked right before it, which has it in its own: so a walk
 * goes down to the span that was linked first, and comes to no span twice.
 *
 * @proves span-list-well-formed
 */
export function spanNamesTheOneLinkedBefore(listed: Listed, span: Span, other: Span): boolean {
  const { next, previous, list } = listed;
  assume(list.has(span) && list.has(other) && isListNow(listed, span, other));
  const after = next.read(span);
  if (after === NONE) return list.get(other) >= list.get(span);
  const isBelow = list.has(after as Span) && list.get(after as Span) < list.get(span);
  const isNext = list.get(other) >= list.get(span) || list.get(other) <= list.get(after as Span);
  return isBelow && isNext && previous.read(after) === span;
}

/**
 * In the row of a span is also the one that was linked right after it, which has it in its own.
 *
 * @proves span-list-well-formed
 */
export function spanNamesTheOneLinkedAfter(listed: Listed, span: Span, other: Span): boolean {
  const { next, previous, list } = listed;
  assume(list.has(span) && list.has(other) && isListNow(listed, span, other));
  const before = previous.read(span);
  if (before === NONE) return list.get(other) <= list.get(span);
  const isAbove = list.has(before as Span) && list.get(before as Span) > list.get(span);
  const isNext = list.get(other) <= list.get(span) || list.get(other) >= list.get(before as Span);
  return isAbove && isNext && next.read(before) === span;
}

/**
 * No two spans have the same rank, and each is a row of both columns.
 *
 * @proves span-list-well-formed
 */
export function spansHaveTheirOwnRanks(listed: Listed, span: Span, other: Span): boolean {
  const { next, previous, list } = listed;
  assume(list.has(span) && list.has(other) && span !== other && isListNow(listed, span, other));
  const isRow = span < next.length && span < previous.length;
  return isRow && list.get(span) !== list.get(other);
}

/**
 * Spans that are rows of both columns, no two of the same rank, each with the spans next below and next
 * above it in its row, or with none where there is none, and each named by those two, are a list.
 *
 * @proves span-list-well-formed
 */
export function spansWithTheirLinksAreAList(listed: Listed, one: Span, other: Span): boolean {
  const { next, previous, list } = listed;
  assume(list.every((_, each) => each < next.length && each < previous.length));
  assume(list.every((rank, each) => each === one || !list.has(one) || rank !== list.get(one)));
  assume(!list.has(one) || isLinkedBelow(listed, one));
  assume(!list.has(one) || isLinkedAbove(listed, one));
  return isListNow(listed, one, other);
}

/**
 * Columns hold the empty list whatever is in them, with none as its first span, and with no other.
 *
 * @proves span-list-well-formed
 */
export function emptySpanListHasNoFirst(listed: Listed, one: Span, other: Span): boolean {
  assume(!listed.list.some(() => true));
  const isEmpty = isListNow(listed, one, other) && isFirstSpanAt(listed.list, NONE, other);
  return isEmpty && !isFirstSpanAt(listed.list, one, other);
}

/**
 * The first span of a list was linked last, and nothing is before it.
 *
 * @proves span-list-well-formed
 */
export function firstSpanWasLinkedLast(listed: Listed, first: Span, other: Span): boolean {
  const { previous, list } = listed;
  assume(list.has(other) && isFirstSpanAt(list, first, other));
  assume(isListNow(listed, first, other) && isListNow(listed, other, first));
  if (!list.has(first)) return false;
  const isLast = other === first || list.get(other) < list.get(first);
  return isLast && previous.read(first) !== other;
}

/**
 * The span that every other one was linked before is the first.
 *
 * @proves span-list-well-formed
 */
export function spanLinkedLastIsTheFirst(list: SpanList, last: Span, other: Span): boolean {
  assume(list.has(last) && list.every((rank) => rank <= list.get(last)));
  return isFirstSpanAt(list, last, other);
}

function isListNow({ next, previous, list }: Listed, one: Span, other: Span): boolean {
  return isSpanListAt(list, next, previous, one, other);
}

/** Whether `span` has in its row the highest of those below it, or none if there are none. */
function isLinkedBelow({ next, previous, list }: Listed, span: Span): boolean {
  const rank = list.get(span);
  const after = next.read(span);
  if (after === NONE) return list.every((each) => each >= rank);
  const below = after as Span;
  if (!list.has(below) || list.get(below) >= rank) return false;
  const isNext = list.every((each) => each >= rank || each <= list.get(below));
  return isNext && previous.read(below) === span;
}

/** Whether `span` has in its row the lowest of those above it, or none if there are none. */
function isLinkedAbove({ next, previous, list }: Listed, span: Span): boolean {
  const rank = list.get(span);
  const before = previous.read(span);
  if (before === NONE) return list.every((each) => each <= rank);
  const above = before as Span;
  if (!list.has(above) || list.get(above) <= rank) return false;
  const isNext = list.every((each) => each <= rank || each >= list.get(above));
  return isNext && next.read(above) === span;
}

/**
 * Two columns that hold the list of a class's spans with room: what every theorem about such lists
 * is about.
 *
 * The list has any number of spans. A theorem takes for granted that the spans which it names are
 * well-formed with each other, and shows the same of any two afterwards: so the step keeps a list
 * well-formed, whatever else is in it.
 */
import {
  type Column,
  isFirstSpanAt,
  isSpanListAt,
  NONE,
  type Rank,
  type Span,
  type SpanList,
} from "#impl";

/** The columns, the spans of the list of one class, and those of the list of another. */
export interface ListInColumns {
  readonly next: Column;
  readonly previous: Column;
  readonly list: SpanList;
  readonly others: SpanList;
}

/** What is kept as the first span: one, or none where the list is empty. */
export interface Head {
  readonly kind: "span" | "none";
  readonly span: Span;
}

/** The number that is kept as that of the first span. */
export function firstOf({ kind, span }: Head): number {
  return kind === "none" ? NONE : span;
}

/** Whether the head is the first of the list as far as `named` can tell. */
export function isHead(list: SpanList, head: Head, named: readonly Span[]): boolean {
  return named.every((each) => isFirstSpanAt(list, firstOf(head), each));
}

/** Whether `span` is a row of the columns, and in neither list. */
export function isLinkable({ next, previous, list, others }: ListInColumns, span: Span): boolean {
  const isRow = span < next.length && span < previous.length;
  return isRow && !list.has(span) && !others.has(span);
}

/** Whether `rank` is above those of `named`. */
export function isAbove(list: SpanList, rank: Rank, named: readonly Span[]): boolean {
  return named.every((each) => !list.has(each) || list.get(each) < rank);
}

/** Whether the columns hold `list` as far as `named` can tell. */
export function areListed(
  list: SpanList,
  { next, previous }: ListInColumns,
  named: readonly Span[],
): boolean {
  return named.every((x) => named.every((y) => isSpanListAt(list, next, previous, x, y)));
}

/** The same of `named`, of which `span` is one, and of the two that are linked to `span`. */
export function areAround(lists: ListInColumns, span: Span, named: readonly Span[]): boolean {
  const { next, previous, list } = lists;
  if (!list.has(span) || !areListed(list, lists, named)) return false;
  const below = next.read(span) as Span;
  const above = previous.read(span) as Span;
  return (
    areListed(list, lists, [below, above]) &&
    named.every(
      (each) => areListed(list, lists, [each, below]) && areListed(list, lists, [each, above]),
    )
  );
}

/** Whether no span of `named` is in both lists. */
export function areApart({ list, others }: ListInColumns, named: readonly Span[]): boolean {
  return named.every((each) => !list.has(each) || !others.has(each));
}

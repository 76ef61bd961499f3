/**
 * Linking and unlinking a span, from the cells that are written to the list that they mean.
 *
 *     before    first ──► … ──► above ──► span ──► below ──► …
 *     after     first ──► … ──► above ───────────► below ──► …
 */
import { isFirstSpanAt, isSpanListAt, linkSpan, type Rank, type Span, unlinkSpan } from "#impl";
import { assume } from "../assume.ts";
import {
  areApart,
  areAround,
  areListed,
  firstOf,
  type Head,
  isAbove,
  isHead,
  isLinkable,
  type ListInColumns,
} from "./list-in-columns.ts";

/**
 * After linking, the columns hold the list with the span above all others, which is the first.
 *
 * @proves span-link, span-list-well-formed
 * @split head.kind
 */
export function linkingKeepsTheList(
  lists: ListInColumns,
  head: Head,
  span: Span,
  rank: Rank,
  one: Span,
  other: Span,
): boolean {
  const { next, previous, list } = lists;
  assume(isLinkable(lists, span) && isAbove(list, rank, [head.span, one, other]));
  assume(areListed(list, lists, [head.span, one, other]) && isHead(list, head, [one, other]));
  const now = linkSpan(next, previous, firstOf(head), span);
  const linked = list.with(span, rank);
  return isSpanListAt(linked, next, previous, one, other) && isFirstSpanAt(linked, now, other);
}

/**
 * After unlinking, the columns hold the list without the span, and what is kept as the first span is
 * the first of it, or none if none is left.
 *
 * @proves span-unlink, span-list-well-formed
 */
export function unlinkingKeepsTheList(
  lists: ListInColumns,
  first: Span,
  span: Span,
  one: Span,
  other: Span,
): boolean {
  const { next, previous, list } = lists;
  assume(areAround(lists, span, [first, span, one, other]));
  const above = previous.read(span) as Span;
  assume([span, above, other].every((each) => isFirstSpanAt(list, first, each)));
  const now = unlinkSpan(next, previous, first, span);
  const left = list.without(span);
  return isSpanListAt(left, next, previous, one, other) && isFirstSpanAt(left, now, other);
}

/**
 * Linking leaves the list of another class as it is.
 *
 * @proves span-link, span-list-well-formed
 * @split head.kind
 */
export function linkingLeavesOtherLists(
  lists: ListInColumns,
  head: Head,
  span: Span,
  one: Span,
  other: Span,
): boolean {
  const { next, previous, list, others } = lists;
  assume(isLinkable(lists, span) && areListed(list, lists, [head.span]));
  assume(isHead(list, head, [head.span]) && areApart(lists, [head.span, one, other]));
  assume(areListed(others, lists, [one, other]));
  linkSpan(next, previous, firstOf(head), span);
  return isSpanListAt(others, next, previous, one, other);
}

/**
 * Unlinking leaves the list of another class as it is.
 *
 * @proves span-unlink, span-list-well-formed
 */
export function unlinkingLeavesOtherLists(
  lists: ListInColumns,
  first: Span,
  span: Span,
  one: Span,
  other: Span,
): boolean {
  const { next, previous, list, others } = lists;
  assume(areAround(lists, span, [first, span]));
  assume(isFirstSpanAt(list, first, span));
  assume(areApart(lists, [span, one, other, next.read(span) as Span, previous.read(span) as Span]));
  assume(areListed(others, lists, [one, other]));
  unlinkSpan(next, previous, first, span);
  return isSpanListAt(others, next, previous, one, other);
}

/**
 * Linking writes the cells of the span and the one of the span that was first, and no other cell.
 *
 * @proves span-link
 * @split head.kind
 */
export function linkingWritesNeighboursOnly(
  lists: ListInColumns,
  head: Head,
  span: Span,
  row: Span,
): boolean {
  const { next, previous, list } = lists;
  assume(isLinkable(lists, span) && areListed(list, lists, [head.span]));
  assume(isHead(list, head, [head.span]) && row < next.length && row < previous.length);
  const after = next.read(row);
  const before = previous.read(row);
  linkSpan(next, previous, firstOf(head), span);
  const isFirst = head.kind === "span" && row === head.span;
  const isNextKept = next.read(row) === after || row === span;
  return isNextKept && (previous.read(row) === before || row === span || isFirst);
}

/**
 * Unlinking writes the cell of the span next above that says what follows it, and the one of the span
 * next below that says what it follows, and no other cell.
 *
 * @proves span-unlink
 */
export function unlinkingWritesNeighboursOnly(
  lists: ListInColumns,
  first: Span,
  span: Span,
  row: Span,
): boolean {
  const { next, previous, list } = lists;
  assume(areAround(lists, span, [first, span]));
  assume(isFirstSpanAt(list, first, span) && row < next.length && row < previous.length);
  const below = next.read(span);
  const above = previous.read(span);
  const after = next.read(row);
  const before = previous.read(row);
  unlinkSpan(next, previous, first, span);
  const isNextKept = next.read(row) === after || row === above;
  return isNextKept && (previous.read(row) === before || row === below);
}

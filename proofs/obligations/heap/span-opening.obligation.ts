/** Making a page a span and a span a page, from the cells that are written to the list they mean. */
import {
  closeSpan,
  isFirstSpanAt,
  isSpanListAt,
  NONE,
  openSpan,
  type Rank,
  type SizeClassIndex,
  type Span,
  type SpanColumns,
  type SpanList,
} from "#impl";
import { assume } from "../assume.ts";
import {
  areAround,
  areListed,
  firstOf,
  type Head,
  isAbove,
  isHead,
  isLinkable,
  type ListInColumns,
} from "./list-in-columns.ts";

/** The columns of a span table, and the list of one class that they hold. */
interface ListInTable {
  readonly columns: SpanColumns;
  readonly list: SpanList;
}

/**
 * Opening makes the page a span of the class of which no block was live yet and none is free. The class
 * and the blocks of every other page are what they were.
 *
 * @proves span-open
 * @split head.kind
 */
export function openingMakesOnlyThePageASpan(
  table: ListInTable,
  head: Head,
  page: Span,
  index: SizeClassIndex,
  other: Span,
): boolean {
  const { columns, list } = table;
  const { classes, live, fresh, free } = columns;
  assume(isPageToOpen(table, page) && isRow(columns, other));
  assume(areListed(list, listsOf(table), [head.span]) && isHead(list, head, [head.span]));
  const oldClass = classes.read(other);
  const oldLive = live.read(other);
  const oldFresh = fresh.read(other);
  const oldFree = free.read(other);
  openSpan(columns, firstOf(head), page, index);
  const isOpen = classes.read(page) === index && fresh.read(page) === 0 && live.read(page) === 0;
  const areKept = fresh.read(other) === oldFresh && free.read(other) === oldFree;
  const isOther = other !== page && classes.read(other) === oldClass && areKept;
  const isChanged = isOpen && free.read(page) === NONE;
  return isChanged && (isOther || other === page) && live.read(other) === oldLive;
}

/**
 * After opening, the columns hold the list with the new span, which is the first.
 *
 * @proves span-open, span-list-well-formed
 * @split head.kind
 */
export function openingKeepsTheList(
  table: ListInTable,
  head: Head,
  page: Span,
  rank: Rank,
  index: SizeClassIndex,
  one: Span,
  other: Span,
): boolean {
  const { columns, list } = table;
  const { next, previous } = columns;
  assume(isPageToOpen(table, page) && isAbove(list, rank, [head.span, one, other]));
  assume(areListed(list, listsOf(table), [head.span, one, other]));
  assume(isHead(list, head, [one, other]));
  const now = openSpan(columns, firstOf(head), page, index);
  const opened = list.with(page, rank);
  return isSpanListAt(opened, next, previous, one, other) && isFirstSpanAt(opened, now, other);
}

/**
 * Closing leaves the span no class. The class of every other page is what it was, and so are the blocks of
 * all pages.
 *
 * @proves span-close
 */
export function closingMakesOnlyTheSpanAPage(
  table: ListInTable,
  first: Span,
  span: Span,
  index: SizeClassIndex,
  other: Span,
): boolean {
  const { columns, list } = table;
  const { classes, live, fresh, free } = columns;
  assume(isSpanToClose(table, span, index) && isRow(columns, other));
  assume(areAround(listsOf(table), span, [first, span]) && isFirstSpanAt(list, first, span));
  const oldClass = classes.read(other);
  const oldLive = live.read(other);
  const oldFresh = fresh.read(other);
  const oldFree = free.read(other);
  closeSpan(columns, first, span, index);
  const isKept = classes.read(other) === oldClass || other === span;
  const areKept = fresh.read(other) === oldFresh && free.read(other) === oldFree;
  return classes.read(span) === NONE && isKept && areKept && live.read(other) === oldLive;
}

/**
 * After closing, the columns hold the list without the span, and what is kept as the first span is the
 * first of it, or none if none is left.
 *
 * @proves span-close, span-list-well-formed
 */
export function closingKeepsTheList(
  table: ListInTable,
  first: Span,
  span: Span,
  index: SizeClassIndex,
  one: Span,
  other: Span,
): boolean {
  const { columns, list } = table;
  const { next, previous } = columns;
  assume(isSpanToClose(table, span, index));
  assume(areAround(listsOf(table), span, [first, span, one, other]));
  const above = previous.read(span) as Span;
  assume([span, above, other].every((each) => isFirstSpanAt(list, first, each)));
  const now = closeSpan(columns, first, span, index);
  const left = list.without(span);
  return isSpanListAt(left, next, previous, one, other) && isFirstSpanAt(left, now, other);
}

function listsOf({ columns, list }: ListInTable): ListInColumns {
  const { next, previous } = columns;
  return { next, previous, list, others: list };
}

/** Whether `row` is a row of the columns that say what a page is. */
function isRow({ classes, live, fresh, free }: SpanColumns, row: Span): boolean {
  return row < classes.length && row < live.length && row < fresh.length && row < free.length;
}

/** Whether `page` is no span, and no block in it is live. */
function isPageToOpen(table: ListInTable, page: Span): boolean {
  const { classes, live } = table.columns;
  const isPage = isRow(table.columns, page) && isLinkable(listsOf(table), page);
  return isPage && classes.read(page) === NONE && live.read(page) === 0;
}

/** Whether `span` is one of class `index`, and no block in it is live. */
function isSpanToClose({ columns }: ListInTable, span: Span, index: SizeClassIndex): boolean {
  const { classes, live } = columns;
  return isRow(columns, span) && classes.read(span) === index && live.read(span) === 0;
}

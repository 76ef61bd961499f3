/**
 * Makes a page a span, and a span a page: the writes to the columns of the span table.
 *
 * Nothing loops here, so for tables of any length it is proved what each of them does.
 */
import { assert } from "#support";
import type { Column } from "../memory/column.ts";
import type { SizeClassIndex } from "./size-class.ts";
import { linkSpan, unlinkSpan } from "./span-links.ts";
import { NONE, type SpanNumber } from "./span-number.ts";

/** What is kept of each page, as the table says. */
export interface SpanColumns {
  readonly classes: Column;
  readonly live: Column;
  readonly fresh: Column;
  readonly free: Column;
  readonly next: Column;
  readonly previous: Column;
}

/** Makes `page` a span of class `index` without live blocks, in front of `first`; answers the first. */
export function openSpan(
  columns: SpanColumns,
  first: SpanNumber,
  page: number,
  index: SizeClassIndex,
): SpanNumber {
  assert(columns.classes.read(page) === NONE, "a page is one span at a time");
  assert(columns.live.read(page) === 0, "a page that is no span has no live blocks");
  columns.classes.write(page, index);
  columns.fresh.write(page, 0);
  columns.free.write(page, NONE);
  return linkSpan(columns.next, columns.previous, first, page);
}

/** Makes `span`, which has no live blocks, a page without a class; answers the first span. */
export function closeSpan(
  columns: SpanColumns,
  first: SpanNumber,
  span: SpanNumber,
  index: SizeClassIndex,
): SpanNumber {
  assert(columns.classes.read(span) === index, "a span is closed by its class");
  assert(columns.live.read(span) === 0, "only a span without live blocks is closed");
  columns.classes.write(span, NONE);
  return unlinkSpan(columns.next, columns.previous, first, span);
}

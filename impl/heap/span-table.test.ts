import { expect, test } from "vitest";
import { InvariantViolation } from "#support";
import type { SizeClassIndex } from "./size-class.ts";
import { linkSpan, unlinkSpan } from "./span-links.ts";
import { NONE } from "./span-number.ts";
import { SpanTable } from "./span-table.ts";

const CLASS = 3 as SizeClassIndex;

/** A table whose pages 0 to 3 are spans of one class; page 3 is taken from first. */
function tableOfFour(): SpanTable {
  const table = new SpanTable(8);
  for (let page = 0; page < 4; page++) table.open(page, CLASS);
  return table;
}

const places = (table: SpanTable) => [0, 1, 2, 3].map((span) => table.placeOf(span));

test("the span that was linked last is taken from first", () => {
  const table = tableOfFour();

  expect(table.firstOf(CLASS)).toBe(3);
  expect(places(table)).toEqual([3, 2, 1, 0]);
});

test.each([
  { span: 3, where: "first", expected: [2, 1, 0, NONE] },
  { span: 1, where: "in between", expected: [2, NONE, 1, 0] },
  { span: 0, where: "last", expected: [NONE, 2, 1, 0] },
])("a span that was $where is unlinked without a trace", ({ span, expected }) => {
  const table = tableOfFour();

  const { columns, first } = table.store();
  const { next, previous } = columns;
  first.write(CLASS, unlinkSpan(next, previous, first.read(CLASS), span));
  expect(places(table)).toEqual(expected);

  first.write(CLASS, linkSpan(next, previous, first.read(CLASS), span));
  expect(table.firstOf(CLASS)).toBe(span);
});

test("a closed span is no span, and its page may be one of another class", () => {
  const table = tableOfFour();

  table.close(2, CLASS);
  table.open(2, 5 as SizeClassIndex);

  expect(table.classOf(2)).toBe(5);
  expect(table.firstOf(CLASS)).toBe(3);
});

test.each([-1, 8, Number.NaN])("page %d, which is not in the extent, has no class", (page) => {
  expect(tableOfFour().classOf(page)).toBe(NONE);
});

test("a page is one span at a time", () => {
  const table = tableOfFour();

  expect(() => table.open(2, CLASS)).toThrow(InvariantViolation);
});

test("a span with live blocks is not closed", () => {
  const table = tableOfFour();
  table.store().columns.live.write(2, 1);

  expect(() => table.close(2, CLASS)).toThrow(InvariantViolation);
});

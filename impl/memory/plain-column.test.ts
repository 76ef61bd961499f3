import { expect, test } from "vitest";
import { InvariantViolation } from "#support";
import { PlainColumn } from "./plain-column.ts";

function columnOfThree(): PlainColumn {
  return new PlainColumn(Int32Array.of(5, 6, 7));
}

test.each([-(2 ** 31), -1, 0, 2 ** 31 - 1])("the number %d that was written is read", (value) => {
  const column = columnOfThree();

  column.write(1, value);

  expect([0, 1, 2].map((row) => column.read(row))).toEqual([5, value, 7]);
});

test("a column is the array that it was made of", () => {
  const cells = Int32Array.of(1, 2);
  const column = new PlainColumn(cells);

  column.write(0, 9);
  cells[1] = 8;

  expect([cells[0], column.read(1), column.length]).toEqual([9, 8, 2]);
});

test.each([-1, 3, 0.5, Number.NaN])("row %d of a column of three rows is not there", (row) => {
  expect(() => columnOfThree().read(row)).toThrow(InvariantViolation);
  expect(() => columnOfThree().write(row, 1)).toThrow(InvariantViolation);
});

test.each([2 ** 31, -(2 ** 31) - 1, 0.5, Number.NaN])("no cell holds %d", (value) => {
  expect(() => columnOfThree().write(0, value)).toThrow(InvariantViolation);
});

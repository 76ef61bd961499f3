import { expect, test } from "vitest";
import { PlainColumn } from "#impl";
import { InvariantViolation } from "#support";
import { SparseColumn } from "./sparse-column.ts";

test("a column of which some cells are kept answers as one that is an array", () => {
  const sparse = new SparseColumn(4, [[2, -7]]);
  const plain = new PlainColumn(Int32Array.of(0, 0, -7, 0));

  for (const column of [sparse, plain]) column.write(1, 2 ** 31 - 1);
  const cellsOf = (column: SparseColumn | PlainColumn) =>
    [0, 1, 2, 3].map((row) => column.read(row));

  expect(cellsOf(sparse)).toEqual(cellsOf(plain));
});

test.each([-1, 4])("row %d of a column of four rows is not there", (row) => {
  expect(() => new SparseColumn(4, []).read(row)).toThrow(InvariantViolation);
  expect(() => new SparseColumn(4, []).write(row, 0)).toThrow(InvariantViolation);
});

test.each([2 ** 31, -(2 ** 31) - 1])("no cell holds %d", (value) => {
  expect(() => new SparseColumn(4, []).write(0, value)).toThrow(InvariantViolation);
});

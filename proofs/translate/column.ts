/**
 * A column of unknown numbers: what a theorem's parameter of type `Column` stands for.
 *
 * It is read and written as memory is, cell by cell: a cell is a function of its row, what is written
 * since is a list, and a write of one branch is not done in the other. What would throw is owed: a
 * row that is not there, and a number of more than 32 bits.
 */
import type { Type } from "ts-morph";
import { NotModelled } from "./dialect.ts";
import { noteRange } from "./known-range.ts";
import type { Numbers } from "./number-mode.ts";
import {
  and,
  apply,
  arithmetic,
  equal,
  ifThenElse,
  integer,
  type Term,
  widened,
  widthOf,
} from "./term.ts";
import {
  numberOf,
  owe,
  type Place,
  termValue,
  UNDEFINED,
  type Value,
  type Values,
} from "./value.ts";

/** The least and the largest number that a cell holds, and how many rows there may be. */
export const CELL_LEAST: number = -(2 ** 31);
export const CELL_MOST: number = 2 ** 31 - 1;
const LENGTH_MOST = 2 ** 31 - 1;

/** Whether `type` is the door to a column. */
export function isColumnType(type: Type): boolean {
  const symbol = type.getSymbol();
  const [declaration] = symbol?.getDeclarations() ?? [];
  const isInDoor = declaration?.getSourceFile().getFilePath().endsWith("/impl/memory/column.ts");
  return isInDoor === true && symbol?.getName() === "Column";
}

/** The column named `name`, in one reading of numbers; what its type says of it is added to `facts`. */
export function columnValue(name: string, facts: Term[], numbers: Numbers): Value {
  const length = apply(numbers.sortFor(0, Number.MAX_SAFE_INTEGER), `${name}.length`);
  const cellSort = numbers.sortFor(CELL_LEAST, CELL_MOST);
  facts.push(isIn(length, 0, LENGTH_MOST));
  noteRange(length, 0, LENGTH_MOST);

  // A row that is asked for may need as many bits as any number, though none that is there does.
  const width = widthOf(length);
  const asRow = (term: Term): Term => (width === undefined ? term : widened(term, width));
  const known = new Set<Term>();
  const unknownCell = (row: Term): Term => {
    const cell = apply(cellSort, `${name} cell`, asRow(row));
    if (!known.has(cell)) facts.push(isIn(cell, CELL_LEAST, CELL_MOST));
    noteRange(cell, CELL_LEAST, CELL_MOST);
    known.add(cell);
    return cell;
  };
  const cellAt = (row: Term, { writes }: Place): Term =>
    writes
      .filter(({ memory }) => memory === name)
      .reduce<(row: Term) => Term>(
        (before, { after }) =>
          (each) =>
            after(each, before),
        unknownCell,
      )(row);
  const oweRow = (place: Place, row: Term): void => {
    owe(place, and(arithmetic("<=", integer(0), row), arithmetic("<", row, length)));
  };

  const members = {
    length: termValue(length),
    read: member(1, (place, row) => {
      oweRow(place, row);
      return termValue(cellAt(row, place));
    }),
    write: member(2, (place, row, value) => {
      oweRow(place, row);
      owe(place, isIn(value, CELL_LEAST, CELL_MOST));
      if (Object.isFrozen(place.writes)) {
        throw new NotModelled(`${name} is written inside of a claim: write first, then claim`);
      }
      place.writes.push({
        memory: name,
        after: (other, before) =>
          ifThenElse(and(place.branch, equal(other, row)), value, before(other)),
      });
      return UNDEFINED;
    }),
  };
  return { kind: "map", fields: new Map(Object.entries(members)) };
}

/** A member that is called with `count` numbers. */
function member(count: number, body: (place: Place, ...numbers: [Term, Term]) => Value): Value {
  const call = (operands: Values, place: Place): Value => {
    const numbers = operands.map((operand) => numberOf(operand, place));
    if (numbers.length !== count) throw new NotModelled("a column is asked with other arguments");
    return body(place, ...(numbers as [Term, Term]));
  };
  return { kind: "function", call };
}

function isIn(term: Term, least: number, most: number): Term {
  return and(arithmetic("<=", integer(least), term), arithmetic("<=", term, integer(most)));
}

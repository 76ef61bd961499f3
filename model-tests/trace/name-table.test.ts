import { expect, test } from "vitest";
import { NameTable } from "./name-table.ts";

test("ids are named in the order in which they are first mentioned", () => {
  const names = new NameTable(8);

  expect([names.ask("x"), names.refer("z"), names.ask("y"), names.ask("z")]).toEqual([0, 1, 2, 1]);
});

test("an id has one block, even when the block is dead", () => {
  const names = new NameTable(8);
  names.ask("x");
  expect(names.ask("x")).toBeUndefined();

  names.release("x");
  expect(names.ask("x")).toBeUndefined();
});

test("a dead id is remembered until as many others as are remembered have died", () => {
  const names = new NameTable(2);
  for (const id of ["x", "y", "z"]) names.ask(id);

  names.release("x");
  names.release("y");
  expect(names.refer("x")).toBe(0);

  names.release("z");
  expect(names.refer("y")).toBe(1);
  expect(names.refer("x")).toBe(3);
});

test("a block that was not freed after all is not forgotten", () => {
  const names = new NameTable(1);
  names.ask("x");
  names.release("x");
  names.restore("x");

  for (const id of ["y", "z"]) {
    names.ask(id);
    names.release(id);
  }
  expect(names.refer("x")).toBe(0);
});

test("the table grows with the live blocks, not with the calls", () => {
  const names = new NameTable(1_024);
  let sizeMax = 0;
  for (let block = 0; block < 100_000; block++) {
    names.ask(`b${block}`);
    if (block >= 10) names.release(`b${block - 10}`);
    names.refer(`nobody ${block}`);
    sizeMax = Math.max(sizeMax, names.size);
  }

  expect(sizeMax).toBeLessThanOrEqual(10 + 1 + 1_024);
});

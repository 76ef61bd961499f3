import { expect, test } from "vitest";
import { NumberTable } from "./number-table.ts";

/** Numbers that look drawn, and are the same each time. */
function* drawn(count: number): Generator<number> {
  let state = 12_345;
  for (let index = 0; index < count; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    yield state;
  }
}

test("a table of numbers answers what a map answers", () => {
  const table = new NumberTable();
  const map = new Map<number, number>();

  for (const number of drawn(60_000)) {
    const address = 0x7f00_0000_0000 + 8 * ((number >>> 8) % 3_000);
    if ((number >>> 4) % 3 === 0) {
      table.delete(address);
      map.delete(address);
    } else {
      table.set(address, number);
      map.set(address, number);
    }
    if (table.get(address) !== (map.get(address) ?? -1)) expect.fail("they differ");
  }

  expect(table.size).toBe(map.size);
  expect([...map].filter(([address, value]) => table.get(address) !== value)).toEqual([]);
});

test("one address that is taken and given back for ever does not slow the table down", () => {
  const table = new NumberTable();
  for (let index = 0; index < 200_000; index++) table.set(4096 + 16 * index, index);
  const start = performance.now();

  for (let index = 0; index < 200_000; index++) {
    table.delete(8192);
    table.set(8192, index);
  }

  expect(performance.now() - start).toBeLessThan(2000);
});

import { expect, test } from "vitest";
import { address } from "#units";
import { PhysicalMemory } from "./physical-memory.ts";
import { WordColumn } from "./word-column.ts";

test.each([-(2 ** 31), -1, 0, 2 ** 31 - 1])("the number %d that was written is read", (value) => {
  const column = new WordColumn(Int32Array.of(5, 6, 7));

  column.write(1, value);

  expect([0, 1, 2].map((row) => column.read(row))).toEqual([5, value, 7]);
});

test("the words of memory are its column, and have a sign there", () => {
  const memory = new PhysicalMemory(2 * 4096);

  memory.writeWord(address(8), 0x8000_0001);
  memory.words.write(1025, -2);

  expect(memory.words.length).toBe(2048);
  expect(memory.words.read(2)).toBe(-(2 ** 31) + 1);
  expect(memory.readWord(address(4100))).toBe(2 ** 32 - 2);
});

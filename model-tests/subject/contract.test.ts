import { expect, test } from "vitest";
import { contractOf, systemContractOf, UnusableSubject } from "./contract.ts";

const ROOM = { span: 512, size: 200, align: 16, capacity: 2047 };

test("room is counted in the pages of a system", () => {
  expect(systemContractOf({ room: ROOM }, 256)).toEqual({
    roomPages: 2,
    roomSize: 200,
    roomAlign: 16,
    pageCount: 7,
  });
  expect(systemContractOf({}, 0).roomPages).toBe(0);
});

// biome-ignore format: one promise a line.
test.each([
  [{ span: 0 },      "the promise room.span is 0, which is no number of bytes"],
  [{ size: 0.5 },    "the promise room.size is 0.5, which is no number of bytes"],
  [{ capacity: -1 }, "the promise room.capacity is -1, which is no number of bytes"],
  [{ align: 3 },     "the promise room.align is 3, which is no power of two"],
])("room of %j cannot be promised", (change, sentence) => {
  const promise = () => systemContractOf({ room: { ...ROOM, ...change } }, 256);

  expect(promise).toThrow(UnusableSubject);
  expect(promise).toThrow(sentence);
});

test("what only a system can detect is not asked of its heaps", () => {
  const { rejects } = contractOf({ rejects: ["foreign-heap", "double-free"] }, true);

  expect(rejects).toEqual(["double-free"]);
});

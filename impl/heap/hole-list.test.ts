import { expect, test } from "vitest";
import { ContractViolation, InvariantViolation } from "#support";
import { type Address, address, alignment, bytes, type Range } from "#units";
import { PlainMemory } from "../memory/plain-memory.ts";
import { HoleList } from "./hole-list.ts";

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

/** A hole list over `size` bytes from address 0, and short forms of its calls. */
function listOf(size: number, start = 0) {
  const memory = new PlainMemory(Math.ceil((start + size) / 4096) * 4096);
  const list = new HoleList(memory, range(start, size));
  return {
    memory,
    list,
    alloc: (size: number, align = 8): Address | "refused" => {
      const placed = list.alloc(bytes(size), alignment(align));
      return placed.ok ? placed.value : "refused";
    },
    dealloc: (start: number, size: number, align = 8) =>
      list.dealloc(address(start), bytes(size), alignment(align)),
    realloc: (start: number, size: number, newSize: number): Address | "refused" => {
      const moved = list.realloc(address(start), bytes(size), alignment(8), bytes(newSize));
      return moved.ok ? moved.value : "refused";
    },
  };
}

test("a fresh list is one hole, the extent", () => {
  const { list } = listOf(1024);

  expect(list.holes()).toEqual([range(0, 1024)]);
});

test("the extent begins and ends at multiples of 8", () => {
  const { list } = listOf(1024, 4);

  expect(list.extent()).toEqual(range(8, 1016));
});

test.each([0, 8, 15])("an extent of %d bytes has no hole", (size) => {
  const { list, alloc } = listOf(size);

  expect(list.extent().size).toBe(0);
  expect(alloc(0)).toBe("refused");
});

test("the first hole that does is taken", () => {
  const { alloc, dealloc } = listOf(1024);
  for (const size of [64, 32, 128, 32]) alloc(size);

  dealloc(96, 128);
  dealloc(0, 64);

  expect(alloc(128)).toBe(96);
  expect(alloc(64)).toBe(0);
});

test("a block takes its size rounded up to 8, and at least 16", () => {
  const { alloc } = listOf(1024);

  const starts = [0, 1, 16, 17, 24, 25, 8].map((size) => alloc(size));

  expect(starts).toEqual([0, 16, 32, 48, 72, 96, 128]);
});

test("a hole that would keep a tail of 8 is passed over", () => {
  const { alloc, dealloc } = listOf(1024);
  for (const size of [24, 16]) alloc(size);

  dealloc(0, 24);

  expect(alloc(16)).toBe(40);
  expect(alloc(24)).toBe(0);
});

test.each([2 ** 31, 2 ** 32, 2 ** 47, 2 ** 53 - 1])("a request of %d bytes is refused", (size) => {
  const { list, alloc } = listOf(1024);

  expect(alloc(size)).toBe("refused");
  expect(alloc(size, 2 ** 52)).toBe("refused");
  expect(list.holes()).toEqual([range(0, 1024)]);
});

test("an alignment beyond a page is served by a front remainder", () => {
  const { list, alloc } = listOf(2 ** 17, 24);

  expect(alloc(16, 65536)).toBe(65536);
  expect(list.holes()).toEqual([range(24, 65512), range(65552, 65544)]);
});

test("freeing everything, in any order, leaves the extent as one hole", () => {
  const { list, alloc, dealloc } = listOf(1024);
  const starts = [40, 41, 42, 43].map((size) => [Number(alloc(size)), size] as const);

  for (const index of [2, 0, 3, 1]) dealloc(...(starts[index] ?? [0, 0]));

  expect(list.holes()).toEqual([range(0, 1024)]);
});

test("the promised overhead cannot be a byte smaller", () => {
  // A block of 1 byte ends a free run of 63 bytes, from 25 to 88, but a hole of 48 from 40 to 88.
  // The next multiple of 16 that leaves room for a header is 64, and 8 bytes would be left behind.
  const { alloc } = listOf(88);
  alloc(24);
  alloc(1);

  expect(alloc(16, 16)).toBe("refused");
  expect(88 - 25).toBe(16 + 33 + 16 - 1 - 1);
});

test("a block grows into the hole above it", () => {
  const { list, alloc, realloc } = listOf(1024);
  alloc(64);

  expect(realloc(0, 64, 128)).toBe(0);
  expect(list.holes()).toEqual([range(128, 896)]);
});

test("a block that shrinks gives its end back", () => {
  const { list, alloc, realloc } = listOf(1024);
  alloc(128);
  alloc(16);

  expect(realloc(0, 128, 64)).toBe(0);
  expect(list.holes()).toEqual([range(64, 64), range(144, 880)]);
});

test("a block that cannot grow in place moves with its bytes", () => {
  const { memory, list, alloc, realloc } = listOf(1024);
  alloc(64);
  alloc(64);
  memory.fill(address(0), bytes(64), 0xab);

  expect(realloc(0, 64, 72)).toBe(128);
  expect([...memory.bytes().subarray(128, 192)]).toEqual(Array(64).fill(0xab));
  expect(list.holes()[0]).toEqual(range(0, 64));
});

test("a block that is refused more stays as it was", () => {
  const { memory, list, alloc, realloc } = listOf(256);
  alloc(64);
  alloc(64);
  memory.fill(address(0), bytes(64), 0xab);
  const before = list.fingerprint();

  expect(realloc(0, 64, 192)).toBe("refused");
  expect(list.fingerprint()).toBe(before);
  expect([...memory.bytes().subarray(0, 64)]).toEqual(Array(64).fill(0xab));
});

test("a block that was asked to be zero is, wherever it lies", () => {
  const { memory, list } = listOf(1024);
  memory.fill(address(16), bytes(1000), 0xff);

  list.allocZeroed(bytes(100), alignment(8));

  expect([...memory.bytes().subarray(0, 101)]).toEqual([...Array(100).fill(0), 0xff]);
});

test("the usable bytes of a block are all that it takes", () => {
  const { list, alloc } = listOf(1024);
  alloc(17);

  expect(list.usableSize(address(0), bytes(17), alignment(8))).toBe(24);
});

test.each([
  { law: "twice", start: 64, size: 64 },
  { law: "with more bytes than it has", start: 128, size: 72 },
  { law: "below the extent", start: -8, size: 16 },
  { law: "beyond the extent", start: 1016, size: 16 },
  { law: "at an address between granules", start: 132, size: 16 },
])("freeing a block $law is reported", ({ start, size }) => {
  const { list, alloc, dealloc } = listOf(1024);
  for (let count = 0; count < 3; count++) alloc(64);
  dealloc(64, 64);
  const before = list.fingerprint();

  expect(() => dealloc(start, size)).toThrow(ContractViolation);
  expect(list.fingerprint()).toBe(before);
});

test.each([
  { law: "that was freed", start: 64, size: 64 },
  { law: "that lies in a hole", start: 80, size: 16 },
  { law: "with more bytes than it has", start: 0, size: 72 },
])("resizing a block $law is reported", ({ start, size }) => {
  const { list, alloc, dealloc, realloc } = listOf(1024);
  for (let count = 0; count < 3; count++) alloc(64);
  dealloc(64, 64);
  const before = list.fingerprint();

  expect(() => realloc(start, size, 24)).toThrow("a live block is resized");
  expect(list.fingerprint()).toBe(before);
});

test("freeing a block with an alignment that it cannot have had is reported", () => {
  const { alloc, dealloc } = listOf(1024);
  alloc(64);
  alloc(64);

  expect(() => dealloc(64, 64, 128)).toThrow("a block starts at a multiple of its alignment");
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])("a size of %d is reported", (size) => {
  const { alloc } = listOf(1024);

  expect(() => alloc(size)).toThrow(ContractViolation);
});

test.each([0, 3, -8, Number.NaN])("an alignment of %d is reported", (align) => {
  const { alloc } = listOf(1024);

  expect(() => alloc(16, align)).toThrow(ContractViolation);
});

test("a header that someone has overwritten is not believed", () => {
  const { memory, list, alloc, dealloc } = listOf(1024);
  for (let count = 0; count < 4; count++) alloc(16);
  dealloc(16, 16);
  dealloc(48, 16);
  memory.writeWord(address(16 + 4), 1);

  expect(() => list.holes()).toThrow(InvariantViolation);
});

test("an extent that is not in memory is reported", () => {
  const memory = new PlainMemory(1024);

  expect(() => new HoleList(memory, range(512, 1024))).toThrow("the extent lies in memory");
});

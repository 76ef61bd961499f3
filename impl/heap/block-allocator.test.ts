import { expect, test } from "vitest";
import { ContractViolation } from "#support";
import { type Address, address, alignment, bytes, type Range } from "#units";
import { auditBlockAllocator } from "../audit/block-allocator-audit.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import { BlockAllocator } from "./block-allocator.ts";

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

/** An allocator over `size` bytes from address 0, and short forms of its calls. */
function allocatorOf(size: number) {
  const memory = new PlainMemory(size);
  const allocator = new BlockAllocator(memory, range(0, size));
  const alloc = (size: number, align = 8): Address | "refused" => {
    const placed = allocator.alloc(bytes(size), alignment(align));
    return placed.ok ? placed.value : "refused";
  };
  return {
    memory,
    allocator,
    alloc,
    allocMany: (count: number, size: number) => Array.from({ length: count }, () => alloc(size)),
    dealloc: (start: Address | "refused", size: number, align = 8) =>
      allocator.dealloc(address(Number(start)), bytes(size), alignment(align)),
    realloc: (start: number, size: number, newSize: number): Address | "refused" => {
      const moved = allocator.realloc(address(start), bytes(size), alignment(8), bytes(newSize));
      return moved.ok ? moved.value : "refused";
    },
  };
}

test("blocks of one class come from one page", () => {
  const { allocMany, allocator } = allocatorOf(65536);

  const starts = allocMany(64, 64);

  expect(starts).toEqual(Array.from({ length: 64 }, (_, block) => block * 64));
  expect(allocator.holes()).toEqual([range(4096, 61440)]);
});

test("the block that was freed last is taken first", () => {
  const { allocMany, alloc, dealloc } = allocatorOf(65536);
  allocMany(4, 64);

  dealloc(address(64), 64);
  dealloc(address(0), 64);

  expect([alloc(64), alloc(64), alloc(64)]).toEqual([0, 64, 256]);
});

test("a page is shared by one class only", () => {
  const { alloc } = allocatorOf(65536);

  expect([alloc(8), alloc(16), alloc(8), alloc(2048)]).toEqual([0, 4096, 8, 8192]);
});

test("an alignment is served by the class of its size", () => {
  const { alloc, allocator } = allocatorOf(65536);
  alloc(512);

  expect(alloc(8, 512)).toBe(512);
  expect(allocator.usableSize(address(512), bytes(8), alignment(512))).toBe(512);
});

test("an alignment beyond a page is served", () => {
  const { alloc } = allocatorOf(2 ** 18);
  alloc(8);

  expect(alloc(8, 65536)).toBe(65536);
});

test("a page without live blocks is kept until someone else needs it", () => {
  const { alloc, dealloc, allocator } = allocatorOf(65536);

  dealloc(alloc(64), 64);

  expect(allocator.spans().map(({ isSpare }) => isSpare)).toEqual([true]);
  expect(alloc(65536)).toBe(0);
  expect(allocator.spans()).toEqual([]);
});

test("of two pages without live blocks one goes back at once", () => {
  const { allocMany, dealloc, allocator } = allocatorOf(65536);
  const starts = allocMany(128, 64);

  for (const start of starts) dealloc(start, 64);

  expect(allocator.spans().map(({ start }) => start)).toEqual([0]);
});

test("a class takes the spares of other classes rather than be refused", () => {
  const { alloc, dealloc } = allocatorOf(65536);
  const start = alloc(64);
  alloc(61440);
  dealloc(start, 64);

  expect(alloc(128)).toBe(start);
});

test("a block grows into a spare rather than be refused", () => {
  const { alloc, dealloc, realloc, allocator } = allocatorOf(65536);
  const [below, spare] = [alloc(4096), alloc(64)];
  alloc(57344);
  dealloc(spare, 64);

  expect(realloc(Number(below), 4096, 8192)).toBe(below);
  expect(allocator.holes()).toEqual([]);
});

test.each([512, 4096, 32768])("a heap of %d bytes has no page for one class alone", (size) => {
  const { alloc, dealloc, allocator } = allocatorOf(size);

  const starts = [1, 9, 17, 33, 65].map((each) => [alloc(each), each] as const);
  expect(starts.map(([start]) => start)).toEqual([0, 16, 32, 64, 128]);

  for (const [start, each] of starts) dealloc(start, each);
  expect(allocator.holes()).toEqual([range(0, size)]);
});

test("the rest of a heap that has no whole page left is used to the last block", () => {
  const { alloc, allocMany } = allocatorOf(65536 + 640);
  alloc(65536 - 4096);

  const starts = allocMany(64 + 10 + 1, 64);

  expect(starts.slice(-3)).toEqual([65536 + 512, 65536 + 576, "refused"]);
});

test("once everything is freed the largest first request is granted again", () => {
  const { alloc, allocMany, dealloc } = allocatorOf(65536);
  const first = alloc(65536);
  dealloc(first, 65536);

  for (const size of [8, 64, 100, 2048]) {
    for (const start of allocMany(20, size)) dealloc(start, size);
  }

  expect(alloc(65536)).toBe(first);
});

test("a block keeps its place within its class", () => {
  const { alloc, realloc } = allocatorOf(65536);
  alloc(33);

  expect([realloc(0, 33, 64), realloc(0, 64, 33)]).toEqual([0, 0]);
});

test("a block that changes its class moves with its bytes", () => {
  const { memory, alloc, realloc } = allocatorOf(65536);
  alloc(64);
  memory.fill(address(0), bytes(64), 0xab);

  expect(realloc(0, 64, 100)).toBe(4096);
  expect([...memory.bytes().subarray(4096, 4160)]).toEqual(Array(64).fill(0xab));
  expect(alloc(64)).toBe(0);
});

test("a block that was asked to be zero is, wherever it lies", () => {
  const { memory, alloc, dealloc, allocator } = allocatorOf(65536);
  dealloc(alloc(100), 100);
  memory.fill(address(0), bytes(128), 0xff);
  memory.writeWord(address(0), 0);

  allocator.allocZeroed(bytes(100), alignment(8));

  expect([...memory.bytes().subarray(0, 101)]).toEqual([...Array(100).fill(0), 0xff]);
});

test.each([
  { law: "twice in a row", start: 128, size: 64, align: 8 },
  { law: "that never was", start: 640, size: 64, align: 8 },
  { law: "with the size of another class", start: 64, size: 65, align: 8 },
  { law: "with an alignment of another class", start: 64, size: 64, align: 128 },
  { law: "with a size beyond all classes", start: 64, size: 4096, align: 8 },
  { law: "at an address inside it", start: 72, size: 64, align: 8 },
  { law: "outside of the extent", start: 65536, size: 64, align: 8 },
  { law: "below the extent", start: -64, size: 64, align: 8 },
])("freeing a block $law is reported", ({ start, size, align }) => {
  const { allocMany, dealloc, allocator } = allocatorOf(65536);
  const starts = allocMany(4, 64);
  dealloc(address(128), 64);
  const before = allocator.fingerprint();

  expect(() => dealloc(address(start), size, align)).toThrow(ContractViolation);
  expect(allocator.fingerprint()).toBe(before);
  expect(starts).toContain(128);
});

test.each([2 ** 31, 2 ** 32, 2 ** 47, 2 ** 53 - 1])("a request of %d bytes is refused", (size) => {
  const { alloc, allocator } = allocatorOf(8192);

  expect([alloc(size), alloc(size, 2 ** 52)]).toEqual(["refused", "refused"]);
  auditBlockAllocator(allocator, []);
});

test.each([
  { size: 8, align: 3 },
  { size: 8, align: 0 },
  { size: 8, align: 4097 },
  { size: -1, align: 8 },
  { size: Number.NaN, align: 8 },
])("a request of $size bytes at $align is reported", ({ size, align }) => {
  const { alloc } = allocatorOf(8192);

  expect(() => alloc(size, align)).toThrow(ContractViolation);
});

test("allocators with equal fingerprints differ in no free block", () => {
  const [one, other] = [allocatorOf(65536), allocatorOf(65536)];
  for (const each of [one, other]) each.allocMany(3, 64);
  for (const start of [0, 64]) one.dealloc(address(start), 64);
  for (const start of [64, 0]) other.dealloc(address(start), 64);

  expect(one.allocator.fingerprint()).not.toBe(other.allocator.fingerprint());
  one.allocMany(2, 64);
  other.allocMany(2, 64);
  expect(one.allocator.fingerprint()).toBe(other.allocator.fingerprint());
});

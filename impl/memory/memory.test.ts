import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ContractViolation, InvariantViolation } from "#support";
import { type Address, address, bytes } from "#units";
import type { Memory } from "./memory.ts";
import { PlainMemory } from "./plain-memory.ts";
import { TranslatedMemory } from "./translated-memory.ts";

const PAGE_COUNT = 4;
const SIZE = PAGE_COUNT * 4096;

/** Pages in the opposite order of their frames, and one frame more than pages. */
function translatedAt(start: number): Memory {
  const memory = new TranslatedMemory(new PlainMemory(SIZE + 4096), PAGE_COUNT, start);
  for (let page = 0; page < PAGE_COUNT; page++) memory.map(page, PAGE_COUNT - page);
  return memory;
}

function bytesOf(memory: Memory): readonly number[] {
  return Array.from({ length: SIZE }, (_, index) => {
    const word = memory.readWord(address(memory.start + index - (index % 4)));
    return (word >>> (8 * (index % 4))) & 0xff;
  });
}

const kinds = [
  { kind: "plain", memoryAt: (start: number): Memory => new PlainMemory(SIZE, start) },
  { kind: "translated", memoryAt: translatedAt },
];

describe.each(kinds)("$kind memory", ({ memoryAt }) => {
  test.each([0, 4096, 2 ** 32, 2 ** 48 - SIZE, 2 ** 53 - 4096 - SIZE])(
    "keeps words of 32 bits at its two ends, from address %d on",
    (start) => {
      const memory = memoryAt(start);
      const last = address(start + SIZE - 4);

      memory.writeWord(memory.start, 0xffff_ffff);
      memory.writeWord(last, 0x8000_0001);

      expect([memory.readWord(memory.start), memory.readWord(last)]).toEqual([
        0xffff_ffff, 0x8000_0001,
      ]);
    },
  );

  test.each([-4, SIZE, 2 ** 32, -(2 ** 32)])("has no word %d bytes from its start", (offset) => {
    const memory = memoryAt(2 ** 40);
    const outside = address(2 ** 40 + offset);

    expect(() => memory.readWord(outside)).toThrow(InvariantViolation);
    expect(() => memory.writeWord(outside, 0)).toThrow(InvariantViolation);
    expect(() => memory.fill(outside, bytes(8), 0)).toThrow(InvariantViolation);
    expect(() => memory.copy(memory.start, outside, bytes(8))).toThrow(InvariantViolation);
  });

  test("has words at multiples of 4 only", () => {
    const memory = memoryAt(0);

    expect(() => memory.readWord(address(2))).toThrow(InvariantViolation);
    expect(() => memory.writeWord(address(2), 0)).toThrow(InvariantViolation);
  });

  test("fills and copies as an array of bytes does, also where the two overlap", () => {
    const offsets = fc.integer({ min: 0, max: SIZE });
    const steps = fc.record({ from: offsets, to: offsets, count: offsets, value: fc.nat(255) });
    const law = fc.property(fc.array(steps, { maxLength: 8 }), (wishes) => {
      const memory = memoryAt(4096);
      const model = new Uint8Array(SIZE);
      const at = (offset: number): Address => address(memory.start + offset);

      for (const { from, to, count, value } of wishes) {
        const filled = Math.min(count, SIZE - from);
        memory.fill(at(from), bytes(filled), value);
        model.fill(value, from, from + filled);
        const copied = Math.min(count, SIZE - from, SIZE - to);
        memory.copy(at(to), at(from), bytes(copied));
        model.copyWithin(to, from, from + copied);
      }

      expect(bytesOf(memory)).toEqual([...model]);
    });

    fc.assert(law, { seed: 1, numRuns: 40 });
  });
});

test("a page that is not mapped is not accessed", () => {
  const memory = new TranslatedMemory(new PlainMemory(SIZE), PAGE_COUNT);
  memory.map(0, 0);

  expect(memory.readWord(address(4092))).toBe(0);
  expect(() => memory.readWord(address(4096))).toThrow("only mapped pages are accessed");
});

test("a page is mapped once, to a frame that exists", () => {
  const memory = new TranslatedMemory(new PlainMemory(SIZE), PAGE_COUNT);
  memory.map(0, 0);

  expect(() => memory.map(0, 1)).toThrow(ContractViolation);
  expect(() => memory.map(1, PAGE_COUNT)).toThrow(ContractViolation);
});

test.each([
  { size: 2 ** 32 + 4, start: 0 },
  { size: 6, start: 0 },
  { size: 8, start: 4 },
  { size: 8, start: 2 ** 53 - 8 },
])("there is no memory of $size bytes at $start", ({ size, start }) => {
  expect(() => new PlainMemory(size, start)).toThrow(ContractViolation);
});

import { expect, test } from "vitest";
import { ContractViolation, InvariantViolation } from "#support";
import { address, bytes, frameNumber, type TableIndex, word } from "#units";
import { PhysicalMemory } from "./physical-memory.ts";

const INDEX = 3 as TableIndex;

test("an entry of a frame is two words of memory, the low one first", () => {
  const memory = new PhysicalMemory(3 * 4096);

  memory.setEntry(memory.slot(frameNumber(2), INDEX), word(0x8000_0001), word(0x1234_5067));

  expect(memory.readWord(address(2 * 4096 + 24))).toBe(0x1234_5067);
  expect(memory.readWord(address(2 * 4096 + 28))).toBe(0x8000_0001);
});

test("a frame that is cleared is zero, and its neighbours are not", () => {
  const memory = new PhysicalMemory(3 * 4096);
  memory.fill(address(0), bytes(3 * 4096), 0xff);

  memory.clearFrame(frameNumber(1));

  const sums = [0, 1, 2].map((frame) =>
    memory
      .bytes()
      .slice(frame * 4096, frame * 4096 + 4096)
      .reduce((sum, byte) => sum + byte, 0),
  );
  expect(sums).toEqual([255 * 4096, 0, 255 * 4096]);
});

test.each([-4, 2, 4096, 2 ** 32, 2 ** 40])("there is no word at %d of 4096 bytes", (at) => {
  const memory = new PhysicalMemory(4096);

  expect(() => memory.readWord(address(at))).toThrow(InvariantViolation);
  expect(() => memory.writeWord(address(at), 1)).toThrow(InvariantViolation);
});

test("a table lies in memory", () => {
  const memory = new PhysicalMemory(4096);

  expect(() => memory.slot(frameNumber(1), INDEX)).toThrow(InvariantViolation);
  expect(() => memory.slot(frameNumber(2 ** 32), INDEX)).toThrow(InvariantViolation);
  expect(() => memory.clearFrame(frameNumber(1))).toThrow(InvariantViolation);
});

test.each([2 ** 32 + 4096, 100, -4096])("there is no memory of %d bytes", (size) => {
  expect(() => new PhysicalMemory(size)).toThrow(ContractViolation);
});

import { expect, test } from "vitest";
import { InvariantViolation } from "#support";
import { address, alignment, bytes, type Range } from "#units";
import { BlockAllocator } from "../heap/block-allocator.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import { auditBlockAllocator } from "./block-allocator-audit.ts";

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

/** Blocks of 64 at 64 and 128, of 8192 at 4096; the block at 0 was freed. */
function made(): { memory: PlainMemory; allocator: BlockAllocator } {
  const memory = new PlainMemory(65536);
  const allocator = new BlockAllocator(memory, range(0, 65536));
  for (const size of [64, 64, 64, 8192]) allocator.alloc(bytes(size), alignment(8));
  allocator.dealloc(address(0), bytes(64), alignment(8));
  return { memory, allocator };
}

const BLOCKS = [range(64, 64), range(128, 64), range(4096, 8192)];

test("an allocator whose blocks are all named is in order", () => {
  expect(() => auditBlockAllocator(made().allocator, BLOCKS)).not.toThrow();
});

test.each([
  { law: "a live block of a span is somebody's", blocks: BLOCKS.slice(1) },
  { law: "no byte is lost", blocks: BLOCKS.slice(0, 2) },
  { law: "every live block of a span is somebody's", blocks: [...BLOCKS, range(192, 64)] },
  { law: "live-blocks-disjoint", blocks: [...BLOCKS, range(12280, 8)] },
])("an allocator with other blocks than it has is not: $law", ({ law, blocks }) => {
  const { allocator } = made();

  expect(() => auditBlockAllocator(allocator, blocks)).toThrow(law);
});

test("a free block that leads to a live one is seen", () => {
  const { memory, allocator } = made();
  memory.writeWord(address(0), 2);

  expect(() => auditBlockAllocator(allocator, BLOCKS)).toThrow(InvariantViolation);
});

test("free blocks that lead in a circle are seen", () => {
  const { memory, allocator } = made();
  memory.writeWord(address(0), 1);

  expect(() => auditBlockAllocator(allocator, BLOCKS)).toThrow("the free blocks of a span end");
});

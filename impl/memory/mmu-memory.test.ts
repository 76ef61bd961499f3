import { describe, expect, test } from "vitest";
import { InvariantViolation } from "#support";
import {
  type Address,
  address,
  alignment,
  bytes,
  type CoreId,
  frameNumber,
  pageContaining,
  virtualAddress,
} from "#units";
import { auditBlockAllocator } from "../audit/block-allocator-audit.ts";
import { BlockAllocator } from "../heap/block-allocator.ts";
import { HoleList } from "../heap/hole-list.ts";
import type { Memory } from "./memory.ts";
import { Mmu } from "./mmu.ts";
import { MmuMemory } from "./mmu-memory.ts";
import { entryFlags, NO_EXECUTE, WRITABLE } from "./page-table-entry.ts";
import { PageTables } from "./page-tables.ts";
import { PhysicalMemory } from "./physical-memory.ts";
import { PlainMemory } from "./plain-memory.ts";
import { TableFrames } from "./table-frames.ts";
import { Tlb } from "./tlb.ts";

const PAGES = 40;
const SIZE = PAGES * 4096;
/** Where kernels have their heap: in the upper half, at index 509. */
const HEAP = 0xfe80_0000_0000;
const FLAGS = entryFlags(WRITABLE | NO_EXECUTE);

/** A heap of `PAGES` pages behind page tables, whose frames lie in reverse order. */
function behindTables(): { memory: Memory; tables: PageTables; mmu: Mmu } {
  const physical = new PhysicalMemory(64 * 4096);
  let next = 0;
  const frames = new TableFrames(physical, {
    acquireFrame: () => frameNumber(next++),
    releaseFrame: () => {},
  });
  const tables = new PageTables(frames, frames.acquire());
  const run = { first: pageContaining(virtualAddress(HEAP)), count: PAGES, level: 1 as const };
  tables.map(run, (index) => frameNumber(63 - index), FLAGS);
  const size = { sets: 4, ways: 2 };
  const tlb = new Tlb(0 as CoreId, { small: size, large: size, largest: size });
  const mmu = new Mmu(physical, tables.root, tlb);
  return { memory: new MmuMemory(mmu, physical, HEAP, SIZE), tables, mmu };
}

const words = (memory: Memory): readonly number[] =>
  Array.from({ length: SIZE / 4 }, (_, index) =>
    memory.readWord(address(memory.start + index * 4)),
  );

interface Allocator {
  alloc: HoleList["alloc"];
  dealloc: HoleList["dealloc"];
}

const ALIGN = alignment(8);

/** What 400 calls of every size answer, the last of them with everything freed. */
function answers(allocator: Allocator, start: Address): readonly number[] {
  const live: { at: Address; size: number }[] = [];
  const seen: number[] = [];
  for (let call = 0; call < 400; call++) {
    const size = ((call * 7919) % 900) + 1;
    if (call % 3 === 2 && live.length > 0) {
      const [block] = live.splice((call * 31) % live.length, 1);
      if (block !== undefined) allocator.dealloc(block.at, bytes(block.size), ALIGN);
      continue;
    }
    const answer = allocator.alloc(bytes(size), ALIGN);
    seen.push(answer.ok ? answer.value - start : -1);
    if (answer.ok) live.push({ at: answer.value, size });
  }
  for (const { at, size } of live) allocator.dealloc(at, bytes(size), ALIGN);
  return seen;
}

describe("an allocator behind page tables", () => {
  test.each([
    { name: "hole-list", make: (memory: Memory) => new HoleList(memory, memory) },
    { name: "block", make: (memory: Memory) => new BlockAllocator(memory, memory) },
  ])("answers as on plain memory, and leaves the same bytes: $name", ({ make }) => {
    const plain = new PlainMemory(SIZE, HEAP);
    const { memory } = behindTables();

    const expected = answers(make(plain), plain.start);
    const found = answers(make(memory), memory.start);

    expect(found).toEqual(expected);
    expect(words(memory)).toEqual(words(plain));
  });

  test("is sound by its own audit", () => {
    const { memory } = behindTables();
    const allocator = new BlockAllocator(memory, memory);

    answers(allocator, memory.start);

    auditBlockAllocator(allocator, []);
  });
});

test("a page that was unmapped is seen until it is flushed, and never after", () => {
  const { memory, tables, mmu } = behindTables();
  memory.writeWord(memory.start, 7);
  const run = { first: pageContaining(virtualAddress(HEAP)), count: 1, level: 1 as const };
  const pending = tables.unmap(run);

  const stale = memory.readWord(memory.start);
  if (pending.ok) pending.value.flush(mmu);

  expect(stale).toBe(7);
  expect(() => memory.readWord(memory.start)).toThrow(InvariantViolation);
});

test("a page that may only be read is not written", () => {
  const { memory, tables, mmu } = behindTables();
  const run = { first: pageContaining(virtualAddress(HEAP)), count: 1, level: 1 as const };
  const pending = tables.remap(run, entryFlags(NO_EXECUTE));
  if (pending.ok) pending.value.flush(mmu);

  expect(memory.readWord(memory.start)).toBe(0);
  expect(() => memory.writeWord(memory.start, 1)).toThrow(InvariantViolation);
});

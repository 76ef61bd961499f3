import { describe, expect, test } from "vitest";
import { type Address, address, alignment, bytes } from "#units";
import { auditZone } from "../audit/zone-audit.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import { SLAB_CLASS_COUNT, type SlabClass, sizeOfSlabClass } from "./slab-class.ts";
import { SLAB_SIZE } from "./slab-page.ts";
import { ZoneHeap } from "./zone-heap.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const ALIGN = alignment(8);

/** A heap of `pages` pages, and one for its book. */
function heapOf(pages: number): ZoneHeap {
  const size = bytes((pages + 1) * SLAB_SIZE);
  return new ZoneHeap(new PlainMemory(size), { start: address(0), size });
}

interface Held {
  readonly start: Address;
  readonly size: number;
}

/** Calls drawn from a seed: how many blocks are held in the end, and where they were placed. */
function someCalls(heap: ZoneHeap, seed: number, count: number): readonly Held[] {
  let state = seed;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const held: Held[] = [];
  for (let call = 0; call < count; call++) {
    if (draw(100) < 52) {
      const size = sizeOfSlabClass(draw(SLAB_CLASS_COUNT) as SlabClass) - draw(8);
      const start = heap.take(bytes(size), ALIGN);
      if (start !== NO_BLOCK) held.push({ start, size });
    } else if (held.length > 0) {
      const [block] = held.splice(draw(held.length), 1) as [Held];
      expect(heap.dealloc(block.start, bytes(block.size), ALIGN).ok).toBe(true);
    }
    if (call % 50 === 0) auditZone(heap.area, heap.zone);
  }
  auditZone(heap.area, heap.zone);
  return held;
}

test.each([1, 2, 3])("list, bits, book and counts agree after calls of seed %i", (seed) => {
  const heap = heapOf(60);

  const held = someCalls(heap, seed, 3000);

  expect(held.length).toBeGreaterThan(0);
});

test("the same calls place the same blocks", () => {
  const once = someCalls(heapOf(60), 7, 2000);
  const again = someCalls(heapOf(60), 7, 2000);

  expect(again).toEqual(once);
});

test("when all is freed every page is empty, and any class may have all of them", () => {
  const heap = heapOf(8);
  for (const { start, size } of someCalls(heap, 11, 500)) heap.dealloc(start, bytes(size), ALIGN);

  const taken = Array.from({ length: 9 }, () => heap.take(bytes(8168), ALIGN));

  expect(taken.filter((start) => start === NO_BLOCK)).toHaveLength(1);
  expect(taken.at(-1)).toBe(NO_BLOCK);
});

test("a class that needs a page takes it from classes in turn", () => {
  const heap = heapOf(3);
  const sizes = [8, 64, 512].map((size) => bytes(size));
  const blocks = sizes.map((size) => heap.take(size, ALIGN));
  for (const [index, start] of blocks.entries())
    heap.dealloc(start, sizes[index] ?? bytes(0), ALIGN);

  heap.take(bytes(1008), ALIGN);
  const left = heap.zone.classesWithEmpty();

  expect(left).toBe((1 << 0) | (1 << 19));
});

describe("a free that is wrong is refused and changes nothing", () => {
  const heap = heapOf(4);
  const live = heap.take(bytes(100), ALIGN);
  const dead = heap.take(bytes(100), ALIGN);
  heap.dealloc(dead, bytes(100), ALIGN);

  // biome-ignore format: one wrong free per line
  test.each([
    ["twice",                   dead,                       100, "double-free"],
    ["inside a block",          address(live + 8),          100, "interior-pointer"],
    ["behind the last block",   address(live + 8176),       100, "interior-pointer"],
    ["of nobody's page",        address(live + 8192),       100, "foreign-pointer"],
    ["outside of the area",     address(2 ** 40),           100, "foreign-pointer"],
    ["of the book",             address(64),                100, "foreign-pointer"],
    ["of another class",        live,                       200, "wrong-layout"],
    ["of a size of no class",   live,                       9000, "wrong-layout"],
  ] as const)("%s", (_, start, size, kind) => {
    const before = Uint8Array.from((heap.area.memory as PlainMemory).bytes());

    const freed = heap.dealloc(start, bytes(size), ALIGN);

    expect(freed).toEqual({ ok: false, failure: { kind } });
    expect((heap.area.memory as PlainMemory).bytes()).toEqual(before);
  });
});

test("a block keeps its bytes when it moves to another class, and its place within one", () => {
  const heap = heapOf(4);
  const memory = heap.area.memory;
  const start = heap.take(bytes(100), ALIGN);
  memory.fill(start, bytes(100), 7);

  const same = heap.realloc(start, bytes(100), ALIGN, bytes(112));
  const moved = heap.realloc(start, bytes(112), ALIGN, bytes(400));

  expect(same).toEqual({ ok: true, value: start });
  expect(moved.ok && moved.value).not.toBe(start);
  expect(moved.ok && memory.readWord(moved.value)).toBe(0x0707_0707);
});

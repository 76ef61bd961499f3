import { expect, test } from "vitest";
import { type Address, alignment, bytes, type HeapId, KERNEL_SPACE, type Key } from "#units";
import { auditHeaps } from "../audit/zone-audit.ts";
import type { Machine } from "../core/machine.ts";
import { USUAL_HEAP } from "./heap-config.ts";
import {
  EIGHT,
  exhaust,
  freeFrames,
  HERE,
  SMALL,
  switched,
  systemOf,
  THERE,
  type World,
} from "./small-combination.fixture.ts";
import { NO_BLOCK } from "./zone-steps.ts";

test("a large request is not refused while pages without blocks hold the frames", () => {
  const made = switched(300);
  const blocks = exhaust(made, 64);
  for (const start of blocks) made.heap.dealloc(HERE, start, bytes(64), EIGHT);

  const isShort = freeFrames(made) < 100;
  const large = made.heap.alloc(HERE, bytes(100 * 4096), alignment(65_536));

  expect(isShort).toBe(true);
  expect(large).not.toBe(NO_BLOCK);
  expect(large % 65_536).toBe(0);
  auditHeaps(systemOf(made));
});

test("a heap gives a page away exactly when it has more than its threshold", () => {
  const given = [2, 3].map((count) => {
    const made = switched();
    const { heaps } = systemOf(made);
    const key = THERE.core as number as Key;
    const zone = heaps.zone((key + 1) as HeapId);
    while (zone.emptyCount() > count) made.machine.alone(giveOne(made, key));
    for (let each = 0; each < 5; each++) made.heap.alloc(HERE, bytes(8168), EIGHT);
    return made.marks.has("combination.page-transferred");
  });

  expect(given).toEqual([false, true]);
});

function* giveOne(made: World, key: Key): Generator<"between", void, void> {
  const { heaps, source } = systemOf(made);
  const page = heaps.zone((key + 1) as HeapId).giveEmpty(0);
  yield* source.unmap(HERE.core, page) as Generator<"between", void, void>;
}

test("a request of the largest class lies in a slab page, one byte more in pages of its own", () => {
  const made = switched();

  const small = made.heap.alloc(HERE, bytes(8168), EIGHT);
  const large = made.heap.alloc(HERE, bytes(8169), EIGHT);

  const { area } = systemOf(made);
  expect([area.pageAt(small) >= 0, area.pageAt(large) >= 0]).toEqual([true, false]);
});

test.each([8192, 65_536, 2 ** 21])("a block aligned to %i lies at a multiple of it", (align) => {
  const made = switched();

  const start = made.heap.alloc(HERE, bytes(10), alignment(align));

  expect(start % align).toBe(0);
  expect(made.heap.dealloc(THERE, start, bytes(10), alignment(align)).ok).toBe(true);
});

test("what is kept of a large block cannot be freed by a caller", () => {
  const made = switched();
  const before = made.heap.alloc(HERE, bytes(32), EIGHT);
  made.heap.dealloc(HERE, before, bytes(32), EIGHT);
  const large = made.heap.alloc(HERE, bytes(10_000), EIGHT);
  const { area } = systemOf(made);

  const answers: boolean[] = [];
  for (let page = area.bookPages; page < area.freshPage(); page++) {
    answers.push(made.heap.dealloc(HERE, area.startOf(page), bytes(32), EIGHT).ok);
  }

  expect(answers).not.toContain(true);
  expect(made.heap.dealloc(HERE, large, bytes(10_000), EIGHT).ok).toBe(true);
});

test("the last empty page of any heap is used before a request is refused", () => {
  const made = switched(300, { ...SMALL, heap: () => ({ ...USUAL_HEAP, threshold: 100 }) });
  const { heaps } = systemOf(made);
  const idle = heaps.zone((THERE.core + 1) as HeapId);

  exhaust(made, 8168);

  expect([idle.pageCount(), idle.emptyCount()]).toEqual([0, 0]);
  expect(made.marks).toContain("combination.last-page-transferred");
});

test.each([
  [100, 9000],
  [9000, 100],
  [9000, 30_000],
  [9000, 10_000],
  [100, 110],
  [100, 400],
])("a block of %i bytes keeps its bytes when it is resized to %i", (size, newSize) => {
  const made = switched();
  const { memory } = systemOf(made);
  const start = made.heap.alloc(HERE, bytes(size), EIGHT);
  memory.fill(start, bytes(Math.min(size, newSize)), 7);

  const moved = made.heap.realloc(THERE, start, bytes(size), EIGHT, bytes(newSize));

  expect(memory.readWord(moved)).toBe(0x0707_0707);
  expect(memory.readWord((moved + Math.min(size, newSize) - 4) as Address)).toBe(0x0707_0707);
  expect(made.heap.dealloc(HERE, moved, bytes(newSize), EIGHT).ok).toBe(true);
  auditHeaps(systemOf(made));
});

test("a resize that is refused leaves the block as it was", () => {
  const made = switched(300);
  const start = made.heap.alloc(HERE, bytes(100), EIGHT);

  const moved = made.heap.realloc(HERE, start, bytes(100), EIGHT, bytes(10 ** 9));

  expect(moved).toBe(NO_BLOCK);
  expect(made.heap.dealloc(HERE, start, bytes(100), EIGHT).ok).toBe(true);
});

test("requests that are refused again and again cost nothing", () => {
  const made = switched(300);
  made.heap.alloc(HERE, bytes(500 * 4096), EIGHT);
  const { heaps } = systemOf(made);
  const bookPages = heaps.zone((heaps.bookKey + 1) as HeapId).pageCount();
  const before = freeFrames(made);

  const starts = Array.from({ length: 600 }, () => made.heap.alloc(HERE, bytes(10 ** 9), EIGHT));

  expect(starts.every((start) => start === NO_BLOCK)).toBe(true);
  expect(heaps.zone((heaps.bookKey + 1) as HeapId).pageCount()).toBeLessThanOrEqual(bookPages + 1);
  expect(freeFrames(made)).toBe(before);
});

test("a place that could not be mapped for want of frames is tried again", () => {
  const made = switched(300);
  exhaust(made, 8168);
  const { area } = systemOf(made);

  const end = area.freshPage();
  exhaust(made, 8168);
  exhaust(made, 2000);

  expect(area.freshPage()).toBe(end);
});

test("a heap grows past a place that somebody else has", () => {
  const made = switched();
  const { area } = systemOf(made);
  const first = (area.startOf(area.freshPage()) / 4096) as never;
  const taken = made.machine.acquirePages(KERNEL_SPACE, { kind: "at", first }, 2 as never);

  const blocks = exhaust(made, 8168);

  expect(taken.ok).toBe(true);
  expect(made.marks).toContain("combination.place-passed-over");
  expect(blocks.length).toBeGreaterThan(100);
});

test("a page changes its heap without a walk and with at most 64 words written", () => {
  const made = switched(600, { ...SMALL, heap: () => ({ ...USUAL_HEAP, threshold: 0 }) });
  const { heaps, memory } = systemOf(made);
  const writes = countingWrites(made.machine);
  memory.runOn(HERE.core);
  const [from, to] = [1, 2].map((heap) => heaps.zone(heap as HeapId));

  const page = from?.giveEmpty(0) ?? 0;
  to?.refill(page, 0 as never);

  expect(writes.count()).toBeLessThanOrEqual(64);
  expect(writes.count()).toBeGreaterThan(32);
});

/** Counts the words that are written to the memory of `machine` from now on. */
function countingWrites({ memory }: Machine): { count(): number } {
  let count = 0;
  const write = memory.writeWord.bind(memory);
  memory.writeWord = (at, value) => {
    count++;
    write(at, value);
  };
  return { count: () => count };
}

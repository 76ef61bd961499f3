/** Pages that become empty and stay in their list: what that saves, and what it may not cost. */
import { expect, test } from "vitest";
import { address, alignment, bytes, type HeapId, type Key } from "#units";
import { auditHeaps } from "../audit/zone-audit.ts";
import { HERE, SMALL, switched, systemOf, type World } from "./small-combination.fixture.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const ALIGN = alignment(8);
const OWN = (HERE.core + 1) as HeapId;

/** Takes and frees `count` blocks of `size`, the first one first. */
function takeAndFree({ heap }: World, count: number, size: number): void {
  const starts = Array.from({ length: count }, () => heap.alloc(HERE, bytes(size), ALIGN));
  for (const start of starts) heap.dealloc(HERE, start, bytes(size), ALIGN);
}

test("a block that is taken and freed at every turn writes no list", () => {
  const made = switched();
  takeAndFree(made, 1, 64);
  const { heaps } = systemOf(made);
  const before = heaps.zone(OWN).emptyCount();
  made.marks.clear();

  takeAndFree(made, 1, 64);

  expect([...made.marks]).toEqual(["zone.page-kept"]);
  expect(heaps.zone(OWN).emptyCount()).toBe(before);
  auditHeaps(systemOf(made));
});

test("of two pages that become empty one is kept, and the other is anybody's", () => {
  const made = switched();
  const { heaps } = systemOf(made);
  const before = heaps.zone(OWN).emptyCount();

  takeAndFree(made, 4, 4080);

  expect(heaps.zone(OWN).emptyCount()).toBe(before - 1);
  auditHeaps(systemOf(made));
});

test("a page that is kept is an empty one when another of its class has room", () => {
  const made = switched();
  const [one = NO_BLOCK, two = NO_BLOCK, three = NO_BLOCK] = [0, 1, 2].map(() =>
    made.heap.alloc(HERE, bytes(4080), ALIGN),
  );
  made.heap.dealloc(HERE, three, bytes(4080), ALIGN);
  const { heaps } = systemOf(made);
  const before = heaps.zone(OWN).emptyCount();

  made.heap.dealloc(HERE, two, bytes(4080), ALIGN);

  expect(heaps.zone(OWN).emptyCount()).toBe(before + 1);
  auditHeaps(systemOf(made));
  expect(made.heap.dealloc(HERE, one, bytes(4080), ALIGN).ok).toBe(true);
});

test("every page that is kept serves another class before a page is mapped", () => {
  const made = switched(600, { ...SMALL, initialPages: 2 });
  const { heaps } = systemOf(made);
  while (heaps.zone(OWN).emptyCount() > 0) made.heap.alloc(HERE, bytes(8168), ALIGN);
  takeAndFree(made, 1, 64);
  while (heaps.zone(OWN).emptyCount() > 0) made.heap.alloc(HERE, bytes(8168), ALIGN);
  const before = heaps.zone(OWN).pageCount();

  const start = made.heap.alloc(HERE, bytes(1000), ALIGN);

  expect(start).not.toBe(NO_BLOCK);
  expect(heaps.zone(OWN).pageCount()).toBe(before);
  auditHeaps(systemOf(made));
});

test("a heap whose pages are kept has no live block, and is closed", () => {
  const made = switched();
  for (const size of [8, 100, 2000]) takeAndFree(made, 1, size);

  const isClosed = made.machine.alone(made.heap.closeHeap(HERE, HERE.core as number as Key));

  expect(isClosed).toBe(true);
  auditHeaps(systemOf(made));
});

test("pages that are kept are given back with the empty ones", () => {
  const made = switched();
  for (const size of [8, 100, 2000]) takeAndFree(made, 1, size);
  const { heaps } = systemOf(made);

  made.machine.alone(made.heap.giveBackEmpty(HERE));

  expect(heaps.zones().map((zone) => zone.pageCount())).toEqual(heaps.zones().map(() => 0));
  expect(made.heap.dealloc(HERE, address(0), bytes(8), ALIGN).ok).toBe(false);
});

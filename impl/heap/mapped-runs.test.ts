/** Growth by several pages at once, and large blocks that grow where they are. */
import { expect, test } from "vitest";
import {
  address,
  alignment,
  bytes,
  type CoreId,
  KERNEL_SPACE,
  type UnitCount,
  type UnitNumber,
} from "#units";
import { auditHeaps } from "../audit/zone-audit.ts";
import { Machine } from "../core/machine.ts";
import { CombinationHeap } from "./combination-heap.ts";
import { begun, freeFrames, HERE, SMALL, switched, systemOf } from "./small-combination.fixture.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const ALIGN = alignment(8);

test("a run of pages is mapped at once, and each is given back for itself", () => {
  const made = begun();
  const { source, area } = systemOf(made);
  const frames = freeFrames(made);
  const fresh = area.freshPage();

  const run = made.machine.alone(source.mapRun(HERE.core, 5));
  const held = [0, 1, 2, 3, 4].map((step) => source.has(run.first + step));
  for (const step of [2, 0, 4, 1, 3]) {
    made.machine.alone(source.unmap(HERE.core, run.first + step));
  }

  expect(run).toEqual({ first: fresh, count: 5 });
  expect(held).toEqual([true, true, true, true, true]);
  expect(freeFrames(made)).toBe(frames);
});

test("a run is no longer than there are pages, and one page where some were given back", () => {
  const made = begun();
  const { source, area } = systemOf(made);
  area.takeFresh(area.freshCount() - 3);

  const rest = made.machine.alone(source.mapRun(HERE.core, 8));
  made.machine.alone(source.unmap(HERE.core, rest.first + 1));
  const again = made.machine.alone(source.mapRun(HERE.core, 8));

  expect(rest.count).toBe(3);
  expect(again).toEqual({ first: rest.first + 1, count: 1 });
  expect(made.machine.alone(source.mapRun(HERE.core, 8)).count).toBe(0);
});

test("where frames do not do for a run, one page is mapped, and no page is lost", () => {
  const made = begun();
  const { source, area } = systemOf(made);
  const left = freeFrames(made) - 3;
  const hog = made.machine.frames.acquire({ kind: "any" }, left as UnitCount);
  const first = area.freshPage();

  const run = made.machine.alone(source.mapRun(HERE.core, 4));

  expect(hog.ok).toBe(true);
  expect(run).toEqual({ first, count: 1 });
  expect(area.freshCount() + 3).toBe(area.pageCount - first - 1);
  expect(area.hasGivenBack()).toBe(true);
});

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "a run that %d more chunks can be written down for loses nothing of what it cannot hold",
  (spare) => {
    const machine = new Machine({ frameCount: 600, heldCountMax: 14 + spare });
    machine.startCore(HERE.core, KERNEL_SPACE);
    const heap = new CombinationHeap(machine, SMALL);
    if (!machine.alone(heap.initialise(HERE)).ok) return;
    const made = { machine, heap, marks: new Set<string>() };
    const { source, area } = systemOf(made);
    const free = freeFrames(made);

    const run = machine.alone(source.mapRun(HERE.core, 6));
    for (let step = 0; step < run.count; step++) {
      machine.alone(source.unmap(HERE.core, run.first + step));
    }

    expect(run.count).toBeLessThanOrEqual(6);
    expect(freeFrames(made)).toBe(free);
    expect(area.freshPage() - area.bookPages).toBeGreaterThanOrEqual(run.count);
  },
);

test("a large block grows where it is while the pages behind it are nobody's", () => {
  const made = switched();
  const { machine, heap } = made;
  const start = heap.alloc(HERE, bytes(10_000), ALIGN);
  const { memory } = systemOf(made);
  memory.writeWord(address(start + 8192), 7);

  const grown = heap.realloc(HERE, start, bytes(10_000), ALIGN, bytes(50_000));
  memory.writeWord(address(start + 49_992), 9);

  expect(grown).toBe(start);
  expect(memory.readWord(address(start + 8192))).toBe(7);
  expect(made.marks).toContain("combination.large-grown");
  expect(heap.usableSize(start, bytes(50_000), ALIGN)).toBe(13 * 4096);
  expect(heap.dealloc(HERE, start, bytes(50_000), ALIGN).ok).toBe(true);
  const behind = { kind: "at", first: (start / 4096) as UnitNumber } as const;
  const again = machine.acquirePages(KERNEL_SPACE, behind, 13 as UnitCount);
  expect(again.ok).toBe(true);
});

test("a large block moves where somebody has the pages behind it", () => {
  const made = switched();
  const { heap } = made;
  const start = heap.alloc(HERE, bytes(10_000), ALIGN);
  const behind = heap.alloc(HERE, bytes(10_000), ALIGN);

  const moved = heap.realloc(HERE, start, bytes(10_000), ALIGN, bytes(50_000));

  expect(behind).toBe(start + 3 * 4096);
  expect([start, NO_BLOCK]).not.toContain(moved);
  auditHeaps(systemOf(made));
});

test("a large block that cannot grow for want of frames stays as it was", () => {
  const made = switched(300);
  const { heap } = made;
  const start = heap.alloc(HERE, bytes(10_000), ALIGN);
  const free = freeFrames(made);

  const grown = heap.realloc(HERE, start, bytes(10_000), ALIGN, bytes(4096 * 280));

  expect(grown).toBe(NO_BLOCK);
  expect(heap.usableSize(start, bytes(10_000), ALIGN)).toBe(3 * 4096);
  expect(freeFrames(made)).toBeGreaterThanOrEqual(free);
  expect(heap.dealloc({ ...HERE, core: 1 as CoreId }, start, bytes(10_000), ALIGN).ok).toBe(true);
});

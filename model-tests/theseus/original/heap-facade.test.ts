import { describe, expect, test } from "vitest";
import { HeapFacade } from "./heap-facade.ts";
import { KernelPanic } from "./kernel-failure.ts";
import { OBJECT_PAGE_SIZE, OBJECT_SIZE_MAX } from "./object-page.ts";
import type { World } from "./world.ts";

const WORLD: World = {
  initialPages: 16,
  isInitialFull: false,
  growthPages: 128,
  generalPages: 64,
  frames: 192,
  cores: 2,
  coresAtSwitch: 2,
  pagesPerClass: 1,
  bookkeeping: "none",
  phases: "both",
};

/** How many pages of the heap of `core` are empty. */
function emptyPages(kernel: HeapFacade, core: number): number {
  return kernel.multiple?.zones()[core]?.emptyPages() ?? -1;
}

describe("a block goes back to where its address lies", () => {
  test("a block from before the switch to the initial heap, from any core", () => {
    const kernel = new HeapFacade(WORLD);
    const block = kernel.alloc(40, 8, 0);
    kernel.switch(0);

    kernel.dealloc(block, 40, 8, 1);

    expect([kernel.isInitial(block), kernel.initialBlocks]).toEqual([true, 0]);
    expect(kernel.isInitial(kernel.alloc(40, 8, 0))).toBe(false);
  });

  test("an object to the heap whose number stands in its page", () => {
    const kernel = new HeapFacade(WORLD);
    kernel.switch(0);
    const object = kernel.alloc(40, 8, 1);

    kernel.dealloc(object, 40, 8, 0);

    expect(kernel.multiple?.heapOf(object)).toBe(1);
    expect([emptyPages(kernel, 0), emptyPages(kernel, 1)]).toEqual([11, 11]);
  });

  test("a block of the other heaps nowhere, before they are there", () => {
    const kernel = new HeapFacade(WORLD);

    expect(() => kernel.dealloc(kernel.places.growthStart, 8, 8, 0)).toThrow(KernelPanic);
  });
});

describe("a heap grows from others, then by two pages", () => {
  // T-18: a heap gives while it has more than 22 empty pages, and keeps 22.
  test.each([
    { pagesPerClass: 3, used: 10, given: 1 },
    { pagesPerClass: 3, used: 11, given: 0 },
  ])("of 33 pages with $used in use, $given are given", ({ pagesPerClass, used, given }) => {
    const kernel = new HeapFacade({ ...WORLD, growthPages: 160, pagesPerClass, frames: 400 });
    kernel.switch(0);
    for (let count = 0; count < used; count++) kernel.alloc(OBJECT_SIZE_MAX, 8, 0);
    for (let count = 0; count < 33; count++) kernel.alloc(OBJECT_SIZE_MAX, 8, 1);
    const before = emptyPages(kernel, 0);

    kernel.alloc(OBJECT_SIZE_MAX, 8, 1);

    expect(before).toBe(33 - used);
    expect(before - emptyPages(kernel, 0)).toBe(given);
    expect(emptyPages(kernel, 1)).toBe(1 - given);
  });

  // W-25: the page that was added serves the same request a moment later.
  test("a second page that is not to be had makes the first one useless at once", () => {
    const kernel = new HeapFacade({ ...WORLD, pagesPerClass: 0, growthPages: 2 });
    kernel.switch(0);

    const answers = [kernel.alloc(8, 8, 0), kernel.alloc(8, 8, 0)];

    expect(answers).toEqual([0, kernel.places.growthStart]);
  });

  // W-26: nothing but a free of the large object lets a heap grow again.
  test("a large object where the heaps grow stops them for as long as it lives", () => {
    const kernel = new HeapFacade({ ...WORLD, pagesPerClass: 0, generalPages: 1 });
    kernel.switch(0);
    kernel.alloc(8, 8, 0);
    const foreign = kernel.alloc(OBJECT_PAGE_SIZE, 8, 0);

    const refused = kernel.alloc(8, 8, 1);
    kernel.dealloc(foreign, OBJECT_PAGE_SIZE, 8, 0);
    const granted = kernel.alloc(8, 8, 1);

    expect(foreign).toBe(kernel.places.growthStart + 2 * OBJECT_PAGE_SIZE);
    expect([refused, granted > 0]).toEqual([0, true]);
  });
});

test("a second switch finds its pages taken", () => {
  const kernel = new HeapFacade(WORLD);

  expect([kernel.switch(0), kernel.switch(0)]).toEqual([true, false]);
});

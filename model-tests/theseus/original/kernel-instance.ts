/**
 * The kernel's heap as an instance that can be judged: its methods, its pages and its memory.
 *
 *     owner     0               1 … cores              cores + 1
 *               initial heap    the heap of a core     large objects
 *
 * The pages of a heap are those in its lists: one that got lost is not listed, as nobody will ever find
 * it again. The page of a large object that was freed is listed as given back.
 */
import type { ExtentPart, PageView, SubjectInstance } from "../../subject/subject.ts";
import { HeapFacade } from "./heap-facade.ts";
import { PAGE_SIZE } from "./kernel-memory.ts";
import { OBJECT_PAGE_SIZE, setBits } from "./object-page.ts";
import type { World } from "./world.ts";

const INITIAL = 0;
const GIVEN_BACK = -1;

export function kernelInstance(world: World): SubjectInstance {
  const kernel = new HeapFacade(world);
  const { memory, places } = kernel;
  if (world.phases === "per-core") kernel.switch(0);
  const initialSize = world.initialPages * PAGE_SIZE;
  const extent: readonly ExtentPart[] = [
    { start: PAGE_SIZE, size: world.generalPages * PAGE_SIZE },
    { start: places.growthStart, size: world.growthPages * PAGE_SIZE },
    ...(world.isInitialFull ? [] : [{ start: places.heapStart, size: initialSize }]),
  ];
  const everLarge = new Set<number>();
  const instance: SubjectInstance = {
    alloc: (size, align, { core }) => kernel.alloc(size, align, core),
    allocZeroed: (size, align, { core }) => {
      const block = kernel.alloc(size, align, core);
      if (block !== 0) memory.clear(block, size);
      return block;
    },
    dealloc: (block, size, align, { core }) => kernel.dealloc(block, size, align, core),
    realloc: (block, size, align, newSize, { core }) =>
      kernel.realloc(block, size, align, newSize, core),
    memory: () => memory.bytes,
    extent: () => extent,
    pages: () => [...objectPages(kernel), ...largePages(kernel, everLarge)],
    ownerOf: (block) => ownerOf(kernel, block),
    fingerprint: () => kernel.fingerprint(),
  };
  if (world.phases !== "both") return instance;
  return { ...instance, switch: ({ core }) => kernel.switch(core) };
}

function objectPages(kernel: HeapFacade): readonly PageView[] {
  const { memory, places, world, multiple, initialBlocks } = kernel;
  const views: PageView[] = [];
  views.push({
    start: places.heapStart,
    size: world.initialPages * PAGE_SIZE,
    owner: INITIAL,
    used: initialBlocks,
  });
  for (const { heapId, slabs } of multiple?.zones() ?? []) {
    for (const slab of slabs) {
      for (const page of slab.pages()) {
        const used = setBits(memory, page, slab.objectsPerPage);
        const shape = { start: page, size: OBJECT_PAGE_SIZE, sizeClass: slab.size };
        views.push({ ...shape, owner: heapId + 1, used });
      }
    }
  }
  return views;
}

function largePages(kernel: HeapFacade, everLarge: Set<number>): readonly PageView[] {
  const owned = new Set<number>();
  for (const { first, last } of kernel.large.spans()) {
    for (let page = first; page <= last; page++) {
      owned.add(page);
      everLarge.add(page);
    }
  }
  const large = kernel.world.cores + 1;
  return [...everLarge].map((page) => {
    const isOwned = owned.has(page);
    const owner = isOwned ? large : GIVEN_BACK;
    return { start: page * PAGE_SIZE, size: PAGE_SIZE, owner, used: isOwned ? 1 : 0 };
  });
}

function ownerOf(kernel: HeapFacade, block: number): number {
  if (kernel.isInitial(block)) return INITIAL;
  const page = Math.floor(block / PAGE_SIZE);
  const isLarge = kernel.large.spans().some(({ first, last }) => first <= page && page <= last);
  if (isLarge) return kernel.world.cores + 1;
  return (kernel.multiple?.heapOf(block) ?? GIVEN_BACK - 1) + 1;
}

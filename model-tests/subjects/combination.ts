/**
 * Our heaps of slab pages, as subjects like any other: one zone over plain memory, and the combination
 * heap on a machine of several cores, switched at once or when the caller says so.
 *
 *     address    0         8192                                      a multiple of 8192
 *                ├─────────┼─ book ─┼──────── pages of blocks ───────┼── 64 bytes ──┤       a zone
 */
import {
  bookPages,
  type Caller,
  type CombinationConfig,
  CombinationHeap,
  type Machine,
  NO_BLOCK,
  NO_PAGE,
  PlainMemory,
  SLAB_SIZE_MAX,
  ZoneHeap,
} from "#impl";
import { address, alignment, bytes, type CoreId, type Key } from "#units";
import type { CreateOptions, Promises, Subject, SubjectInstance } from "../subject/subject.ts";
import { CombinationCosts } from "./combination-costs.ts";
import { combinationConfig, machineFor } from "./combination-machine.ts";
import { CombinationPages } from "./combination-pages.ts";
import { combinationSections } from "./combination-sections.ts";
import { kernelDoor } from "./kernel-door.ts";

const SLAB_SIZE = 8192;
const GUARD_BYTES = 64;
const CORES = 4;
const NOBODY = -1;
/** The number of the heap that serves before the switch; the heap of a key has the next one after the key. */
const INITIAL = 0;
/** The pages of the kernel that any request may be given. */
const GENERAL = { start: 2 ** 47, size: 2 ** 40 };

/** What the author of a zone says in its file. */
const ZONE_PROMISES: Promises = {
  alignDefault: 8,
  alignMax: 4096,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  rejects: ["double-free", "foreign-pointer", "interior-pointer"],
  touchesOnly: "extent",
  independentInstances: true,
};

/** What the author of the combination heap says. */
const COMBINATION_PROMISES: Promises = {
  alignDefault: 8,
  alignMax: 2 ** 21,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  rejects: ["double-free", "foreign-pointer", "interior-pointer", "foreign-heap"],
  // An empty page of any heap is had by any other, and serves every class.
  room: { span: SLAB_SIZE, size: SLAB_SIZE_MAX, align: 4096, capacity: SLAB_SIZE },
  independentInstances: true,
};

export const zoneSubject: Subject = {
  name: "zone",
  create: zoneInstance,
  promises: ZONE_PROMISES,
};

export const multipleSubject: Subject = {
  name: "multiple",
  cores: CORES,
  create: (options) => {
    const instance = combinationInstance(options);
    instance.switch?.({ core: 0, entity: 0 });
    return instance;
  },
  promises: COMBINATION_PROMISES,
};

export const combinationSubject: Subject = {
  name: "combination",
  cores: CORES,
  create: combinationInstance,
  promises: COMBINATION_PROMISES,
};

function zoneInstance({ memoryBytes, reached }: CreateOptions): SubjectInstance {
  const pages = Math.max(1, Math.ceil(memoryBytes / SLAB_SIZE));
  const few = { pageCount: pages + 1, heapCount: 1, bucketCount: 0, noteBytes: 0 };
  const size = (pages + bookPages(few)) * SLAB_SIZE;
  const memory = new PlainMemory(SLAB_SIZE + size + GUARD_BYTES);
  const range = { start: address(SLAB_SIZE), size: bytes(size) };
  const heap = new ZoneHeap(memory, range, { reached });
  const parts = [heap.extent()];
  return {
    alloc: (asked, align) => {
      const placed = heap.alloc(bytes(asked), alignment(align));
      return placed.ok ? placed.value : 0;
    },
    allocZeroed: (asked, align) => {
      const placed = heap.allocZeroed(bytes(asked), alignment(align));
      return placed.ok ? placed.value : 0;
    },
    dealloc: (start, asked, align) =>
      heap.dealloc(address(start), bytes(asked), alignment(align)).ok,
    realloc: (start, asked, align, newSize) => {
      const from = bytes(asked);
      const moved = heap.realloc(address(start), from, alignment(align), bytes(newSize));
      return moved.ok ? moved.value : 0;
    },
    usableSize: (start) => heap.usableSize(address(start)),
    memory: () => memory.bytes(),
    extent: () => parts,
  };
}

function combinationInstance(options: CreateOptions): SubjectInstance {
  return madeCombination(options).instance;
}

/** A combination heap as an instance of a subject, and what lies behind it. */
export interface MadeCombination {
  readonly machine: Machine;
  readonly heap: CombinationHeap;
  readonly instance: SubjectInstance;
}

/** Makes one, whose usual configuration may be changed. */
export function madeCombination(
  { memoryBytes, reached, cores }: CreateOptions,
  change: (usual: CombinationConfig) => CombinationConfig = (usual) => usual,
): MadeCombination {
  const coreCount = Math.max(1, cores);
  const config = change(combinationConfig(memoryBytes, coreCount));
  const costs = new CombinationCosts();
  const machine = machineFor(memoryBytes, config, coreCount, costs.watchers);
  let pages: CombinationPages | undefined;
  const heap = new CombinationHeap(machine, config, { reached }, (page) =>
    pages?.pageChanged(page),
  );
  const caller = (origin: { core: number; entity: number }) => ({
    core: (origin.core % coreCount) as CoreId,
    entity: origin.entity,
  });
  const heapNumber = (who: Caller): number =>
    heap.phase === "per-core" ? heap.keyOf(who) + 1 : INITIAL;
  const first = caller({ core: 0, entity: 0 });
  const begun = machine.alone(heap.initialise(first));
  const system = heap.system;
  if (!begun.ok || system === undefined) throw new Error("a machine has room for its heap");

  const shown = new CombinationPages(system);
  pages = shown;
  const layouts = new Map<number, { readonly size: number; readonly align: number }>();
  const noteLarge = (start: number, size: number): void => {
    if (system.area.pageAt(address(start)) === NO_PAGE) shown.largeChanged(start, size);
  };
  const placed = (start: number, size: number, align: number): number => {
    if (start === NO_BLOCK) return 0;
    layouts.set(start, { size, align });
    noteLarge(start, size);
    return start;
  };
  const { area } = system;
  const extent = [
    {
      start: area.startOf(area.bookPages),
      size: (area.pageCount - area.bookPages) * SLAB_SIZE,
    },
    GENERAL,
  ];
  const door = kernelDoor(machine, 0 as CoreId);
  const instance: SubjectInstance = {
    alloc: (size, align, origin) =>
      placed(heap.alloc(caller(origin), bytes(size), alignment(align)), size, align),
    allocZeroed: (size, align, origin) =>
      placed(heap.allocZeroed(caller(origin), bytes(size), alignment(align)), size, align),
    dealloc: (start, size, align, origin) => {
      const at = address(start);
      const { ok } = heap.dealloc(caller(origin), at, bytes(size), alignment(align));
      if (ok) {
        layouts.delete(start);
        noteLarge(start, size);
      }
      return ok;
    },
    realloc: (start, size, align, newSize, origin) => {
      const at = address(start);
      const from = bytes(size);
      const to = bytes(newSize);
      const moved = heap.realloc(caller(origin), at, from, alignment(align), to);
      if (moved !== NO_BLOCK) {
        layouts.delete(start);
        noteLarge(start, size);
      }
      return placed(moved, newSize, align);
    },
    usableSize: (start) => {
      const { size = 0, align = 1 } = layouts.get(start) ?? {};
      return heap.usableSize(address(start), bytes(size), alignment(align));
    },
    switch: (origin) => machine.alone(heap.switchToMultipleHeaps(caller(origin))).ok,
    heapOf: (origin) => heapNumber(caller(origin)),
    close: (origin) => {
      const who = caller(origin);
      return heap.phase === "per-core" && machine.alone(heap.closeHeap(who, heap.keyOf(who)));
    },
    deallocThrough: (through, start, size, align) => {
      if (through === INITIAL) return false;
      const own = heap.heapOf((through - 1) as Key);
      const at = address(start);
      return machine.alone(own.dealloc(first.core, at, bytes(size), alignment(align))).ok;
    },
    pages: () => shown.all(),
    changedPages: () => shown.changed(),
    ownerOf: (start) => heap.ownerOf(address(start)) ?? NOBODY,
    memory: () => door,
    extent: () => extent,
    sections: (call, origin) => combinationSections(machine, heap, call, caller(origin)),
    costs: () => costs.of(machine),
  };
  return { machine, heap, instance };
}

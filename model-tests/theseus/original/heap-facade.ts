/**
 * The global allocator of the kernel: one initial heap, and from the switch on a heap for each core.
 *
 * Before the switch the initial allocator serves, afterwards the others, and neither ever stands in
 * for the other. A free is sent by its address alone: what lies in the initial heap goes to the initial
 * allocator. So blocks from before the switch stay where they are, and the memory of the initial heap is
 * not granted again.
 *
 * Boxes of the lists below come from whatever serves now, on the core of the call that needs them.
 */

import { FixedSizeBlockAllocator } from "./fixed-size-block-allocator.ts";
import { FrameAllocator } from "./frame-allocator.ts";
import { type Boxes, NO_BOXES } from "./free-chunks.ts";
import { expectOrPanic } from "./kernel-failure.ts";
import { KernelMappings } from "./kernel-mappings.ts";
import { KernelMemory, PAGE_SIZE } from "./kernel-memory.ts";
import { LargeAllocations } from "./large-allocations.ts";
import { Lock } from "./lock.ts";
import { MultipleHeaps } from "./multiple-heaps.ts";
import { PageAllocator } from "./page-allocator.ts";
import { type Places, placesIn, type World } from "./world.ts";

const BOX_ALIGN = 8;

export class HeapFacade {
  readonly world: World;
  readonly places: Places;
  readonly memory: KernelMemory;
  readonly large: LargeAllocations;
  readonly #initial: FixedSizeBlockAllocator;
  readonly #initialLock = new Lock("the initial allocator");
  readonly #mappings: KernelMappings;
  #multiple: MultipleHeaps | undefined;
  #initialBlocks = 0;
  #core = 0;

  constructor(world: World) {
    this.world = world;
    this.places = placesIn(world);
    const { heapStart, growthStart, memorySize, free } = this.places;
    this.memory = new KernelMemory(memorySize);
    this.memory.map(heapStart / PAGE_SIZE, world.initialPages);
    this.#initial = new FixedSizeBlockAllocator(this.memory, heapStart, growthStart - heapStart);
    const boxes: Boxes = {
      allocate: (size) => this.#allocate(size, BOX_ALIGN),
      free: (box, size) => this.#deallocate(box, size, BOX_ALIGN),
    };
    const lists = world.bookkeeping === "boxes" ? boxes : NO_BOXES;
    const pages = new PageAllocator(free, lists);
    const frames = new FrameAllocator({ first: 0, last: world.frames - 1 }, lists);
    this.#mappings = new KernelMappings(this.memory, pages, frames);
    this.large = new LargeAllocations(this.#mappings, boxes);
  }

  /** The heaps of the cores, once they are there. */
  get multiple(): MultipleHeaps | undefined {
    return this.#multiple;
  }

  /** How many blocks of the initial heap are live, boxes included. */
  get initialBlocks(): number {
    return this.#initialBlocks;
  }

  /** The address of a block, or 0. */
  alloc(size: number, align: number, core: number): number {
    this.#core = core;
    return this.#allocate(size, align);
  }

  dealloc(block: number, size: number, align: number, core: number): void {
    this.#core = core;
    this.#deallocate(block, size, align);
  }

  /** Always moves; where that is refused, the block stays. */
  realloc(block: number, size: number, align: number, newSize: number, core: number): number {
    const moved = this.alloc(newSize, align, core);
    if (moved === 0) return 0;
    this.memory.bytes.copyWithin(moved, block, block + Math.min(size, newSize));
    this.dealloc(block, size, align, core);
    return moved;
  }

  /** Goes over to a heap for each core that is known; false where that fails, and nothing is undone. */
  switch(core: number): boolean {
    this.#core = core;
    const { coresAtSwitch, pagesPerClass } = this.world;
    const end = this.places.growthStart;
    const heaps = new MultipleHeaps(this.memory, this.#mappings, this.large, end);
    for (let known = 0; known < coresAtSwitch; known++) {
      if (!heaps.addHeap(known, pagesPerClass)) return false;
    }
    this.#multiple ??= heaps;
    return true;
  }

  isInitial(block: number): boolean {
    return block >= this.places.heapStart && block < this.places.growthStart;
  }

  /** Everything that answers depend on, as text. */
  fingerprint(): string {
    return [
      this.#initialLock.isHeld,
      this.#initial.fingerprint(),
      this.#mappings.fingerprint(),
      this.large.fingerprint(),
      this.#multiple?.fingerprint(),
    ].join("\n");
  }

  #allocate(size: number, align: number): number {
    if (this.#multiple !== undefined) return this.#multiple.allocate(size, align, this.#core);
    this.#initialLock.acquire();
    const block = this.#initial.allocate(size, align);
    this.#initialLock.release();
    if (block !== 0) this.#initialBlocks += 1;
    return block;
  }

  #deallocate(block: number, size: number, align: number): void {
    if (!this.isInitial(block)) {
      expectOrPanic(this.#multiple !== undefined, "a freed block is of a heap that exists");
      this.#multiple.deallocate(block, size);
      return;
    }
    this.#initialLock.acquire();
    this.#initial.deallocate(block, size, align);
    this.#initialLock.release();
    this.#initialBlocks -= 1;
  }
}

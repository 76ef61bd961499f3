/**
 * Requests above the largest class: pages of their own, mapped for each and given back after it.
 *
 * What is known of a block lies elsewhere, in a node that is a block of the bookkeeping heap. It is taken
 * before anything is mapped and put back if that fails; whoever frees a block takes it out of the
 * table before anything is unmapped, so a second free finds nothing. When frames run out, heaps give back
 * the pages that no block is in, and the request is tried again.
 */
import { assert, demand } from "#support";
import {
  type Address,
  type Alignment,
  address,
  type ByteCount,
  type CoreId,
  type HeapId,
  KERNEL_SPACE,
  type Key,
  type PageNumber,
  type UnitCount,
  type UnitNumber,
} from "#units";
import type { Sections } from "../core/section.ts";
import type { MappedPages } from "../memory/mapped-pages.ts";
import { FREED, type Freed, NOT_ITS_LAYOUT, NOT_OURS } from "./free-refusal.ts";
import { classOfWord, heapOfWord } from "./heap-map.ts";
import type { HeapParts } from "./heap-parts.ts";
import { type LargeBlock, LargeBlocks, NO_NODE, NODE_SIZE } from "./large-blocks.ts";
import { largePagesFor, largeRequestFor } from "./large-pages.ts";
import type { MultipleHeaps } from "./multiple-heaps.ts";
import { offsetInPage, pageOfOffset } from "./slab-area.ts";
import { slabBlockAt } from "./slab-class.ts";
import { WRITABLE_PAGES } from "./slab-source.ts";
import { EMPTIED, NO_BLOCK } from "./zone-steps.ts";

/** The largest alignment that is honoured. */
export const LARGE_ALIGN_MAX: number = 2 ** 21;

const PAGE_SIZE = 4096;
const NODE_BYTES = NODE_SIZE as ByteCount;
const NODE_ALIGN = NODE_SIZE as Alignment;
const SIZE_MAX = 2 ** 46;

export class LargeAllocations {
  readonly #parts: HeapParts;
  readonly #heaps: MultipleHeaps;
  readonly #blocks: LargeBlocks;
  /** What shows that a block's pages are mapped, by the number in its node. */
  readonly #handles: (MappedPages | undefined)[];
  readonly #unused: number[];

  constructor(parts: HeapParts, heaps: MultipleHeaps, bucketCount: number) {
    this.#parts = parts;
    this.#heaps = heaps;
    this.#blocks = new LargeBlocks(parts.area, bucketCount);
    this.#handles = [];
    this.#unused = [];
  }

  /** Takes a block with pages of its own for the heap of `key`, or answers `NO_BLOCK`. */
  *take(core: CoreId, key: Key, size: ByteCount, align: Alignment): Sections<Address> {
    if (align > LARGE_ALIGN_MAX || size > SIZE_MAX) return NO_BLOCK;
    const { bookKey } = this.#heaps;
    const index = this.#heaps.classFor(bookKey, NODE_BYTES, NODE_ALIGN);
    const own = this.#parts.area.addressOf(this.#heaps.take(bookKey, index));
    const node = own === NO_BLOCK ? yield* this.#heaps.grow(core, bookKey, index) : own;
    if (node === NO_BLOCK) return NO_BLOCK;
    const mapped = yield* this.#map(core, size, align);
    this.#parts.memory.runOn(core);
    if (mapped === undefined) {
      this.#putNode(node);
      this.#parts.observer.reached("combination.large-refused");
      return NO_BLOCK;
    }
    const handle = this.#unused.pop() ?? this.#handles.length;
    this.#handles[handle] = mapped;
    const heap = (key + 1) as HeapId;
    this.#blocks.insert(node, { page: mapped.first, handle, size, align, heap });
    this.#heaps.noteLarge(key, 1);
    this.#parts.observer.reached("combination.large-placed");
    return address(mapped.first * PAGE_SIZE);
  }

  /** Frees the block at `start`, if that is what it is. */
  *put(core: CoreId, start: Address, size: ByteCount, align: Alignment): Sections<Freed> {
    const node = this.#nodeAt(start);
    if (node === NO_NODE) return NOT_OURS;
    const block = this.#blocks.at(node);
    if (block.size !== size || block.align !== align) return NOT_ITS_LAYOUT;
    const mapped = this.#handles[block.handle];
    assert(mapped !== undefined, "the pages of a live block are mapped");
    this.#putNode(this.#blocks.remove(node));
    this.#heaps.noteLarge((block.heap - 1) as Key, -1);
    this.#handles[block.handle] = undefined;
    this.#unused.push(block.handle);
    this.#parts.observer.reached("combination.large-freed");
    yield* this.#parts.machine.release(core, mapped);
    this.#parts.memory.runOn(core);
    return FREED;
  }

  /** What is known of the block at `start`, or nothing. */
  find(start: Address): LargeBlock | undefined {
    const node = this.#nodeAt(start);
    return node === NO_NODE ? undefined : this.#blocks.at(node);
  }

  /** Gives the block at `start` another size in the pages that it has, or answers false. */
  resize(start: Address, newSize: ByteCount): boolean {
    const node = this.#nodeAt(start);
    demand(node !== NO_NODE, "a block that is resized is live");
    if (largePagesFor(newSize) !== largePagesFor(this.#blocks.at(node).size)) return false;
    this.#blocks.setSize(node, newSize);
    return true;
  }

  /** Gives the block at `start` more pages, behind those that it has, or answers false. */
  *grow(core: CoreId, start: Address, newSize: ByteCount): Sections<boolean> {
    const node = this.#nodeAt(start);
    demand(node !== NO_NODE, "a block that is resized is live");
    const { size, handle } = this.#blocks.at(node);
    const more = (largePagesFor(newSize) - largePagesFor(size)) as UnitCount;
    const mapped = this.#handles[handle];
    assert(mapped !== undefined, "the pages of a live block are mapped");
    const { machine, memory } = this.#parts;
    if (more <= 0 || more > machine.memory.frameCount) return false;
    const behind = (mapped.first + mapped.count) as number as UnitNumber;
    const request = { kind: "at", first: behind } as const;
    const added = yield* machine.map(KERNEL_SPACE, request, more, WRITABLE_PAGES);
    memory.runOn(core);
    if (!added.ok) return false;
    const whole = mapped.merge(added.value);
    assert(whole.ok, "pages that follow each other are made one");
    this.#handles[handle] = whole.value;
    this.#blocks.setSize(node, newSize);
    this.#parts.observer.reached("combination.large-grown");
    return true;
  }

  /** Every block, in no order: for those who watch. */
  all(): readonly LargeBlock[] {
    return this.#blocks.nodes().map((node) => this.#blocks.at(node));
  }

  *#map(core: CoreId, size: ByteCount, align: Alignment): Sections<MappedPages | undefined> {
    const first = yield* this.#mapOnce(size, align);
    if (first !== undefined) return first;
    this.#parts.memory.runOn(core);
    const count = yield* this.#heaps.giveBackEmpty(core);
    return count === 0 ? undefined : yield* this.#mapOnce(size, align);
  }

  *#mapOnce(size: ByteCount, align: Alignment): Sections<MappedPages | undefined> {
    const { machine } = this.#parts;
    const count = largePagesFor(size);
    // More pages than there are frames would take and give back every one of them.
    if (count > machine.memory.frameCount) return undefined;
    const mapped = yield* machine.map(KERNEL_SPACE, largeRequestFor(align), count, WRITABLE_PAGES);
    return mapped.ok ? mapped.value : undefined;
  }

  #nodeAt(start: Address): number {
    if (start % PAGE_SIZE !== 0) return NO_NODE;
    return this.#blocks.find((start / PAGE_SIZE) as PageNumber);
  }

  #putNode(node: Address): void {
    const { area } = this.#parts;
    const offset = area.offsetOf(node);
    const page = pageOfOffset(offset);
    const word = area.word(page);
    const index = classOfWord(word);
    const zone = this.#heaps.zone(heapOfWord(word));
    const put = zone.put(page, index, slabBlockAt(offsetInPage(offset), index));
    if (put === EMPTIED) this.#heaps.takeBack(zone, page);
  }
}

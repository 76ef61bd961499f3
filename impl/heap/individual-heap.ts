/**
 * One heap of a system as an allocator of its own, for whoever wants a value to live in a heap of its choice.
 *
 * It serves any core and takes back what it served and nothing else: a block of another heap is refused,
 * as what is nobody's is. It is a name, not an owner, so there may be many for one heap, and one that
 * was closed is opened again by the next request.
 */
import type { Address, Alignment, ByteCount, CoreId, HeapId, Key } from "#units";
import type { Sections } from "../core/section.ts";
import { type Freed, NOT_OURS } from "./free-refusal.ts";
import type { Caller } from "./key-policy.ts";

/** What a system of heaps offers to one of them. */
export interface HeapsByKey {
  allocOf(core: CoreId, key: Key, size: ByteCount, align: Alignment): Sections<Address>;
  ownerOf(start: Address): HeapId | undefined;
  deallocSections(
    caller: Caller,
    start: Address,
    size: ByteCount,
    align: Alignment,
  ): Sections<Freed>;
  closeHeap(caller: Caller, key: Key): Sections<boolean>;
}

export class IndividualHeap {
  readonly #heaps: HeapsByKey;
  readonly #key: Key;

  constructor(heaps: HeapsByKey, key: Key) {
    this.#heaps = heaps;
    this.#key = key;
  }

  /** Takes a block for whoever runs on `core`; answers where it starts, or `NO_BLOCK`. */
  alloc(core: CoreId, size: ByteCount, align: Alignment): Sections<Address> {
    return this.#heaps.allocOf(core, this.#key, size, align);
  }

  /** Frees a block of this heap, or answers why not. */
  *dealloc(core: CoreId, start: Address, size: ByteCount, align: Alignment): Sections<Freed> {
    if (this.#heaps.ownerOf(start) !== this.#key + 1) return NOT_OURS;
    return yield* this.#heaps.deallocSections({ core, entity: 0 }, start, size, align);
  }

  /** Closes the heap; answers false if it has live blocks, or is not there. */
  close(core: CoreId): Sections<boolean> {
    return this.#heaps.closeHeap({ core, entity: 0 }, this.#key);
  }
}

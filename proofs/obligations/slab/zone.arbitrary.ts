/** Heaps of slab pages, driven by random calls, for running the theorems about their lists. */
import fc from "fast-check";
import {
  LAST_FREE,
  PlainMemory,
  SLAB_SIZE,
  type SlabClass,
  type SlabNumber,
  sizeOfSlabClass,
  ZoneHeap,
  type ZoneLists,
  zoneListsOf,
} from "#impl";
import type { Address, Alignment, ByteCount } from "#units";

/** Classes of few blocks, so that pages fill and become empty: of one block, of two, of three, of eight. */
const CLASSES: readonly SlabClass[] = [31, 30, 29, 23].map((index) => index as SlabClass);
const PAGES = 6;
const ALIGN = 8 as Alignment;

/** A take of a class, or a put of one of the blocks that are held; or that the empty pages are given away. */
export type Wish =
  | { readonly kind: "take"; readonly index: SlabClass }
  | { readonly kind: "put"; readonly pick: number }
  | { readonly kind: "give" };

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant("take"), index: fc.constantFrom(...CLASSES) }),
    weight: 5,
  },
  { arbitrary: fc.record({ kind: fc.constant("put"), pick: fc.nat(20) }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant("give") }), weight: 1 },
) as fc.Arbitrary<Wish>;

export const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(wish, {
  maxLength: 40,
  size: "max",
});

/** A heap with room for a few pages, and the blocks that are held. */
export class ZoneScene {
  readonly heap: ZoneHeap;
  readonly held: { readonly start: Address; readonly size: ByteCount }[] = [];

  constructor() {
    const size = ((PAGES + 1) * SLAB_SIZE) as ByteCount;
    this.heap = new ZoneHeap(new PlainMemory(size), { start: 0 as Address, size });
  }

  lists(): ZoneLists {
    return zoneListsOf(this.heap.area, this.heap.zone);
  }

  /** Takes a block of class `index`; answers its page, or nothing. */
  take(index: SlabClass): SlabNumber | undefined {
    const size = sizeOfSlabClass(index);
    const start = this.heap.take(size, ALIGN);
    if (start < 0) return undefined;
    this.held.push({ start, size });
    return this.pageOf(start);
  }

  /** Puts back a block that is held; answers its page, or nothing if none is. */
  put(pick: number): SlabNumber | undefined {
    const [block] = this.held.splice(pick % Math.max(1, this.held.length), 1);
    if (block === undefined) return undefined;
    this.heap.dealloc(block.start, block.size, ALIGN);
    return this.pageOf(block.start);
  }

  /** Gives away an empty page; answers which, if there is one. */
  give(): SlabNumber | undefined {
    const page = this.heap.zone.giveEmpty(0);
    if (page < 0) return undefined;
    this.heap.area.putPage(page);
    return page as SlabNumber;
  }

  act(wished: Wish): SlabNumber | undefined {
    if (wished.kind === "take") return this.take(wished.index);
    return wished.kind === "put" ? this.put(wished.pick) : this.give();
  }

  pageOf(start: Address): SlabNumber {
    return this.heap.area.pageAt(start) as SlabNumber;
  }
}

/** Lists that a heap has after some calls. */
export const zoneLists: fc.Arbitrary<ZoneLists> = wishes.map((calls) => {
  const scene = new ZoneScene();
  for (const each of calls) scene.act(each);
  return scene.lists();
});

/** What `takeBlock` answers: a block, said to be the last that was free or not. */
export const takenBlocks: fc.Arbitrary<number> = fc.constantFrom(0, 1, LAST_FREE, LAST_FREE + 1);

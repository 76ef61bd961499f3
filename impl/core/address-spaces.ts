/**
 * The address spaces of a machine: the kernel's, which stays, and others that come and go.
 *
 * What the kernel maps is in all of them. Where its root gets an entry or loses one, every other root
 * follows before anybody can walk, since both happen in one section.
 */
import { assert, demand, type Observer } from "#support";
import { KERNEL_SPACE, type PageNumber, type SpaceId } from "#units";
import type { AllocatedPages } from "../memory/allocated-pages.ts";
import { firstPageOf } from "../memory/allocated-pages.ts";
import { NO_FRAME } from "../memory/frame-source.ts";
import { pageAllocator } from "../memory/page-allocator.ts";
import type { TableFrames } from "../memory/table-frames.ts";
import { AddressSpace } from "./address-space.ts";
import { shareKernelHalf, unshareKernelHalf } from "./kernel-half.ts";
import type { TableSource } from "./table-source.ts";

export interface SpaceSetup {
  /** The last page that belongs to the image; requests for any page get those behind it. */
  readonly lowLast: PageNumber;
  /** How many chunks of pages can be held in each space. */
  readonly heldCountMax: number | undefined;
  readonly marks: Observer;
}

export class AddressSpaces {
  readonly kernel: AddressSpace;
  readonly #setup: SpaceSetup;
  readonly #tables: TableFrames;
  readonly #source: TableSource;
  readonly #spaces: Map<SpaceId, AddressSpace>;
  /** The numbers of spaces that were removed, which some core may still keep translations under. */
  readonly #closing: Set<SpaceId>;

  constructor(tables: TableFrames, source: TableSource, setup: SpaceSetup) {
    this.#setup = setup;
    this.#tables = tables;
    this.#source = source;
    this.#spaces = new Map();
    this.#closing = new Set();
    const kernel = this.open();
    demand(kernel !== undefined, "a machine has a frame for the root of the kernel");
    this.kernel = kernel;
  }

  /** A space that has nothing of its own mapped, and all that the kernel has; none without a frame. */
  open(): AddressSpace | undefined {
    const root = this.#tables.acquire();
    if (root === NO_FRAME) return undefined;
    const id = this.#lowestFree();
    const { lowLast, heldCountMax, marks } = this.#setup;
    const half = id === KERNEL_SPACE ? "upper half" : "lower half";
    const pages = pageAllocator(lowLast, "general-pages-only", marks, heldCountMax, half);
    const space = new AddressSpace(id, pages, this.#tables, root);
    if (id !== KERNEL_SPACE) shareKernelHalf(this.#tables, this.kernel.tables.root, root);
    this.#spaces.set(id, space);
    this.#source.announceLinked(id, 0 as PageNumber);
    return space;
  }

  /** Makes `space` unknown, and its root lead nowhere; nobody has pages of it. Its number stays taken. */
  remove(space: AddressSpace): void {
    demand(space !== this.kernel, "the kernel stays");
    demand(space.pages.pool.heldCount === 0, "nobody has pages of a space that is closed");
    this.#spaces.delete(space.id);
    this.#closing.add(space.id);
    unshareKernelHalf(this.#tables, space.tables.root);
  }

  /** Gives back the root and the number of `space`, which was removed; no core knows either any more. */
  close(space: AddressSpace): void {
    space.tables.close();
    const wasClosing = this.#closing.delete(space.id);
    assert(wasClosing, "a space is removed before it is closed");
  }

  /** Makes every root lead where that of the kernel does, if `space`, whose `pages` changed, is it. */
  share(space: AddressSpace, pages: AllocatedPages): void {
    if (space !== this.kernel) return;
    const { root } = space.tables;
    const last = pages.last as number as PageNumber;
    for (const other of this.#spaces.values()) {
      if (other === space) continue;
      shareKernelHalf(this.#tables, root, other.tables.root, firstPageOf(pages), last);
    }
  }

  /** The space with this number. */
  at(id: SpaceId): AddressSpace {
    const space = this.#spaces.get(id);
    demand(space !== undefined, "an address space was created");
    return space;
  }

  all(): readonly AddressSpace[] {
    return [...this.#spaces.values()];
  }

  /** A processor has tags for few spaces, so the number of one that was closed is given again. */
  #lowestFree(): SpaceId {
    let id = KERNEL_SPACE;
    while (this.#spaces.has(id) || this.#closing.has(id)) id = (id + 1) as SpaceId;
    return id;
  }
}

/**
 * The part of a core that turns virtual addresses into physical ones: by what its TLB keeps, else by
 * a walk, else not at all.
 *
 *     address ── kept, and enough for the access ──────────────> physical address
 *           └─── walk ── found ── kept ────────────────────────> physical address
 *                  └──── not found, or not enough ─────────────> fault, and nothing of the page is kept
 *
 * A translation that does not allow an access leads to a walk and never to a fault by itself, so no
 * fault is spurious; a processor would be free to fault. A write through a translation that is not dirty
 * walks too, which sets the dirty bit.
 *
 * No object is made, and a hit is one look into one set. Below `translate` an address is two words, the
 * low one with a sign, and the answer is the number of a frame: small integers, where the engine would
 * box an address of 48 bits at every call that it does not inline. The call of `translate` itself is the
 * only one at which it still may.
 */
import { demand } from "#support";
import {
  type FrameNumber,
  highWord,
  type LeafLevel,
  lowWord,
  type PageNumber,
  type PhysicalAddress,
  type VirtualAddress,
} from "#units";
import { isFault, neededMarks, neededRights, type PageAccess } from "./page-rights.ts";
import { PageWalk } from "./page-walk.ts";
import { type ProcessorSetup, USUAL_SETUP } from "./paging-controls.ts";
import type { PhysicalMemory } from "./physical-memory.ts";
import type { Tlb } from "./tlb.ts";
import type { TlbBank } from "./tlb-bank.ts";
import { NO_SLOT } from "./tlb-set.ts";

/** How many address spaces a core tells apart by their tags. */
const SPACE_COUNT = 4096;

/** How many values the bits of an access can have. */
const ACCESS_COUNT = 32;

export class Mmu {
  readonly tlb: Tlb;
  readonly #small: TlbBank;
  readonly #walk: PageWalk;
  /** What each access needs of a page, right and mark, looked up by its bits. */
  readonly #needed: Uint8Array;
  #root: FrameNumber;
  #space: number;

  /** An MMU whose core begins in the address space of `root`, with the tag 0. */
  constructor(
    memory: PhysicalMemory,
    root: FrameNumber,
    tlb: Tlb,
    setup: ProcessorSetup = USUAL_SETUP,
  ) {
    this.tlb = tlb;
    this.#small = tlb.small;
    this.#walk = new PageWalk(memory, setup);
    this.#needed = neededByAccess(setup);
    this.#root = root;
    this.#space = 0;
  }

  /** The root of the address space that the core is in. */
  root(): FrameNumber {
    return this.#root;
  }

  /** The tag of the address space that the core is in. */
  space(): number {
    return this.#space;
  }

  /** The physical address of `address`, or a fault, which is negative. */
  translate(address: VirtualAddress, access: PageAccess): PhysicalAddress {
    const high = highWord(address);
    const low = lowWord(address) | 0;
    const needed = this.#needed[access] as number;
    const bank = this.#small;
    const slot = bank.find(high, low, this.#space);
    if (slot >= 0) {
      const cell = bank.cellAt(slot);
      if ((needed & cell) === needed) {
        return (((cell & ~4095) | (low & 4095)) >>> 0) as PhysicalAddress;
      }
    }
    const frame = this.#frameOf(high, low, needed, access);
    return (isFault(frame) ? frame : frame * 4096 + (low & 4095)) as PhysicalAddress;
  }

  /** Goes to the address space of `root`: what is kept under its tag goes too, unless it is to stay. */
  load(root: FrameNumber, space = 0, kept: "flushed" | "preserved" = "flushed"): void {
    demand(space >= 0 && space < SPACE_COUNT, "the tag of a space has 12 bits");
    this.#root = root;
    this.#space = space;
    if (kept === "flushed") this.tlb.flushSpace(space);
  }

  /** Drops what is kept of `page` in this address space, and for all of them. */
  invalidate(page: PageNumber): void {
    this.tlb.invalidate(page, this.#space);
  }

  /** Drops what is kept of `page` under the tag of any address space, and for all of them. */
  invalidateIn(page: PageNumber, space: number): void {
    this.tlb.invalidate(page, space);
  }

  /** The frame that an address is in, which no small page in the TLB says, or a fault. */
  #frameOf(high: number, low: number, needed: number, access: PageAccess): number {
    for (let level = 2; level <= 3; level++) {
      const bank = this.tlb.bank(level as LeafLevel);
      if (bank.count() === 0) continue;
      const slot = bank.find(high, low, this.#space);
      if (slot !== NO_SLOT && (needed & bank.rightsAt(slot)) === needed) {
        return bank.frameAt(slot) + frameInLeaf(low, level as LeafLevel);
      }
    }
    return this.#frameByWalk(high, low, access);
  }

  #frameByWalk(high: number, low: number, access: PageAccess): number {
    const walk = this.#walk;
    const frame = walk.descend(this.#root, high, low, access);
    if (isFault(frame)) {
      this.invalidate(pageOf(high, low));
      return frame;
    }
    const { level, rights } = walk;
    this.tlb.fill(high, low, this.#space, level, frame as FrameNumber, rights);
    return frame + frameInLeaf(low, level);
  }
}

function neededByAccess({ isWriteProtected }: ProcessorSetup): Uint8Array {
  return Uint8Array.from({ length: ACCESS_COUNT }, (_, bits) => {
    const access = bits as PageAccess;
    return neededRights(access, isWriteProtected) | neededMarks(access);
  });
}

/** Which frame of a leaf of `level` the byte at an address is in. */
function frameInLeaf(low: number, level: LeafLevel): number {
  if (level === 1) return 0;
  return (low >>> 12) & (level === 2 ? 0x1ff : 0x3_ffff);
}

/** The page of the address of two words. */
function pageOf(high: number, low: number): PageNumber {
  return (high * 2 ** 20 + (low >>> 12)) as PageNumber;
}

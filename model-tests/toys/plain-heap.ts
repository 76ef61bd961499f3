/**
 * A heap that is correct, and short enough that one can see it: first fit, with all it knows about
 * its blocks kept outside of the memory that it hands out. Every toy is this heap with one thing wrong.
 *
 *     address    0          64                    64 + memoryBytes
 *                ├─ guard ──┼────── extent ───────┼─ guard ──┤
 */
import { roundUp } from "#units";
import type { CreateOptions, Promises, Subject, SubjectInstance } from "../subject/subject.ts";

const GUARD_BYTES = 64;
const GRANULE = 8;

/** A block with the layout that was asked for, and the bytes that are kept from others for it. */
export interface PlainBlock {
  readonly start: number;
  readonly size: number;
  readonly align: number;
  readonly room: number;
}

/** Everything that can be promised. */
export const PLAIN_PROMISES: Promises = {
  alignMax: 64,
  alignDefault: GRANULE,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  availability: { overhead: GRANULE - 1, granule: 1, minimum: 1 },
  rejects: ["double-free", "foreign-pointer", "interior-pointer", "wrong-layout"],
  touchesOnly: "extent",
  independentInstances: true,
};

export class PlainHeap {
  readonly start: number = GUARD_BYTES;
  readonly end: number;
  readonly bytes: Uint8Array;
  /** What is taken, lowest first. */
  readonly blocks: PlainBlock[] = [];

  constructor(memoryBytes: number) {
    this.end = this.start + memoryBytes;
    this.bytes = new Uint8Array(this.end + GUARD_BYTES);
  }

  /** Places a block where it fits first, at a multiple of `step`; 0 if it fits nowhere. */
  place(size: number, align: number, step: number = align, room: number = size): number {
    const stride = Math.max(step, GRANULE);
    const taken = Math.max(room, 1);
    let start = roundUp(this.start, stride);
    let index = 0;
    for (const block of this.blocks) {
      if (start + taken <= block.start) break;
      start = Math.max(start, roundUp(block.start + block.room, stride));
      index += 1;
    }
    if (start + taken > this.end) return 0;
    this.blocks.splice(index, 0, { start, size, align, room: taken });
    return start;
  }

  /** Takes the block with this layout off the list, if there is one. */
  remove(start: number, size: number, align: number): boolean {
    const index = this.blocks.findIndex(
      (block) => block.start === start && block.size === size && block.align === align,
    );
    if (index >= 0) this.blocks.splice(index, 1);
    return index >= 0;
  }

  /** Places a block anew, and copies what fits; the old block stays where that is refused. */
  move(start: number, size: number, align: number, newSize: number): number {
    const before = [...this.blocks];
    this.remove(start, size, align);
    const moved = this.place(newSize, align);
    if (moved === 0) this.blocks.splice(0, this.blocks.length, ...before);
    else this.bytes.copyWithin(moved, start, start + Math.min(size, newSize));
    return moved;
  }

  /** What the caller sees. */
  instance(): SubjectInstance {
    const { bytes, start, end } = this;
    const extent = [{ start, size: end - start }];
    return {
      alloc: (size, align) => this.place(size, align),
      allocZeroed: (size, align) => {
        const placed = this.place(size, align);
        if (placed > 0) bytes.fill(0, placed, placed + size);
        return placed;
      },
      dealloc: (address, size, align) => this.remove(address, size, align),
      realloc: (address, size, align, newSize) => this.move(address, size, align, newSize),
      usableSize: (address) => this.blocks.find((block) => block.start === address)?.size,
      used: () => this.blocks.reduce((sum, { size }) => sum + size, 0),
      fingerprint: () => JSON.stringify(this.blocks),
      memory: () => bytes,
      extent: () => extent,
    };
  }
}

export const plainHeap: Subject = toy("plain-heap", () => ({}));

/**
 * The plain heap, but for the methods that `change` replaces, the promises in `less`, and the methods
 * and promises that are `missing`.
 */
export function toy(
  name: string,
  change: (heap: PlainHeap, options: CreateOptions) => Partial<SubjectInstance>,
  less: Promises = {},
  missing: readonly (keyof SubjectInstance | keyof Promises)[] = [],
): Subject {
  const isThere = ([key]: readonly [string, unknown]): boolean =>
    !missing.some((one) => one === key);
  const leaving = <Whole extends object>(whole: Whole): Whole =>
    Object.fromEntries(Object.entries(whole).filter(isThere)) as Whole;
  return {
    name,
    create: (options) => {
      const heap = new PlainHeap(options.memoryBytes);
      return leaving({ ...heap.instance(), ...change(heap, options) });
    },
    promises: leaving({ ...PLAIN_PROMISES, ...less }),
  };
}

/**
 * The frames that are page tables, of all address spaces of one memory: how many entries of each are
 * in use, so that a table is given back with its last entry.
 *
 * A count for each frame of memory, two bytes each: 64 MiB has 16,384 frames and 32 KiB of counts. Counts in
 * the unused bits of the entry above would need no room, but a root has no entry above, and an entry
 * that the recursive window shows would change whenever its table does.
 */
import { assert } from "#support";
import { type FrameNumber, frameNumber } from "#units";
import { type FrameSource, NO_FRAME } from "./frame-source.ts";
import type { PhysicalMemory } from "./physical-memory.ts";

/** What the count of a frame is that is no page table. */
const NO_TABLE = 0xffff;

export class TableFrames {
  readonly memory: PhysicalMemory;
  readonly #source: FrameSource;
  readonly #counts: Uint16Array;

  constructor(memory: PhysicalMemory, source: FrameSource) {
    this.memory = memory;
    this.#source = source;
    this.#counts = new Uint16Array(memory.frameCount).fill(NO_TABLE);
  }

  /** A frame that is an empty table, or `NO_FRAME`. */
  acquire(): FrameNumber {
    // An allocator keeps numbers as doubles. That of a frame of memory has 20 bits, and what is computed from
    // it is to be small integers.
    const found: number = this.#source.acquireFrame();
    const frame = (found | 0) as FrameNumber;
    if (frame === NO_FRAME) return NO_FRAME;

    assert(!this.isTable(frame), "a frame becomes a table once");
    this.memory.clearFrame(frame);
    this.#counts[frame] = 0;
    return frame;
  }

  /** Gives back a table without entries. */
  release(frame: FrameNumber): void {
    assert(this.count(frame) === 0, "only an empty table is given back");
    this.#counts[frame] = NO_TABLE;
    this.#source.releaseFrame(frame);
  }

  /** Whether `frame` is a page table. */
  isTable(frame: FrameNumber): boolean {
    return this.#counts[frame] !== NO_TABLE;
  }

  /** How many entries of the table in `frame` are in use. */
  count(frame: FrameNumber): number {
    const count = this.#counts[frame] as number;
    assert(count <= 512, "only a table has entries");
    return count;
  }

  /** Says that `by` more entries of the table in `frame` are in use, or fewer. */
  add(frame: FrameNumber, by: number): void {
    const count = this.count(frame) + by;
    assert(count >= 0 && count <= 512, "a table has up to 512 entries");
    this.#counts[frame] = count;
  }

  /** Every frame that is a page table. */
  tables(): readonly FrameNumber[] {
    const all = Array.from(this.#counts.keys(), frameNumber);
    return all.filter((frame) => this.isTable(frame));
  }
}

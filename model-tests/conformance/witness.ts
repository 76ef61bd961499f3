/**
 * Watches the memory of one instance: what its owner wrote into live blocks, and what lies around
 * the extent.
 *
 * Every byte that a caller owns is used. A block is written when it is placed or resized, and read
 * whole before it is resized or freed. What is read after every other call depends on the policy:
 *
 * - `sweep` reads all of every block, so damage is seen after the very call that did it;
 * - `neighbours` reads the two blocks beside the call's own and one more, in turn, which is then
 *   written afresh. Of a block above 4 KiB it reads both ends and one page, in turn;
 * - `none` looks at nothing, as if there were no memory to see.
 */
import type { Block } from "#spec";
import type { Range } from "#units";
import type { MemoryDoor, SubjectInstance } from "../subject/subject.ts";
import { DoorPayload } from "./door-payload.ts";
import type { Entry, IntervalIndex } from "./interval-index.ts";
import { PayloadMemory } from "./payload.ts";
import { nextSeed } from "./payload-text.ts";
import type { SubjectFault } from "./subject-fault.ts";

export type Policy = "sweep" | "neighbours" | "none";

const WHOLE_MAX = 4096;
const END_BYTES = 64;
const GUARD_BYTES = 64;
/** A block whose bytes lie outside the memory that can be watched. */
const UNWATCHED = -1;

export class Witness {
  readonly #instance: SubjectInstance;
  readonly #index: IntervalIndex;
  readonly #policy: Policy;
  readonly #array = new PayloadMemory();
  /** Made for memory that is no array, which then can only be asked for what may be there. */
  #door: DoorPayload | undefined;
  #memory: PayloadMemory | DoorPayload = this.#array;
  #extent: readonly Range[] = [];
  #seed = 0;
  #turn = 0;
  #guards: readonly Range[] = [];

  constructor(instance: SubjectInstance, index: IntervalIndex, policy: Policy) {
    this.#instance = instance;
    this.#index = index;
    this.#policy = policy;
    this.attach();
  }

  /** Whether there is memory to watch. */
  get canSee(): boolean {
    return this.#memory.size > 0;
  }

  get memoryBytes(): number {
    return this.#memory.size;
  }

  /** Looks where memory is now; a subject may have moved or grown it. */
  attach(): void {
    if (this.#policy === "none") return;
    const memory = this.#instance.memory?.();
    if (memory === undefined) return;
    if (memory instanceof Uint8Array || !isDoor(memory)) {
      this.#array.attach(memory);
      this.#memory = this.#array;
    } else {
      this.#door ??= new DoorPayload();
      this.#door.attach(memory);
      this.#memory = this.#door;
    }
  }

  /** Knows from now on where blocks may lie. */
  within(extent: readonly Range[]): void {
    this.#extent = extent;
  }

  /** What was thrown by a door to memory, if it ever threw. */
  get fault(): string | undefined {
    return this.#door?.fault;
  }

  /** The end of a subject that is a process, if it came while its memory was looked at. */
  get gone(): SubjectFault | undefined {
    return this.#door?.gone;
  }

  /** Fills `entry` with a text of its own. */
  write(entry: Entry): void {
    const { start, size } = entry.block;
    if (start + size > this.#memory.size) {
      entry.seed = UNWATCHED;
      return;
    }
    this.#seed = nextSeed(this.#seed);
    entry.seed = this.#seed;
    this.#memory.write(start, size, this.#seed);
  }

  /** Whether every byte of `entry` is as its owner left it. */
  isWhole({ block, seed }: Entry): boolean {
    return seed === UNWATCHED || this.#memory.holds(block.start, block.size, seed);
  }

  /** Whether the first `count` bytes from `start` are those that `seed` wrote. */
  isPrefix(start: number, count: number, seed: number): boolean {
    if (seed === UNWATCHED || !this.#isThere(start, count)) return true;
    return this.#memory.holds(start, count, seed);
  }

  isZero({ start, size }: Pick<Block, "start" | "size">): boolean {
    if (start + size > this.#memory.size || !this.#isThere(start, size)) return true;
    return this.#memory.isZero(start, size);
  }

  /** Reads as much as the policy asks after a call at `start`; `except` is the call's own block. */
  isIntact(start: number, except: Entry | undefined): boolean {
    if (this.#policy === "sweep") return this.findDamage(except) === undefined;

    const index = this.#index;
    const below = index.below(start);
    if (below !== undefined && below !== except && !this.#isIntactInPart(below)) return false;
    const above = index.above(start + 1);
    if (above !== undefined && above !== except && !this.#isIntactInPart(above)) return false;
    if (index.size === 0) return true;

    this.#turn = (this.#turn + 1) % index.size;
    const turn = index.pick(this.#turn);
    if (turn === except) return true;
    if (!this.#isIntactInPart(turn)) return false;
    if (turn.block.size <= WHOLE_MAX && turn.seed !== UNWATCHED) this.write(turn);
    return true;
  }

  /** The first damaged block by address, or undefined. */
  findDamage(except?: Entry): Entry | undefined {
    let damaged: Entry | undefined;
    this.#index.forEach((entry) => {
      if (damaged === undefined && entry !== except && !this.isWhole(entry)) damaged = entry;
    });
    return damaged;
  }

  /** The offset of the first byte of `entry` that its owner did not write, or undefined. */
  damageIn(entry: Entry): number | undefined {
    const { start, size } = entry.block;
    return entry.seed === UNWATCHED ? undefined : this.firstChanged(start, size, entry.seed);
  }

  /** The offset of the first of `count` bytes from `start` that `seed` did not write, or undefined. */
  firstChanged(start: number, count: number, seed: number): number | undefined {
    if (seed === UNWATCHED || this.#memory.holds(start, count, seed)) return undefined;
    let intact = 0;
    for (let step = count; step >= 1; step = Math.floor(step / 2)) {
      while (intact + step <= count && this.#memory.holds(start, intact + step, seed)) {
        intact += step;
      }
    }
    return intact;
  }

  /** The offset of the first of `count` bytes from `start` that is not zero, or undefined. */
  firstNonZero(start: number, count: number): number | undefined {
    let zero = 0;
    while (zero < count && this.#memory.isZero(start + zero, 1)) zero += 1;
    return zero < count ? zero : undefined;
  }

  /** The address of the first guard byte that was written, or undefined. */
  guardDamage(): number | undefined {
    for (const { start, size } of this.#guards) {
      const offset = this.firstChanged(start, size, 0);
      if (offset !== undefined) return start + offset;
    }
    return undefined;
  }

  /** Writes guards around `extent`, as far as memory goes; behind a door nothing else is there. */
  guard(extent: readonly Range[]): void {
    if (this.#memory !== this.#array) return;
    const around = extent.flatMap(({ start, size }) => [
      { start: Math.max(0, start - GUARD_BYTES), end: start as number },
      { start: start + size, end: Math.min(start + size + GUARD_BYTES, this.#memory.size) },
    ]);
    const outside = around.filter(
      ({ start, end }) =>
        start < end && extent.every((part) => end <= part.start || part.start + part.size <= start),
    );
    this.#guards = outside.map(({ start, end }) => ({ start, size: end - start }) as Range);
    for (const { start, size } of this.#guards) this.#memory.write(start, size, 0);
  }

  get hasGuards(): boolean {
    return this.#guards.length > 0;
  }

  /** Whether the guards are as they were written. */
  areGuardsIntact(): boolean {
    return this.#guards.every(({ start, size }) => this.#memory.holds(start, size, 0));
  }

  /** Whether bytes that nobody has judged yet may be looked at. */
  #isThere(start: number, count: number): boolean {
    if (this.#memory === this.#array) return true;
    return this.#extent.some(
      (part) => part.start <= start && start + count <= part.start + part.size,
    );
  }

  #isIntactInPart(entry: Entry): boolean {
    const { block, seed } = entry;
    if (block.size <= WHOLE_MAX || seed === UNWATCHED) return this.isWhole(entry);

    const last = block.size - END_BYTES;
    // The last page ends with the block, so that every byte is in one.
    entry.page = (entry.page + 1) % Math.ceil(block.size / WHOLE_MAX);
    const page = Math.min(entry.page * WHOLE_MAX, block.size - WHOLE_MAX);
    return (
      this.#memory.holds(block.start, END_BYTES, seed) &&
      this.#memory.holds(block.start + last, END_BYTES, seed, last) &&
      this.#memory.holds(block.start + page, WHOLE_MAX, seed, page)
    );
  }
}

function isDoor(memory: Uint8Array | MemoryDoor): memory is MemoryDoor {
  const { size, read, write } = memory as Partial<MemoryDoor>;
  return Number.isSafeInteger(size) && typeof read === "function" && typeof write === "function";
}

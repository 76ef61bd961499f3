/**
 * Shbench: sizes of all kinds, most of them small, in a ring of slots that is filled again and again.
 *
 *     ring      ├── freed, upwards ──┤├─ window: kept ─┤├── freed, downwards ──┤
 *     cursor    0 ──► a slot that is not empty is freed after it was filled again
 *
 * A round goes through bases 1, 2, 4, 7, 11 … 709, each half as large again as the one before and 1 more;
 * for each base it asks for that size, half of it, and so on down to 1; for each size 10 times, 50 if it is
 * below 1000, 250 if it is below 100. That is 19,300 requests a round. Whenever the ring is full all is freed but
 * a fifth, which moves on by itself each time; the fifth that the original forgets at its end is
 * freed here, and how many blocks that were is told.
 *
 * As the heap evaluation of Theseus runs it: 1,000 rounds and as many slots, divided among the threads, every
 * request aligned to 2; or one round with bases 8192 and 12289.
 */
import type { BlockName } from "#units";
import type { ChoiceSource } from "../generate/choices.ts";
import { allocOn, BlockNames, dealt, freeOn, type Thread } from "./workload.ts";

export interface ShbenchOptions {
  readonly threads: number;
  /** In all, divided among the threads. */
  readonly rounds: number;
  /** Slots of all rings. */
  readonly slots: number;
  readonly sizeMin: number;
  /** Bases are below this. */
  readonly sizeLimit: number;
  /** Is told how many blocks a thread had left when it ended, before it freed them. */
  readonly onResidue?: (blocks: number) => void;
}

export const SHBENCH: ShbenchOptions = {
  threads: 1,
  rounds: 1000,
  slots: 1000,
  sizeMin: 1,
  sizeLimit: 1000,
};

export const SHBENCH_LARGE: ShbenchOptions = {
  threads: 1,
  rounds: 1,
  slots: 1000,
  sizeMin: 8192,
  sizeLimit: 16_384,
};

const ALIGN = 2;

/** The calls of shbench. */
export function shbench(options: ShbenchOptions, choices: ChoiceSource): Thread {
  const names = new BlockNames();
  const threads = Array.from({ length: options.threads }, (_, core) => thread(core));
  return dealt(threads, choices);

  function* thread(core: number): Thread {
    const ring = new Ring(Math.floor(options.slots / options.threads));
    const rounds = Math.floor(options.rounds / options.threads);
    for (let round = 0; round < rounds; round++) {
      for (const size of sizesOfARound(options)) {
        const name = names.fresh();
        yield allocOn(core, name, size, ALIGN);
        for (const freed of ring.put(name)) yield freeOn(core, freed);
      }
    }
    for (const name of ring.takeBelowCursor()) yield freeOn(core, name);
    const residue = ring.takeAll();
    options.onResidue?.(residue.length);
    for (const name of residue) yield freeOn(core, name);
  }
}

/** The sizes that a thread asks for in one round, in order. */
export function* sizesOfARound({
  sizeMin,
  sizeLimit,
}: Pick<ShbenchOptions, "sizeMin" | "sizeLimit">): Generator<number, void, void> {
  for (let base = sizeMin; base < sizeLimit; base = Math.floor((base * 3) / 2) + 1) {
    for (let size = base; size > 0; size = Math.floor(size / 2)) {
      for (let count = repetitions(size); count > 0; count--) yield size;
    }
  }
}

function repetitions(size: number): number {
  if (size >= 10_000) return 1;
  if (size >= 1000) return 10;
  return size >= 100 ? 50 : 250;
}

/** The slots of one thread, and which of them are kept when the ring is full. */
class Ring {
  readonly #slots: (BlockName | undefined)[];
  readonly #windowSize: number;
  #cursor: number;
  #windowStart: number;

  constructor(count: number) {
    this.#slots = Array.from({ length: count }, () => undefined);
    this.#windowSize = Math.floor(count / 5);
    this.#cursor = 0;
    this.#windowStart = 0;
  }

  /** Puts `name` into the slot at the cursor; answers what is to be freed then. */
  put(name: BlockName): readonly BlockName[] {
    const before = this.#slots[this.#cursor];
    this.#slots[this.#cursor] = name;
    this.#cursor += 1;
    const freed = before === undefined ? [] : [before];
    return this.#cursor < this.#slots.length ? freed : [...freed, ...this.#wrap()];
  }

  takeBelowCursor(): readonly BlockName[] {
    return this.#take(indices(0, this.#cursor));
  }

  takeAll(): readonly BlockName[] {
    return this.#take(indices(0, this.#slots.length));
  }

  /** Begins again; answers all blocks that are not in the window, which moves on. */
  #wrap(): readonly BlockName[] {
    const windowEnd = this.#windowStart + this.#windowSize;
    const below = this.#take(indices(0, this.#windowStart));
    const above = this.#take(indices(windowEnd, this.#slots.length).toReversed());
    this.#cursor = 0;
    this.#windowStart = windowEnd + this.#windowSize > this.#slots.length ? 0 : windowEnd;
    return [...below, ...above];
  }

  #take(slots: readonly number[]): readonly BlockName[] {
    return slots.flatMap((slot) => {
      const name = this.#slots[slot];
      this.#slots[slot] = undefined;
      return name === undefined ? [] : [name];
    });
  }
}

function indices(first: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

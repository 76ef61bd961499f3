/**
 * The same work as people do it with fast-check's commands: a model, two commands, a check each.
 *
 * Tuned as far as it goes: few kinds of command, numbers drawn in one go, no log for replays, nothing
 * shrunk, long runs. The model is a list of live blocks with a sorted array beside it. What is judged
 * is where blocks lie and, if own bytes are watched, that a block holds at its end what was written into
 * it at its start: a foreign write is found late, by chance, or after the run. If all bytes are watched,
 * every block is read after every call, which is what a model without an index of neighbours can do.
 */
import fc from "fast-check";
import { BlockAllocator, PlainMemory } from "#impl";
import { address, alignment, bytes } from "#units";
import { planOf } from "./judged-calls.ts";
import { now } from "./statistics.ts";

const LIVE = 100;
const COMMANDS = 1000;
const EXTENT_START = 4096;
const { memoryBytes, sizeMax } = planOf(LIVE);

export const WATCHINGS = ["no bytes", "own bytes", "all bytes"] as const;
export type Watching = (typeof WATCHINGS)[number];

interface Real {
  readonly allocator: BlockAllocator;
  readonly bytes: Uint8Array;
  readonly watching: Watching;
}

interface Block {
  readonly start: number;
  readonly size: number;
  readonly align: number;
  /** The byte that it is filled with. */
  readonly byte: number;
}

class Model {
  readonly blocks: Block[] = [];
  readonly sorted: Block[] = [];

  /** Adds a block; false if it overlaps another. */
  add(block: Block): boolean {
    const place = this.#placeOf(block.start);
    const below = this.sorted[place - 1];
    const above = this.sorted[place];
    if (below !== undefined && below.start + below.size > block.start) return false;
    if (above !== undefined && block.start + block.size > above.start) return false;
    this.sorted.splice(place, 0, block);
    this.blocks.push(block);
    return true;
  }

  remove(index: number): Block {
    const block = this.blocks[index] as Block;
    const last = this.blocks.pop() as Block;
    if (last !== block) this.blocks[index] = last;
    this.sorted.splice(this.#placeOf(block.start), 1);
    return block;
  }

  /** How many blocks start below `start`. */
  #placeOf(start: number): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sorted[middle] as Block).start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

let made = 0;

class Alloc implements fc.Command<Model, Real> {
  readonly #size: number;
  readonly #align: number;

  constructor(size: number, align: number) {
    this.#size = size;
    this.#align = align;
  }

  check(model: Readonly<Model>): boolean {
    return model.blocks.length < LIVE;
  }

  run(model: Model, { allocator, bytes: memory, watching }: Real): void {
    made += 1;
    const answer = allocator.alloc(bytes(this.#size), alignment(this.#align));
    if (!answer.ok) return;
    const [size, align, byte] = [this.#size, this.#align, made % 256];
    const block = { start: answer.value, size, align, byte };
    if (block.start % Math.max(8, block.align) !== 0) throw new Error("not aligned");
    if (block.start < EXTENT_START) throw new Error("outside");
    if (block.start + block.size > EXTENT_START + memoryBytes) throw new Error("outside");
    if (!model.add(block)) throw new Error("overlap");
    if (watching === "no bytes") return;
    memory.fill(byte, block.start, block.start + size);
    if (watching === "all bytes") requireFilled(memory, model.blocks);
  }

  toString(): string {
    return `alloc ${this.#size}`;
  }
}

class Free implements fc.Command<Model, Real> {
  readonly #pick: number;

  constructor(pick: number) {
    this.#pick = pick;
  }

  check(model: Readonly<Model>): boolean {
    return model.blocks.length > 0;
  }

  run(model: Model, { allocator, bytes: memory, watching }: Real): void {
    made += 1;
    const block = model.remove(this.#pick % model.blocks.length);
    if (watching !== "no bytes") requireFilled(memory, [block]);
    allocator.dealloc(address(block.start), bytes(block.size), alignment(block.align));
    if (watching === "all bytes") requireFilled(memory, model.blocks);
  }

  toString(): string {
    return "free";
  }
}

function requireFilled(memory: Uint8Array, blocks: readonly Block[]): void {
  for (const { start, size, byte } of blocks) {
    for (let at = start; at < start + size; at++) {
      if (memory[at] !== byte) throw new Error("damaged");
    }
  }
}

/** Small sizes, powers of two give or take one, and any: the kinds that our bench draws. */
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 64 }),
  fc.integer({ min: 0, max: 13 * 3 }).map((n) => Math.max(1, 2 ** Math.floor(n / 3) + (n % 3) - 1)),
  fc.integer({ min: 1, max: sizeMax }),
);
const allocs = fc
  .tuple(sizes, fc.nat(9))
  .map(([size, draw]) => new Alloc(size, draw === 0 ? 64 : 1));
const commands = fc.commands(
  [
    allocs,
    // Twice as likely as a free, so that heaps fill up to as many blocks as ours have.
    allocs,
    fc.nat(0xffff).map((pick) => new Free(pick)),
  ],
  { maxCommands: COMMANDS, size: "max", disableReplayLog: true },
);

/** Calls a second that commands make and check. */
export function commandsRate(runs: number, seed: number, watching: Watching): number {
  made = 0;
  const start = now();
  const law = fc.property(commands, (calls) => {
    const setup = () => {
      const memory = new PlainMemory(EXTENT_START + memoryBytes);
      const extent = { start: address(EXTENT_START), size: bytes(memoryBytes) };
      const allocator = new BlockAllocator(memory, extent);
      const real = { allocator, bytes: memory.bytes(), watching };
      return { model: new Model(), real };
    };
    fc.modelRun(setup, calls);
  });
  fc.assert(law, { numRuns: runs, seed, endOnFailure: true, skipEqualValues: false });
  return made / ((now() - start) / 1e9);
}

/**
 * Larson: a server. Each thread has slots full of blocks of random sizes, frees one at random and asks for
 * another in its place. After so many exchanges a thread ends, and one on the next core takes over its
 * blocks: most blocks are freed by another core than they were placed on.
 */

import type { BlockName } from "#units";
import type { ChoiceSource } from "../generate/choices.ts";
import { allocOn, BlockNames, dealt, freeOn, type Thread } from "./workload.ts";

export interface LarsonOptions {
  readonly threads: number;
  /** Blocks that each thread has. */
  readonly slots: number;
  readonly sizeMin: number;
  readonly sizeMax: number;
  /** Blocks that a thread exchanges before it ends. */
  readonly exchanges: number;
  /** How often threads end and others take over. */
  readonly generations: number;
}

export const LARSON: LarsonOptions = {
  threads: 4,
  slots: 1000,
  sizeMin: 8,
  sizeMax: 1000,
  exchanges: 10_000,
  generations: 10,
};

const ALIGN = 8;

/** The calls of larson. */
export function larson(options: LarsonOptions, choices: ChoiceSource): Thread {
  const names = new BlockNames();
  const { threads, slots, sizeMin, sizeMax, exchanges, generations } = options;
  const lines = Array.from({ length: threads }, (_, line) => thread(line));
  return dealt(lines, choices);

  function* thread(line: number): Thread {
    const blocks: BlockName[] = [];
    for (let slot = 0; slot < slots; slot++) {
      const name = names.fresh();
      blocks.push(name);
      yield allocOn(line % threads, name, drawnSize(), ALIGN);
    }
    for (let generation = 0; generation < generations; generation++) {
      const core = (line + generation) % threads;
      for (let exchange = 0; exchange < exchanges; exchange++) {
        const slot = choices.below(slots);
        yield freeOn(core, blocks[slot] as BlockName);
        const name = names.fresh();
        blocks[slot] = name;
        yield allocOn(core, name, drawnSize(), ALIGN);
      }
    }
    for (const name of blocks) yield freeOn((line + generations) % threads, name);
  }

  function drawnSize(): number {
    return sizeMin + choices.below(sizeMax - sizeMin + 1);
  }
}

/**
 * Threadtest: every thread asks for its objects, all of one size, frees them in the same order, and begins
 * again. So each thread should need nothing that another has.
 *
 * As the heap evaluation of Theseus runs it: 1,000 rounds over 100,000 objects of 8 bytes, divided among the
 * threads; or 100 rounds over 100 objects of 8192 bytes, which no slab serves.
 */

import type { ChoiceSource } from "../generate/choices.ts";
import { allocOn, BlockNames, dealt, freeOn, type Thread } from "./workload.ts";

export interface ThreadtestOptions {
  readonly threads: number;
  readonly rounds: number;
  /** In all, divided among the threads. */
  readonly objects: number;
  readonly size: number;
  readonly align: number;
}

export const THREADTEST: ThreadtestOptions = {
  threads: 1,
  rounds: 1000,
  objects: 100_000,
  size: 8,
  align: 8,
};

export const THREADTEST_LARGE: ThreadtestOptions = {
  threads: 1,
  rounds: 100,
  objects: 100,
  size: 8192,
  align: 8,
};

/** The calls of threadtest. */
export function threadtest(options: ThreadtestOptions, choices: ChoiceSource): Thread {
  const names = new BlockNames();
  const threads = Array.from({ length: options.threads }, (_, core) => thread(core));
  return dealt(threads, choices);

  function* thread(core: number): Thread {
    const { rounds, objects, size, align } = options;
    const count = Math.floor(objects / options.threads);
    for (let round = 0; round < rounds; round++) {
      const blocks = Array.from({ length: count }, () => names.fresh());
      for (const name of blocks) yield allocOn(core, name, size, align);
      for (const name of blocks) yield freeOn(core, name);
    }
  }
}

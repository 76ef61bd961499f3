/**
 * Pairs of cores, one of which makes messages and the other drops them: all blocks of a pair are placed on
 * one core and freed on the other, and at most so many are under way.
 *
 *     core 0 ── alloc ──► queue ── dealloc ──► core 1        core 2 ──► core 3 …
 */

import type { BlockName } from "#units";
import type { ChoiceSource } from "../generate/choices.ts";
import { allocOn, BlockNames, dealt, freeOn, type Thread } from "./workload.ts";

export interface ProducerConsumerOptions {
  readonly pairs: number;
  /** Messages that each producer makes. */
  readonly messages: number;
  /** Messages that can be under way between two cores. */
  readonly queueMax: number;
  readonly sizeMin: number;
  readonly sizeMax: number;
}

export const PRODUCER_CONSUMER: ProducerConsumerOptions = {
  pairs: 2,
  messages: 20_000,
  queueMax: 256,
  sizeMin: 16,
  sizeMax: 512,
};

const ALIGN = 8;

/** The calls of producers and consumers. */
export function producerConsumer(options: ProducerConsumerOptions, choices: ChoiceSource): Thread {
  const names = new BlockNames();
  const { pairs, messages, queueMax, sizeMin, sizeMax } = options;
  return dealt(
    Array.from({ length: pairs }, (_, index) => pair(index * 2, index * 2 + 1)),
    choices,
  );

  function* pair(producer: number, consumer: number): Thread {
    const queue: BlockName[] = [];
    let made = 0;
    while (made < messages || queue.length > 0) {
      const isFull = queue.length === queueMax || made === messages;
      if (queue.length === 0 || (!isFull && choices.below(2) === 0)) {
        const name = names.fresh();
        made += 1;
        queue.push(name);
        const size = sizeMin + choices.below(sizeMax - sizeMin + 1);
        yield allocOn(producer, name, size, ALIGN);
      } else {
        yield freeOn(consumer, queue.shift() as BlockName);
      }
    }
  }
}

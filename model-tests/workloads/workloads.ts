/** The workloads by name, at their full length and at one that is judged while somebody waits. */
import type { ChoiceSource } from "../generate/choices.ts";
import { LARSON, larson } from "./larson.ts";
import { PRODUCER_CONSUMER, producerConsumer } from "./producer-consumer.ts";
import { SHBENCH, SHBENCH_LARGE, shbench } from "./shbench.ts";
import { THREADTEST, THREADTEST_LARGE, threadtest } from "./threadtest.ts";
import type { Thread } from "./workload.ts";

export interface Workload {
  readonly name: string;
  readonly cores: number;
  /** Its calls as they were meant. */
  readonly full: (choices: ChoiceSource) => Thread;
  /** Fewer rounds of the same. */
  readonly short: (choices: ChoiceSource) => Thread;
}

const FOUR = { threads: 4 };

export const WORKLOADS: readonly Workload[] = [
  {
    name: "threadtest",
    cores: 4,
    full: (choices) => threadtest({ ...THREADTEST, ...FOUR }, choices),
    short: (choices) => threadtest({ ...THREADTEST, ...FOUR, rounds: 5, objects: 4000 }, choices),
  },
  {
    name: "threadtest-large",
    cores: 4,
    full: (choices) => threadtest({ ...THREADTEST_LARGE, ...FOUR }, choices),
    short: (choices) => threadtest({ ...THREADTEST_LARGE, ...FOUR, rounds: 10 }, choices),
  },
  {
    name: "shbench",
    cores: 4,
    full: (choices) => shbench({ ...SHBENCH, ...FOUR }, choices),
    short: (choices) => shbench({ ...SHBENCH, ...FOUR, rounds: 4, slots: 4000 }, choices),
  },
  {
    name: "shbench-large",
    cores: 1,
    full: (choices) => shbench(SHBENCH_LARGE, choices),
    short: (choices) => shbench(SHBENCH_LARGE, choices),
  },
  {
    name: "larson",
    cores: 4,
    full: (choices) => larson(LARSON, choices),
    short: (choices) => larson({ ...LARSON, slots: 200, exchanges: 1000, generations: 6 }, choices),
  },
  {
    name: "producer-consumer",
    cores: 4,
    full: (choices) => producerConsumer(PRODUCER_CONSUMER, choices),
    short: (choices) => producerConsumer({ ...PRODUCER_CONSUMER, messages: 5000 }, choices),
  },
];

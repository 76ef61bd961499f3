import { describe, expect, test } from "vitest";
import { traceCall } from "#spec";
import { type BlockName, blockName } from "#units";
import { RandomChoices } from "../generate/choices.ts";
import type { Subject } from "../subject/subject.ts";
import {
  crossingHeap,
  lockingHeap,
  moodyHeap,
  racingHeap,
  spinningHeap,
} from "../toys/locking-heaps.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { allSchedules } from "./depth-first.ts";
import { type InterleaveOptions, interleave, STRATEGY_NAMES } from "./interleave.ts";
import { prioritySchedules } from "./priority.ts";
import { drawProgram } from "./program.ts";
import { type Program, runSchedule } from "./scheduler.ts";

const OPTIONS: InterleaveOptions = {
  cores: 2,
  calls: 3,
  strategy: "depth-first",
  seed: 5,
  runs: 3,
};

const alloc = (name: number, core: number) =>
  traceCall({ kind: "alloc", name: blockName(name), size: 8, core });
const dealloc = (name: BlockName, core: number) => traceCall({ kind: "dealloc", name, core });

describe.each(STRATEGY_NAMES)("schedules are chosen %s", (strategy) => {
  test("a heap under one lock breaks no rule", async () => {
    const result = await interleave(lockingHeap, { ...OPTIONS, strategy, schedules: 200 });

    expect(result.failure).toBeUndefined();
    expect(result.schedules).toBeGreaterThan(500);
    expect(result.operations + result.skipped).toBe(6 * result.schedules);
  });

  const toys: [Subject, string][] = [
    [crossingHeap, "calls-go-on"],
    [racingHeap, "calls-linearizable"],
    [spinningHeap, "call-terminates"],
    [moodyHeap(), "schedule-repeats"],
  ];
  test.each(toys)("$name is caught", async (subject, rule) => {
    const { failure } = await interleave(subject, { ...OPTIONS, strategy, schedules: 200 });

    expect(failure?.rule.name).toBe(rule);
  });
});

test("every schedule of a program is made once", async () => {
  const program: Program = [
    [alloc(0, 0), alloc(1, 0)],
    [alloc(2, 1), alloc(3, 1)],
  ];
  const strategy = allSchedules();
  const orders = new Set<string>();
  let made = 0;

  while (strategy.begin()) {
    const instance = await racingHeap.create({ memoryBytes: 0, cores: 2, reached: () => {} });
    orders.add(runSchedule(instance, program, strategy).order.join(""));
    made += 1;
  }

  // Two cores of four steps each: 8! / (4! 4!) ways to merge them.
  expect(made).toBe(70);
  expect(orders.size).toBe(70);
});

test("a block is freed by another core only once it was placed", async () => {
  const program: Program = [[alloc(0, 0)], [dealloc(blockName(0), 1)]];
  const strategy = allSchedules();

  while (strategy.begin()) {
    const instance = await lockingHeap.create({ memoryBytes: 0, cores: 2, reached: () => {} });
    const { operations, ending } = runSchedule(instance, program, strategy);

    expect(ending).toBe("answered");
    expect(operations.map(({ call }) => call.kind)).toEqual(["alloc", "dealloc"]);
  }
});

test("a core falls behind at a change of priorities, and only then", () => {
  const changing = prioritySchedules(new RandomChoices(3), 2, 8, 1);
  const steady = prioritySchedules(new RandomChoices(3), 2, 8, 0);
  const turns = (strategy: typeof changing): number => {
    strategy.begin();
    const picked = Array.from({ length: 8 }, () => strategy.pick([0, 1]));
    return picked.filter((core, step) => step > 0 && core !== picked[step - 1]).length;
  };

  expect(turns(changing)).toBe(1);
  expect(turns(steady)).toBe(0);
});

test("programs free each other's blocks, and never one twice", () => {
  let away = 0;

  for (let run = 0; run < 100; run++) {
    const program = drawProgram(new RandomChoices(9, run), 3, 4);
    const home = new Map<number, number>();
    for (const calls of program) {
      expect(calls.length).toBe(4);
      for (const { kind, name, core } of calls) if (kind === "alloc") home.set(name, core);
    }
    const frees = program.flat().filter(({ kind }) => kind === "dealloc");
    expect(new Set(frees.map(({ name }) => name)).size).toBe(frees.length);
    away += frees.filter(({ name, core }) => home.get(name) !== core).length;
  }

  expect(away).toBeGreaterThan(100);
});

test("a heap without sections cannot be interleaved", async () => {
  await expect(interleave(plainHeap, OPTIONS)).rejects.toThrow("has no method sections");
});

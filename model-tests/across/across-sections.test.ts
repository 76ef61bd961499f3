/**
 * Calls of a combination heap that meet: each goes on section by section, in schedules that are drawn or in
 * all of them, and is answered as if the calls had been made one after the other.
 */
import { describe, expect, test } from "vitest";
import { USUAL_HEAP } from "#impl";
import type { TraceCall } from "#spec";
import { alignment, blockName, bytes, type CoreId } from "#units";
import { runGenerated } from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
import { allSchedules } from "../interleave/depth-first.ts";
import { interleave, judgeSchedule } from "../interleave/interleave.ts";
import type { Program } from "../interleave/scheduler.ts";
import { allocOn, freeOn } from "../workloads/workload.ts";
import { acrossSubject, type Otherwise } from "./across-subjects.ts";
import { switchingParts } from "./switching-parts.ts";

const KIB = 1024;
const HERE = { core: 0 as CoreId, entity: 0 };

/** Heaps that begin without a page, so that nearly every request has to get one. */
const BARE: Otherwise = {
  change: (usual) => ({
    ...usual,
    initialPages: 1,
    heap: () => ({ ...USUAL_HEAP, threshold: 0, batch: 1, firstPages: 0 }),
  }),
};

/** The same, and the initial heap has nothing to lend: pages have to be mapped. */
const MAPPING: Otherwise = {
  ...BARE,
  onMade: ({ heap }) => {
    heap.alloc(HERE, bytes(6000), alignment(8));
    return {};
  },
};

describe("calls that meet on one heap", () => {
  test.each([1, 2, 3, 4, 8])("are in order in random schedules of %d cores", async (cores) => {
    const subject = acrossSubject(cores, "at once", BARE);
    const options = {
      cores,
      calls: 4,
      strategy: "random",
      seed: 0xac,
      runs: 8,
      schedules: 10,
    } as const;

    const result = await interleave(subject, { ...options, memoryBytes: 16 * KIB });

    expect(result.failure).toBeUndefined();
    expect(result.schedules).toBe(80);
    expect(result.operations + result.skipped).toBe(80 * 4 * cores);
    expect(result.steps).toBeGreaterThan(result.operations);
  });
});

/** Programs of two cores, three calls each, and in how many schedules they can be made. */
const PROGRAMS: readonly (readonly [string, Otherwise, Program, number])[] = [
  [
    "growth beside a page that goes from heap to heap",
    MAPPING,
    [
      [alloc(0, 8, 0), free(0, 0), alloc(1, 8, 0)],
      [alloc(2, 8, 1), free(2, 1), alloc(3, 8000, 1)],
    ],
    258,
  ],
  [
    "pages that are lent, taken over and taken back",
    BARE,
    [
      [alloc(0, 8000, 0), free(0, 0), alloc(1, 64, 0)],
      [alloc(2, 64, 1), free(2, 1), alloc(3, 8000, 1)],
    ],
    48,
  ],
  [
    "a large block beside growth, freed by the other core",
    BARE,
    [
      [alloc(0, 9000, 0), alloc(1, 8, 0), free(1, 0)],
      [alloc(2, 8, 1), free(0, 1), free(2, 1)],
    ],
    1810,
  ],
];

describe("calls of two cores, three each, are in order in every schedule", () => {
  test.each(PROGRAMS)("%s", async (_, otherwise, program, count) => {
    const subject = acrossSubject(2, "at once", otherwise);
    const config = { memoryBytes: 16 * KIB, cores: 2 };
    const strategy = allSchedules();
    const orders = new Set<string>();
    let made = 0;

    while (strategy.begin()) {
      const { history, rule } = await judgeSchedule(subject, config, program, strategy);
      expect(rule).toBeUndefined();
      orders.add(history.order.join(""));
      made += 1;
    }

    expect(made).toBe(count);
    expect(orders.size).toBe(count);
  });
});

test.each([0, 7, 40])(
  "no rule is broken while a core switches between the calls of others, from call %d on",
  async (first) => {
    const marks = new Tally();
    const subject = acrossSubject(4, "when told", {
      onMade: (made) => switchingParts(made, first),
    });

    for (let run = 0; run < 40; run++) {
      const limits = { calls: 100, memoryBytes: 64 * KIB };
      const { violation } = await runGenerated(subject, 0xac, run, limits, { tally: marks });
      expect(violation).toBeUndefined();
    }

    expect(marks.markCount("combination.freed-while-switching")).toBeGreaterThan(20);
    expect(marks.markCount("combination.switched")).toBeGreaterThan(20);
    expect(marks.markCount("combination.freed-by-another")).toBeGreaterThan(20);
  },
);

function alloc(name: number, size: number, core: number): TraceCall {
  return allocOn(core, blockName(name), size, 8);
}

function free(name: number, core: number): TraceCall {
  return freeOn(core, blockName(name));
}

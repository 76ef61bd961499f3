/**
 * Programs on a combination heap, judged call by call across its switch: the workloads that heaps are measured
 * with, and two recorded programs, as recorded and with the sizes and alignments of a kernel.
 */
import { describe, expect, test } from "vitest";
import type { TraceCall } from "#spec";
import { recordedCalls } from "../bench/recorded-traces.ts";
import { RandomChoices } from "../generate/choices.ts";
import { asInAKernel, withSwitch } from "../workloads/recorded-calls.ts";
import { WORKLOADS } from "../workloads/workloads.ts";
import { acrossSubject } from "./across-subjects.ts";
import { dealtToCores, judgedToTheEnd } from "./judged-calls.ts";

const MEMORY_BYTES = 2 ** 25;
const CORES = 4;
/** As many calls of each recorded program as are judged while somebody waits. */
const RECORDED_CALLS = 20_000;
const SUBJECT = acrossSubject(CORES, "when told");

/** Where in a program the heap switches: at once, early, in the middle, or never. */
const SWITCHES = [0, 0.01, 0.5, undefined] as const;

describe.each(WORKLOADS)("$name", ({ short }) => {
  test.each(SWITCHES)("is served across a switch at %s of its calls", async (fraction) => {
    const calls = [...short(new RandomChoices(0xac))];

    await expectServed(calls, fraction);
  });
});

describe.each(["sqlite", "jq"] as const)("%s", (name) => {
  describe.each(["as recorded", "as in a kernel"] as const)("%s", (manner) => {
    test.each(SWITCHES)("is served across a switch at %s of its calls", async (fraction) => {
      const recorded = (await recordedCalls(name)).slice(0, RECORDED_CALLS);
      const dealt = dealtToCores(recorded, CORES, new RandomChoices(0xac));
      const calls = manner === "as recorded" ? dealt : asInAKernel(dealt, new RandomChoices(0xad));

      await expectServed(calls, fraction);
    });
  });
});

/** Expects that no rule is broken, nearly all is granted, and all of it can be had again at the end. */
async function expectServed(
  calls: readonly TraceCall[],
  fraction: number | undefined,
): Promise<void> {
  const switched = fraction === undefined ? calls : withSwitch(calls, fraction);

  const { violation, tally } = await judgedToTheEnd(
    SUBJECT,
    { memoryBytes: MEMORY_BYTES, cores: CORES },
    switched,
  );

  expect(violation).toBeUndefined();
  expect(tally.calls.executed).toBeGreaterThan(0.95 * calls.length);
  expect(tally.calls.refused).toBeLessThan(0.05 * calls.length);
  expect(tally.ruleCount("reclaims-everything")).toBe(1);
  expect(tally.markCount("combination.switched")).toBe(fraction === undefined ? 0 : 1);
}

import fc from "fast-check";
import { expect, test } from "vitest";
import type { TraceCall } from "#spec";
import { runCalls } from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
import type { Subject } from "../subject/subject.ts";
import { blockSubject, holeListSubject } from "../subjects/reference.ts";
import { overlappingAllocator } from "../toys/overlapping-allocator.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { callsOf } from "./calls-of.ts";

const config = { memoryBytes: 65_536, cores: 2 };

const breaks = async (subject: Subject, calls: readonly TraceCall[]): Promise<string | undefined> =>
  (await runCalls(subject, config, calls)).violation?.rule.name;

test.each([blockSubject, holeListSubject, plainHeap, twoHeaps])(
  "no calls of $name break a rule",
  async (subject) => {
    await fc.assert(
      fc.asyncProperty(callsOf(subject), async (calls) => {
        expect(await breaks(subject, calls)).toBeUndefined();
      }),
      { seed: 11, numRuns: 200 },
    );
  },
);

test("few calls are skipped, and every kind is drawn", async () => {
  const tally = new Tally();
  const samples = fc.sample(callsOf(plainHeap), { seed: 12, numRuns: 300 });

  for (const calls of samples) await runCalls(plainHeap, config, calls, { tally });

  const { calls, kinds } = tally.toData();
  expect(calls.skipped).toBeLessThan(0.15 * calls.executed);
  expect(Object.keys(kinds)).toEqual(
    expect.arrayContaining(["alloc", "allocZeroed", "dealloc", "realloc", "usableSize"]),
  );
  expect(Object.keys(kinds)).toEqual(
    expect.arrayContaining(["double-free", "foreign-pointer", "interior-pointer", "wrong-layout"]),
  );
});

test("what fails is shrunk to two calls, since any part of a sequence is a sequence", async () => {
  const details = await fc.check(
    fc.asyncProperty(
      callsOf(overlappingAllocator),
      async (calls) => (await breaks(overlappingAllocator, calls)) === undefined,
    ),
    { seed: 13 },
  );

  expect(details.failed).toBe(true);
  expect(details.counterexample?.[0].length).toBe(2);
});

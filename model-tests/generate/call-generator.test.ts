import { expect, test } from "vitest";
import type { TraceCall } from "#spec";
import { runGenerated } from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
import type { Subject } from "../subject/subject.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { twoHeaps } from "../toys/two-heaps.ts";

const LIMITS = { calls: 200 };

async function callsOfRuns(
  subject: Subject,
  runs: number,
  tally: Tally = new Tally(),
): Promise<readonly (readonly TraceCall[])[]> {
  const all: (readonly TraceCall[])[] = [];
  for (let run = 0; run < runs; run++) {
    all.push((await runGenerated(subject, 5, run, LIMITS, { tally })).calls);
  }
  return all;
}

test.each([plainHeap, twoHeaps])(
  "of the calls drawn for $name, hardly any is skipped",
  async (subject) => {
    const tally = new Tally();

    await callsOfRuns(subject, 300, tally);

    const { executed, skipped } = tally.calls;
    expect(executed).toBeGreaterThan(10_000);
    expect(skipped).toBeLessThan(0.01 * executed);
  },
);

test("a run is a function of seed and number alone", async () => {
  const once = await runGenerated(plainHeap, 5, 17, LIMITS);
  await runGenerated(plainHeap, 5, 18, LIMITS);

  expect((await runGenerated(plainHeap, 5, 17, LIMITS)).calls).toEqual(once.calls);
  expect((await runGenerated(plainHeap, 6, 17, LIMITS)).calls).not.toEqual(once.calls);
});

test("every kind of call and of misuse is drawn", async () => {
  const tally = new Tally();

  await callsOfRuns(plainHeap, 300, tally);

  expect(Object.keys(tally.toData().kinds)).toEqual([
    "alloc",
    "allocZeroed",
    "dealloc",
    "double-free",
    "foreign-pointer",
    "interior-pointer",
    "realloc",
    "usableSize",
    "wrong-layout",
  ]);
});

test("a block is named once, in order, and referred to only after that", async () => {
  for (const calls of await callsOfRuns(plainHeap, 100)) {
    const named = new Set<number>();
    for (const { kind, name, misuse } of calls) {
      if (kind === "alloc" || kind === "allocZeroed") {
        expect(name).toBe(named.size);
        named.add(name);
      } else if (misuse !== "foreign-pointer") {
        expect(named.has(name)).toBe(true);
      }
    }
  }
});

test("sizes are drawn where allocators go wrong", async () => {
  const runs = await callsOfRuns(plainHeap, 300);
  const requests = runs.flat().filter(({ kind }) => kind === "alloc" || kind === "realloc");
  const share = (isSuch: (call: TraceCall) => boolean): number =>
    requests.filter(isSuch).length / requests.length;
  const isNearPower = ({ size }: TraceCall): boolean =>
    size > 64 && [-1, 0, 1].some((less) => Number.isInteger(Math.log2(size + less)));

  expect(share(isNearPower)).toBeGreaterThan(0.03);
  expect(share(({ size }) => size <= 16)).toBeGreaterThan(0.1);
  expect(share(({ size }) => size >= 2 ** 31 - 3)).toBeGreaterThan(0.002);
  expect(share(({ size }) => size >= 2 ** 52 - 3)).toBeGreaterThan(0.0005);
  expect(share(({ size }) => size === 0)).toBeGreaterThan(0.005);
  expect(share(({ align }) => align > 8)).toBeGreaterThan(0.03);
  expect(requests.every(({ size }) => Number.isSafeInteger(size))).toBe(true);
});

test("holes are filled exactly, and used again", async () => {
  const tally = new Tally();

  await callsOfRuns(plainHeap, 300, tally);

  const { marks } = tally.toData();
  for (const mark of ["address used again", "heap emptied", "request refused", "block moved"]) {
    expect(marks[mark]).toBeGreaterThan(200);
  }
  expect(marks["block resized in place"]).toBeGreaterThan(100);
  expect(marks["block of no bytes granted"]).toBeGreaterThan(50);
});

test("a system is told to switch, and a few times twice", async () => {
  const runs = await callsOfRuns(twoHeaps, 500);
  const switches = runs.map((calls) => calls.filter(({ kind }) => kind === "switch").length);

  expect(switches.filter((count) => count >= 1).length).toBeGreaterThan(25);
  expect(Math.max(...switches)).toBe(2);
});

test("heaps of a system are closed now and then, and tried to free what is another's", async () => {
  const tally = new Tally();

  await callsOfRuns(twoHeaps, 500, tally);

  expect(tally.markCount("heap closed")).toBeGreaterThan(100);
  expect(tally.markCount("foreign-heap tried")).toBeGreaterThan(100);
  expect(tally.ruleCount("heap-closed-empty")).toBeGreaterThan(100);
  expect(tally.ruleCount("free-through-own-heap")).toBeGreaterThan(100);
  expect(tally.ruleCount("declined-request-without-effect")).toBeGreaterThan(100);
});

import { describe, expect, test } from "vitest";
import type { TraceCall } from "#spec";
import { RandomChoices } from "../generate/choices.ts";
import { SHBENCH, SHBENCH_LARGE, shbench, sizesOfARound } from "./shbench.ts";
import { THREADTEST, threadtest } from "./threadtest.ts";
import { WORKLOADS } from "./workloads.ts";

/** How many requests of a round a heap of power-of-two classes would serve from each of them. */
function requestsByClass(sizes: Iterable<number>): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const size of sizes) {
    const block = Math.max(8, 2 ** Math.ceil(Math.log2(size)));
    counts[block] = (counts[block] ?? 0) + 1;
  }
  return counts;
}

test("a round of shbench asks for as many blocks of each class as the original does", () => {
  const counts = requestsByClass(sizesOfARound(SHBENCH));

  expect(counts).toEqual({
    8: 11_000,
    16: 2250,
    32: 2500,
    64: 2000,
    128: 1100,
    256: 250,
    512: 150,
    1024: 50,
  });
});

test("a large round of shbench asks for 3871 blocks, most of them small", () => {
  const sizes = [...sizesOfARound(SHBENCH_LARGE)];

  expect(sizes.length).toBe(3871);
  expect(sizes.filter((size) => size >= 8192).length).toBe(11);
});

test("shbench ends with a fifth of its slots full, which the original forgets", () => {
  const residues: number[] = [];
  const options = {
    ...SHBENCH,
    rounds: 10,
    slots: 100,
    onResidue: (blocks: number) => {
      residues.push(blocks);
    },
  };

  const calls = [...shbench(options, new RandomChoices(1))];

  expect(calls.filter(({ kind }) => kind === "alloc").length).toBe(193_000);
  expect(residues).toEqual([20]);
});

test("threadtest frees its objects in the order in which it asked for them", () => {
  const options = { ...THREADTEST, rounds: 2, objects: 3 };

  const calls = [...threadtest(options, new RandomChoices(1))];

  expect(calls.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    ...[0, 1, 2].map((name) => `alloc ${name}`),
    ...[0, 1, 2].map((name) => `dealloc ${name}`),
    ...[3, 4, 5].map((name) => `alloc ${name}`),
    ...[3, 4, 5].map((name) => `dealloc ${name}`),
  ]);
});

describe.each(WORKLOADS)("$name", ({ short, cores }) => {
  const calls = [...short(new RandomChoices(7))];

  test("asks for every block once and frees it once, after that", () => {
    const live = new Set<number>();
    const known = new Set<number>();
    for (const { kind, name } of calls) {
      if (kind === "alloc") {
        expect(known.has(name)).toBe(false);
        live.add(name);
        known.add(name);
      } else {
        expect(live.delete(name)).toBe(true);
      }
    }

    expect(live.size).toBe(0);
    expect(known.size).toBeGreaterThan(900);
  });

  test("is dealt to all of its cores", () => {
    const used = new Set(calls.map(({ core }) => core));

    expect([...used].toSorted()).toEqual(Array.from({ length: cores }, (_, core) => core));
  });

  test("is the same for the same seed", () => {
    const again = [...short(new RandomChoices(7))];

    expect(textOf(again)).toBe(textOf(calls));
  });
});

function textOf(calls: readonly TraceCall[]): string {
  return calls.map(({ kind, name, size, core }) => `${kind} ${name} ${size} ${core}`).join("\n");
}

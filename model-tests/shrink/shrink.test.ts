/**
 * Failures whose shortest story is known, because the allocator that fails is a sentence about calls.
 * Each is found in a long random sequence and shrunk from there.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TraceCall, TraceConfig } from "#spec";
import type { Violation } from "../conformance/session.ts";
import { callsOf } from "../generate/calls-of.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { isSimpler } from "./candidate.ts";
import { type Execute, type Execution, type Shrunk, shrink } from "./shrink.ts";

const config: TraceConfig = { memoryBytes: 65_536, cores: 1 };

/** What has happened so far, the call in question last. */
interface Story {
  readonly calls: readonly TraceCall[];
  /** The sizes of the live blocks, oldest first. */
  readonly live: ReadonlyMap<number, number>;
  /** The sizes of the freed blocks, in the order in which they were freed. */
  readonly freed: readonly number[];
  readonly last: TraceCall;
}

type Sentence = (story: Story) => boolean;

const isRequest = ({ kind }: TraceCall): boolean => kind === "alloc" || kind === "allocZeroed";

/** Runs calls against nothing but the sentences; the first that comes true is the violation. */
function failingWhen(sentences: Readonly<Record<string, Sentence>>): Execute {
  return async ({ calls }) => {
    const live = new Map<number, number>();
    const freed: number[] = [];
    const done: TraceCall[] = [];
    let skipped = 0;
    for (const [at, call] of calls.entries()) {
      const { kind, name, size, misuse } = call;
      if (misuse !== "none" || (isRequest(call) ? live.has(name) : !live.has(name))) {
        skipped += 1;
        continue;
      }
      if (isRequest(call) || kind === "realloc") live.set(name, size);
      if (kind === "dealloc") {
        freed.push(live.get(name) ?? 0);
        live.delete(name);
      }
      done.push(call);
      const story = { calls: done, live, freed, last: call };
      const broken = Object.keys(sentences).find((rule) => sentences[rule]?.(story));
      if (broken !== undefined) return { violation: violation(broken, at), skipped };
    }
    return { violation: undefined, skipped };
  };
}

function violation(name: string, at: number): Violation {
  return { rule: { name, claim: name }, at, answer: { kind: "released" } };
}

const count = (calls: readonly TraceCall[], kind: TraceCall["kind"]): number =>
  calls.filter((call) => call.kind === kind).length;

const hasPairWithSum = (sizes: readonly number[], sum: number): boolean =>
  sizes.some((left, index) => sizes.slice(index + 1).some((right) => left + right === sum));

// biome-ignore format: a table
const KNOWN: readonly [sentence: string, calls: number, isTrue: Sentence][] = [
  ["a large block is asked for",            1, ({ last }) => isRequest(last) && last.size >= 100],
  ["three blocks of one size are live",     3, ({ live }) => [...live.values()].some((size) => size > 0 && [...live.values()].filter((other) => other === size).length === 3)],
  ["five blocks are live",                  5, ({ live }) => live.size === 5],
  ["an older block is freed",               3, ({ last, live }) => last.kind === "dealloc" && Math.max(...live.keys()) > last.name],
  ["the newest is freed, then an older",    4, ({ calls, last }) => last.kind === "dealloc" && calls.at(-2)?.kind === "dealloc" && Number(calls.at(-2)?.name) > last.name],
  ["a block is resized",                    2, ({ last }) => last.kind === "realloc"],
  ["a kilobyte is live in two blocks",      2, ({ live }) => live.size === 2 && [...live.values()].reduce((sum, size) => sum + size, 0) >= 1000],
  ["a zeroed block follows a free",         3, ({ calls, last }) => last.kind === "allocZeroed" && calls.at(-2)?.kind === "dealloc"],
  ["a size is asked for that was freed",    3, ({ last, freed }) => isRequest(last) && last.size > 20 && freed.includes(last.size)],
  ["an aligned block follows another",      2, ({ calls, last }) => isRequest(last) && last.align >= 16 && calls.length > 1],
  ["all is freed for the second time",      4, ({ last, live, calls }) => last.kind === "dealloc" && live.size === 0 && calls.length >= 4 && count(calls, "dealloc") === count(calls, "alloc") && count(calls, "dealloc") >= 2 && calls.some((call, index) => call.kind === "dealloc" && index < calls.length - 2 && isRequest(calls[index + 1] as TraceCall))],
  ["a block between two others is freed",   4, ({ last, live }) => last.kind === "dealloc" && [...live.keys()].some((name) => name < last.name) && [...live.keys()].some((name) => name > last.name)],
  ["the third time that a block is resized", 4, ({ calls }) => count(calls, "realloc") === 3],
  ["two freed blocks are asked for as one", 5, ({ last, freed }) => isRequest(last) && last.size > 8 && hasPairWithSum(freed.filter((size) => size > 0), last.size)],
];

/** The first of many random sequences in which a sentence comes true late. */
async function longFailure(execute: Execute, seed: number): Promise<readonly TraceCall[]> {
  const samples = fc.sample(callsOf(plainHeap, { calls: 120 }), { seed, numRuns: 2000 });
  for (const calls of samples) {
    const { violation } = await execute({ config, calls });
    if (violation !== undefined && calls.length > 20) return calls;
  }
  throw new Error("no sequence fails");
}

const all = KNOWN.flatMap(([sentence, calls, isTrue]) =>
  [1, 2, 3].map((seed): [string, number, number, Sentence] => [sentence, calls, seed, isTrue]),
);

test.each(all)("%s: %i calls, from seed %i", async (rule, calls, seed, isTrue) => {
  const execute = failingWhen({ [rule]: isTrue });
  const long = await longFailure(execute, seed);

  const shrunk = await shrink({ config, calls: long }, execute);

  expect(shrunk?.calls.length).toBe(calls);
  expect(shrunk?.isShortest).toBe(true);
  const again: Execution = await execute(shrunk as Shrunk);
  expect(again).toMatchObject({ violation: { rule: { name: rule }, at: calls - 1 }, skipped: 0 });
});

const large: Sentence = ({ last }) => isRequest(last) && last.size >= 100;
const thirdResize: Sentence = ({ calls }) => count(calls, "realloc") === 3;

test("a story is about the same rule, also where a shorter one is about another", async () => {
  const execute = failingWhen({ "the third resize": thirdResize });
  const long = await longFailure(execute, 4);
  // Without the first call of the story, another rule is broken at once.
  const first = JSON.stringify(long[0]);
  const tempting: Execute = async (candidate) =>
    JSON.stringify(candidate.calls[0]) === first
      ? await execute(candidate)
      : await failingWhen({ other: () => true })(candidate);

  const shrunk = await shrink({ config, calls: long }, tempting);

  expect(shrunk?.violation.rule.name).toBe("the third resize");
});

test("the same sequence is always shrunk to the same story, for the same effort", async () => {
  const execute = failingWhen({ "the third resize": thirdResize, large });
  const long = await longFailure(execute, 5);

  const once = await shrink({ config, calls: long }, execute);
  const twice = await shrink({ config, calls: long }, execute);

  expect(twice).toEqual(once);
});

test("a sequence that fails nowhere has no story", async () => {
  expect(await shrink({ config, calls: [] }, failingWhen({ large }))).toBeUndefined();
});

test("whoever listens hears of ever simpler stories, the last of which is the result", async () => {
  const execute = failingWhen({ "the third resize": thirdResize });
  const long = await longFailure(execute, 6);
  const heard: { readonly calls: readonly TraceCall[]; readonly config: TraceConfig }[] = [];

  const shrunk = await shrink({ config, calls: long }, execute, {
    onBetter: (candidate) => heard.push(candidate),
  });

  expect(heard.length).toBeGreaterThan(0);
  for (const [index, story] of heard.entries()) {
    const before = heard[index - 1] ?? { config, calls: long };
    expect(isSimpler(story, before)).toBe(true);
  }
  expect(heard.at(-1)?.calls.length).toBe(shrunk?.calls.length);
});

test("effort is bounded by executions", async () => {
  const execute = failingWhen({ "the third resize": thirdResize });
  const long = await longFailure(execute, 7);
  let spent = 0;
  const counting: Execute = async (candidate) => {
    spent += 1;
    return await execute(candidate);
  };

  const shrunk = await shrink({ config, calls: long }, counting, { executions: 30, sentences: 0 });

  expect(spent).toBe(shrunk?.executions);
  expect(spent).toBeLessThanOrEqual(30 + 500);
});

test("a shrink that is told to stop keeps what it has", async () => {
  const execute = failingWhen({ "the third resize": thirdResize });
  const long = await longFailure(execute, 8);

  const shrunk = await shrink({ config, calls: long }, execute, { signal: AbortSignal.abort() });

  expect(shrunk?.violation.rule.name).toBe("the third resize");
  expect(shrunk?.isShortest).toBe(false);
});

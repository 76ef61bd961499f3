/** Long traces become short in about two executions a call. */
import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { sweep } from "./sweep.ts";

const RULE = { name: "call-returns", claim: "" };
const CONFIG = { memoryBytes: 4096, cores: 1 };

/** `count` requests of all sizes from 1 on, each followed by the free of its block. */
function pairs(count: number): TraceCall[] {
  return Array.from({ length: count }, (_, index) => {
    const name = blockName(index);
    const alloc = traceCall({ kind: "alloc", name, size: index + 1, align: 4 });
    return [alloc, traceCall({ kind: "dealloc", name })];
  }).flat();
}

/** `calls` made shorter as long as they break the rule at the index that `breaksAt` says, if it is one. */
async function swept(calls: TraceCall[], breaksAt: (calls: readonly TraceCall[]) => number) {
  let executions = 0;
  const short = await sweep({ config: CONFIG, calls }, async (candidate) => {
    executions += 1;
    const at = breaksAt(candidate.calls);
    const violation = at < 0 ? undefined : { rule: RULE, at, answer: { kind: "threw" as const } };
    return { violation, skipped: 0 };
  });
  return { calls: short.calls, executions };
}

test("what only takes many requests is made of that many small ones", async () => {
  const isRequest = ({ kind }: TraceCall): boolean => kind === "alloc";
  const twentieth = (calls: readonly TraceCall[]): number =>
    calls.findIndex((_, index) => calls.slice(0, index + 1).filter(isRequest).length === 20);

  const { calls, executions } = await swept(pairs(90), twentieth);

  expect(calls.map(({ kind, size, align }) => [kind, size, align])).toEqual(
    Array(20).fill(["alloc", 1, 1]),
  );
  expect(executions).toBeLessThan(50);
});

test("what takes some calls of many is made of these alone", async () => {
  const sizes = [3, 40, 77];
  const inOrder = (calls: readonly TraceCall[]): number => {
    const places = sizes.map((size) => calls.findIndex((call) => call.size === size));
    const isThere = places.every((place, index) => place > (places[index - 1] ?? -1));
    const freed = calls.findIndex(({ kind, name }) => kind === "dealloc" && name === 76);
    return isThere && freed > (places[2] ?? 0) ? freed : -1;
  };

  const { calls, executions } = await swept(pairs(90), inOrder);

  expect(calls.map(({ kind, size }) => (kind === "alloc" ? size : kind))).toEqual([
    ...sizes,
    "dealloc",
  ]);
  expect(executions).toBeLessThan(2 * 180);
});

test("a trace that breaks nothing stays as it is", async () => {
  const { calls, executions } = await swept(pairs(5), () => -1);

  expect([calls.length, executions]).toEqual([10, 1]);
});

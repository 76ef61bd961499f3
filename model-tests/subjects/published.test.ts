/** The defects that were found in published allocators, each as its shortest known story. */
import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { runCalls } from "../conformance/run.ts";
import type { Subject } from "../subject/subject.ts";
import { codemixMalloc } from "./codemix-malloc.ts";
import { thiNgMalloc } from "./thi-ng-malloc.ts";

type Step = (instance: number) => TraceCall;

const alloc =
  (name: number, size: number): Step =>
  (instance) =>
    traceCall({ kind: "alloc", name: blockName(name), size, instance });
const resize =
  (name: number, size: number): Step =>
  (instance) =>
    traceCall({ kind: "realloc", name: blockName(name), size, instance });
const free =
  (name: number): Step =>
  (instance) =>
    traceCall({ kind: "dealloc", name: blockName(name), instance });
const freeAgain =
  (name: number): Step =>
  (instance) =>
    traceCall({ kind: "dealloc", name: blockName(name), misuse: "double-free", instance });

/** The rule that the last of `steps` breaks; those before it break none. */
async function ruleBrokenBy(
  subject: Subject,
  memoryBytes: number,
  steps: readonly Step[],
  instances: readonly number[] = [],
): Promise<string | undefined> {
  const calls = steps.map((step, index) => step(instances[index] ?? 0));
  const { violation } = await runCalls(subject, { memoryBytes, cores: 1 }, calls);
  if (violation !== undefined) expect(violation.at).toBe(calls.length - 1);
  return violation?.rule.name;
}

// Sizes are rounded up with 32-bit operators, so that half of all sizes come out negative.
test("thi.ng grants more than there is", async () => {
  const rule = await ruleBrokenBy(thiNgMalloc, 256, [alloc(0, 2 ** 31 - 15)]);

  expect(rule).toBe("block-in-extent");
});

// The topmost block is made smaller by moving the top down, but its header keeps the old size.
test("thi.ng gives a resized block the header of its neighbour", async () => {
  const steps = [alloc(0, 14), resize(0, 1), alloc(1, 1), resize(0, 14), free(0)];

  expect(await ruleBrokenBy(thiNgMalloc, 256, steps)).toBe("live-block-freeable");
});

test("thi.ng writes a link into a live block", async () => {
  const steps = [alloc(0, 13), resize(0, 1), alloc(1, 1), free(0), alloc(2, 13), free(1)];

  expect(await ruleBrokenBy(thiNgMalloc, 256, steps)).toBe("payload-intact");
});

test("thi.ng moves a block onto another", async () => {
  const before = [alloc(0, 9), resize(0, 1), alloc(1, 1), alloc(2, 1), free(0), alloc(3, 9)];

  const rule = await ruleBrokenBy(thiNgMalloc, 256, [...before, resize(1, 17)]);

  expect(rule).toBe("live-blocks-disjoint");
});

// A block that moves is freed by the address of its header, which nobody has.
test("thi.ng keeps the old bytes of a block that moved", async () => {
  const before = [alloc(0, 1), free(0), alloc(1, 1), alloc(2, 1), resize(1, 9)];

  expect(await ruleBrokenBy(thiNgMalloc, 256, [...before, freeAgain(0)])).toBe("misuse-rejected");
});

test("thi.ng has less to give after a block has moved", async () => {
  const before = [alloc(0, 1024), free(0), alloc(1, 8), alloc(2, 8), resize(1, 9)];

  const rule = await ruleBrokenBy(thiNgMalloc, 1024, [...before, free(1), free(2), alloc(3, 1024)]);

  expect(rule).toBe("reclaims-everything");
});

// Rounding up overflows, the result is below the smallest size, and that is what is granted.
test("malloc grants sixteen bytes where two gigabytes were asked for", async () => {
  const rule = await ruleBrokenBy(codemixMalloc, 256, [alloc(0, 2 ** 31 - 7)]);

  expect(rule).toBe("block-in-extent");
});

// Where to link a block at each level is kept in an array of the module, which all heaps share; what
// an insertion takes from it at a new level is what another heap has left there.
test("malloc writes into one heap what it knows about another", async () => {
  const theirs = [alloc(0, 16), alloc(1, 16), alloc(2, 16)];
  const ours = [alloc(3, 16), alloc(4, 16), free(3), alloc(5, 32)];
  const instances = [1, 1, 1, 0, 0, 0, 0, 1];

  const steps = [...theirs, ...ours, free(1)];

  expect(await ruleBrokenBy(codemixMalloc, 512, steps, instances)).toBe("payload-intact");
});

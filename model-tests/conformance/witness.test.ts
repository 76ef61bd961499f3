import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { type PlainHeap, toy } from "../toys/plain-heap.ts";
import { Session } from "./session.ts";
import type { Policy } from "./witness.ts";

const MEMORY_BYTES = 1_048_576;

/** A heap that is correct, and whose memory the test can reach. */
function openHeap(): { readonly subject: ReturnType<typeof toy>; readonly heap: () => PlainHeap } {
  const made: PlainHeap[] = [];
  const subject = toy(
    "watched",
    (heap) => {
      made.push(heap);
      return {};
    },
    {},
    ["independentInstances"],
  );
  return { subject, heap: () => made[0] as PlainHeap };
}

const alloc = (name: number, size: number): TraceCall =>
  traceCall({ kind: "alloc", name: blockName(name), size });
const measure = (name: number): TraceCall =>
  traceCall({ kind: "usableSize", name: blockName(name) });

/** After how many harmless calls the change of byte `at` of block `victim` is noticed. */
async function callsUntilFound(
  policy: Policy,
  sizes: readonly number[],
  victim: number,
  at: number,
): Promise<number> {
  const { subject, heap } = openHeap();
  const config = { memoryBytes: MEMORY_BYTES, cores: 1 };
  const session = await Session.open(subject, config, { policy });
  for (const [name, size] of sizes.entries()) await session.step(alloc(name, size));
  const { start } = session.heap.index.at(blockName(victim));
  const { bytes } = heap();
  bytes[start + at] = ((bytes[start + at] as number) + 1) % 256;

  for (let calls = 1; calls <= 10_000; calls++) {
    if ((await session.step(measure(calls % sizes.length))) === "violated") {
      expect(session.violation?.rule.name).toBe("payload-intact");
      return calls;
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** The most calls that any one byte of block `victim` takes to be found, of bytes `step` apart. */
async function worst(
  policy: Policy,
  sizes: readonly number[],
  victim: number,
  step: number,
): Promise<number> {
  let most = 0;
  for (let at = 0; at < (sizes[victim] as number); at += step) {
    most = Math.max(most, await callsUntilFound(policy, sizes, victim, at));
  }
  return most;
}

const SMALL = Array.from({ length: 20 }, (_, name) => 10 + name);

test("a sweep finds a changed byte at once, in blocks of any size", async () => {
  expect(await worst("sweep", SMALL, 10, 1)).toBe(1);
  expect(await worst("sweep", [16, 6000, 100_000, 16], 1, 97)).toBe(1);
  expect(await worst("sweep", [16, 6000, 100_000, 16], 2, 4999)).toBe(1);
});

test("of n blocks up to 4 KiB, a changed byte is found within n calls", async () => {
  for (const victim of [0, 1, 10, 19]) {
    expect(await worst("neighbours", SMALL, victim, 1)).toBeLessThanOrEqual(SMALL.length);
  }
  expect(await worst("neighbours", SMALL, 10, 1)).toBe(12);
  expect(await worst("neighbours", [16, 4096, 16], 1, 5)).toBeLessThanOrEqual(3);
});

test("of n blocks, a changed byte in one of p pages is found within n * p calls", async () => {
  for (const size of [4097, 6000, 8192, 10_001]) {
    const most = await worst("neighbours", [16, size, 16, size, 16], 3, 61);
    expect(most).toBeLessThanOrEqual(5 * Math.ceil(size / 4096));
  }
  for (const size of [65_536, 70_000]) {
    const most = await worst("neighbours", [16, size, 16, 16], 1, 997);
    expect(most).toBeLessThanOrEqual(4 * Math.ceil(size / 4096));
  }
  expect(await worst("neighbours", [16, 70_000, 16, 16], 1, 997)).toBe(71);
});

test("both ends of a large block are read whenever it is looked at", async () => {
  const sizes = [16, 100_000, 16, 16, 16];

  expect(await callsUntilFound("neighbours", sizes, 1, 0)).toBeLessThanOrEqual(sizes.length);
  expect(await callsUntilFound("neighbours", sizes, 1, 99_999)).toBeLessThanOrEqual(sizes.length);
});

test("a changed byte is found at the latest when its block is freed, or the run ends", async () => {
  const { subject, heap } = openHeap();
  const config = { memoryBytes: MEMORY_BYTES, cores: 1 };
  const session = await Session.open(subject, config, { policy: "neighbours" });
  await session.step(alloc(0, 100_000));
  heap().bytes.fill(0, 64 + 50_000, 64 + 50_001);

  expect(await session.step(traceCall({ kind: "dealloc", name: blockName(0) }))).toBe("violated");
  expect(session.sweep()).toBe("violated");
});

test("damage is named by its first byte", async () => {
  const { subject, heap } = openHeap();
  const session = await Session.open(subject, { memoryBytes: MEMORY_BYTES, cores: 1 });
  await session.step(alloc(0, 100_000));
  const entry = session.heap.index.entry(blockName(0));
  expect(session.heap.witness.damageIn(entry)).toBeUndefined();

  for (const at of [99_999, 70_001, 4096, 1, 0]) {
    heap().bytes[entry.block.start + at] = 0;
    expect(session.heap.witness.damageIn(entry)).toBe(at);
  }
});

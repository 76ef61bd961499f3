import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import type { Subject, SubjectInstance } from "../subject/subject.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { runCalls } from "./run.ts";
import { Tally } from "./tally.ts";

const CONFIG = { memoryBytes: 4096, cores: 2 };
const SWITCH = traceCall({ kind: "switch" });
const close = (core: number): TraceCall => traceCall({ kind: "close", core });
const alloc = (name: number, core: number): TraceCall =>
  traceCall({ kind: "alloc", name: blockName(name), size: 16, core });
const dealloc = (name: number, fields: Partial<TraceCall>): TraceCall =>
  traceCall({ kind: "dealloc", name: blockName(name), ...fields });

/** The two heaps with some methods replaced. */
function twoHeapsWith(change: (inner: SubjectInstance) => Partial<SubjectInstance>): Subject {
  const create: Subject["create"] = async (options) => {
    const inner = await twoHeaps.create(options);
    return { ...inner, ...change(inner) };
  };
  return { ...twoHeaps, create };
}

test("a heap that is closed may be followed by another of its number", async () => {
  const tally = new Tally();
  const calls = [alloc(0, 1), dealloc(0, { core: 1 }), close(1), alloc(1, 1), close(1)];

  const { violation } = await runCalls(twoHeaps, CONFIG, [SWITCH, ...calls], { tally });

  expect(violation).toBeUndefined();
  expect(tally.markCount("heap closed")).toBe(1);
  expect(tally.ruleCount("heap-closed-empty")).toBe(2);
});

test("the end of a heap that has served before the switch is nobody's business", async () => {
  const tally = new Tally();

  const { violation } = await runCalls(twoHeaps, CONFIG, [SWITCH, close(0)], { tally });

  expect(violation).toBeUndefined();
  expect(tally.markCount("heap closed")).toBe(1);
  expect(tally.ruleCount("heap-closed-empty")).toBe(0);
});

test("a declined request to close a heap has no effect", async () => {
  const subject = twoHeapsWith((inner) => ({
    close: (origin) => {
      inner.alloc(8, 1, { ...origin, core: 1 });
      return false;
    },
  }));

  const { violation } = await runCalls(subject, CONFIG, [SWITCH, close(1)]);

  expect(violation?.rule.name).toBe("declined-request-without-effect");
});

// biome-ignore format: one situation a line.
test.each<[string, Subject, TraceCall]>([
  ["without heapOf, no heap is closed",         twoHeapsWith(() => ({ heapOf: () => undefined })), close(1)],
  ["without close, neither",                    twoHeapsWith(() => ({ close: undefined }) as never), close(1)],
  ["no block is freed wrongly by its own heap", twoHeaps, dealloc(0, { misuse: "foreign-heap" })],
  ["nor one that is not there",                 twoHeaps, dealloc(1, { core: 1, misuse: "foreign-heap" })],
  ["nor if that is not promised to be noticed", { ...twoHeaps, promises: {} }, dealloc(0, { core: 1, misuse: "foreign-heap" })],
])("%s", async (_, subject, call) => {
  const tally = new Tally();

  const { violation } = await runCalls(subject, CONFIG, [SWITCH, alloc(0, 0), call], { tally });

  expect(violation).toBeUndefined();
  expect(tally.calls.skipped).toBe(1);
});

test("a block that a foreign heap is to free stays where it is", async () => {
  const tally = new Tally();
  const calls = [alloc(0, 0), dealloc(0, { core: 1, misuse: "foreign-heap" }), dealloc(0, {})];

  const { violation } = await runCalls(twoHeaps, CONFIG, [SWITCH, ...calls], { tally });

  expect(violation).toBeUndefined();
  expect(tally.markCount("foreign-heap tried")).toBe(1);
  expect(tally.ruleCount("free-through-own-heap")).toBe(1);
});

test("a heap that seems foreign because of a lie is accused of the lie", async () => {
  let isLying = false;
  const subject = twoHeapsWith((inner) => ({
    heapOf: (origin) => {
      isLying = true;
      return inner.heapOf?.(origin);
    },
    ownerOf: (address) => (isLying ? 1 : inner.ownerOf?.(address)),
    deallocThrough: () => true,
  }));
  const calls = [alloc(0, 0), dealloc(0, { misuse: "foreign-heap" })];

  const { violation } = await runCalls(subject, CONFIG, [SWITCH, ...calls]);

  expect(violation?.rule.name).toBe("block-routed-home");
});

test("a system that throws when it is asked for a heap does not return", async () => {
  const subject = twoHeapsWith(() => ({
    heapOf: () => {
      throw new RangeError("nobody");
    },
  }));

  const { violation } = await runCalls(subject, CONFIG, [SWITCH, close(1)]);

  expect(violation?.rule.name).toBe("call-returns");
  expect(violation?.reason).toBe("RangeError: nobody");
});

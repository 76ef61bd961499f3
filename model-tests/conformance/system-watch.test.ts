import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { twoHeaps } from "../toys/two-heaps.ts";
import { runCalls } from "./run.ts";
import { Tally } from "./tally.ts";

const config = { memoryBytes: 4096, cores: 2 };

const alloc = (name: number, fields: Partial<TraceCall>): TraceCall =>
  traceCall({ kind: "alloc", name: blockName(name), size: 16, ...fields });

test("a page may move in the call that places the first block in it", async () => {
  const tally = new Tally();
  const calls = [traceCall({ kind: "switch" }), alloc(0, { core: 1 }), alloc(1, { core: 1 })];

  const { violation } = await runCalls(twoHeaps, config, calls, { tally });

  expect(violation).toBeUndefined();
  expect(tally.ruleCount("page-moves-empty")).toBe(1);
});

test("two instances of a system switch once each", async () => {
  const calls = [0, 1, 0, 1].map((instance) => traceCall({ kind: "switch", instance }));
  const tally = new Tally();

  const { violation } = await runCalls(twoHeaps, config, calls, { tally });

  expect(violation).toBeUndefined();
  expect(tally.markCount("system switched")).toBe(2);
});

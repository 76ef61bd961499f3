/** Checking machines, as the library offers it: each verdict with its exit code. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HastyFramesMachine } from "../machine/toys/allocating-toys.ts";
import { PlainMachine } from "../machine/toys/plain-machine.ts";
import { SPACE } from "../machine/toys/toy-calls.ts";
import type { NamedMachine } from "../subject/machines.ts";
import { formatMachineTrace } from "../trace/machine-trace.ts";
import { type CheckMachineOptions, checkMachine } from "./check-machine.ts";

const plain: NamedMachine = {
  name: "plain",
  make: (listener, config) => new PlainMachine(listener, config),
};
const hasty: NamedMachine = {
  name: "hasty",
  make: (listener, config) => new HastyFramesMachine(listener, config),
};

let directory = "";

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ariadne-check-machine-"));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Options for a short check of `machine`. */
function optionsFor(machine: NamedMachine, rest: Partial<CheckMachineOptions> = {}) {
  return { machine, reference: machine.name, directory, seed: 1, calls: 50, runs: 5, ...rest };
}

test("a machine that is right passes, and run n is the same alone", async () => {
  const all = await checkMachine(optionsFor(plain));

  const alone = await Promise.all(
    [0, 1, 2, 3, 4].map((run) => checkMachine(optionsFor(plain, { run }))),
  );

  expect([all.verdict, all.exit, all.runs]).toEqual(["passed", 0, 5]);
  const executed = alone.map(({ calls }) => calls.executed);
  expect(executed.reduce((sum, calls) => sum + calls, 0)).toBe(all.calls.executed);
});

test("a machine that is wrong by chance is told from one that is wrong", async () => {
  let made = 0;
  const fickle: NamedMachine = {
    name: "fickle",
    make: (listener, config) => {
      made += 1;
      return made === 1
        ? new HastyFramesMachine(listener, config)
        : new PlainMachine(listener, config);
    },
  };

  const { verdict, exit } = await checkMachine(optionsFor(fickle));

  expect([verdict, exit]).toEqual(["nondeterministic", 5]);
});

test("a check of a machine that is stopped, or has no time left, says so", async () => {
  const signal = AbortSignal.abort();
  const late = { timeMs: 0, runs: 1000, failOnTimeout: true };

  const stopped = await checkMachine(optionsFor(plain, { signal }));
  const timed = await checkMachine(optionsFor(plain, late));

  expect([stopped.verdict, stopped.exit]).toEqual(["interrupted", 130]);
  expect([timed.verdict, timed.exit]).toEqual(["timeout", 124]);
});

test("a check of a machine without a call is vacuous", async () => {
  const { verdict, exit, missed } = await checkMachine(optionsFor(plain, { runs: 0 }));

  expect([verdict, exit]).toEqual(["vacuous", 4]);
  expect(missed).toEqual(["no call was made"]);
});

test("a given trace of a machine is tried, and its calls are counted", async () => {
  const trace = { config: { frameCount: 4 }, calls: [SPACE, SPACE] };
  writeFileSync(join(directory, "given.trace.jsonl"), formatMachineTrace(trace));
  const given = { traces: ["given.trace.jsonl"], runs: 0 };

  const { verdict, traces, calls } = await checkMachine(optionsFor(plain, given));

  expect(verdict).toBe("passed");
  expect(traces).toEqual([{ path: "given.trace.jsonl", calls: 2, skipped: 1 }]);
  expect([calls.executed, calls.skipped]).toEqual([1, 1]);
});

test("a machine that is wrong is told in the fewest calls", async () => {
  const { verdict, exit, violation, rules } = await checkMachine(optionsFor(hasty));

  expect([verdict, exit]).toEqual(["violated", 1]);
  expect(violation?.calls.map(({ call }) => call)).toEqual(["space", "start", "map", "release"]);
  expect(violation?.isReplayed).toBe(true);
  expect(rules["frame-let-go"]).toBe("violated");
});

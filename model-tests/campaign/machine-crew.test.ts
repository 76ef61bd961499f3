/** Machines on a watched thread: they answer as on this one, and what never returns is told like anything else. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plainMachine } from "../machine/toys/plain-machine.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { checkMachine } from "./check-machine.ts";
import { exploreMachineScope } from "./explore-machine.ts";
import { LocalMachineExecutor } from "./local-machine-executor.ts";
import { machineCrew } from "./machine-crew.ts";
import type { MachineExecutor } from "./machine-executor.ts";
import { machineScopeNamed } from "./machine-scopes.ts";
import { replayMachine } from "./replay-machine.ts";

const PLAIN = new URL("../../dist/model-tests/machine/toys/plain-machine.js", import.meta.url).href;
const LIMIT_MS = 200;

/** Machines that never return from something, as the body of a class. */
const BODIES = {
  borrowing: "borrow() { for (;;); }",
  making: "constructor(...given) { super(...given); for (;;); }",
  // Gives frames back too early, if there are two of them; with one, it hangs.
  hasty: `takeDown(mapping) {
    while (mapping.frames.length === 1);
    super.giveBackFrames(mapping);
    return super.takeDown(mapping);
  }
  giveBackFrames() {}`,
} as const;

let directory = "";

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ariadne-crew-"));
  for (const [name, body] of Object.entries(BODIES)) {
    const module = `import { PlainMachine } from "${PLAIN}";
class Wrong extends PlainMachine { ${body} }
export default { name: "${name}", createMachine: (...given) => new Wrong(...given) };`;
    writeFileSync(join(directory, `${name}.mjs`), module);
  }
  writeFileSync(join(directory, "heap.mjs"), "export default { name: 'createMachine' };");
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Lets `work` use the machine `reference` on a watched thread. */
async function withCrew<Value>(
  reference: string,
  work: (crew: MachineExecutor) => Promise<Value>,
  signal?: AbortSignal,
): Promise<Value> {
  const stop = signal === undefined ? {} : { signal };
  const crew = await machineCrew({ reference, directory, callTimeoutMs: LIMIT_MS, ...stop });
  if (crew === undefined) throw new Error(`${reference} is no machine`);
  try {
    return await work(crew);
  } finally {
    await crew.close();
  }
}

function scopeNamed(name: string) {
  const scope = machineScopeNamed(name);
  if (scope === undefined) throw new Error(`there is no scope ${name}`);
  return scope;
}

test("a run of a machine is the same on a watched thread and on this one", async () => {
  const [seed, count] = [7, 60];
  const machineScope = {
    frameCount: 20,
    coreCount: 2,
    spaceCount: 2,
    firstPage: 510,
    pageCount: 6,
    mappedMax: 4,
  };
  const here = new LocalMachineExecutor({ name: "plain", make: plainMachine });
  const tasks = [0, 1, 2].map((run) => ({ scope: machineScope, seed, run, count }));

  const watched = await withCrew("plain-machine", (crew) =>
    Promise.all(tasks.map((task) => crew.makeRun(task))),
  );

  expect(watched).toEqual(await Promise.all(tasks.map((task) => here.makeRun(task))));
});

test("a call of a machine that never returns is found, made short, and replayed", async () => {
  const reference = "./borrowing.mjs";
  const options = { reference, directory, seed: 3, runs: 5, calls: 60 };

  const report = await withCrew(reference, (machine) => checkMachine({ machine, ...options }));
  const { violation } = report;
  const rule = violation?.rule ?? "";
  const trace = { config: { frameCount: 8 }, calls: violation?.calls ?? [], rule };
  const again = await withCrew(reference, (machine) =>
    replayMachine({ machine, reference, path: "", trace }),
  );

  expect([report.verdict, report.exit]).toEqual(["violated", 1]);
  expect(violation).toMatchObject({ rule: "machine-call-returns", isReplayed: true });
  expect(violation?.reason).toBe("the call did not end");
  expect(violation?.calls.at(-1)?.call).toBe("borrow");
  expect(violation?.calls.length).toBeLessThanOrEqual(4);
  expect(again.violation?.rule).toBe("machine-call-returns");
});

test("an exploration finds the fewest calls that lead to one which never returns", async () => {
  const reference = "./borrowing.mjs";
  const scope = scopeNamed("run");

  const report = await withCrew(reference, (machine) =>
    exploreMachineScope({ machine, reference, directory, scope }),
  );

  expect(report).toMatchObject({ verdict: "violated", exit: 1, result: { isClosed: false } });
  expect(report.violation?.rule).toBe("machine-call-returns");
  expect(report.violation?.calls.map(({ call }) => call)).toEqual([
    "space",
    "start",
    "map",
    "borrow",
  ]);
});

test("an exploration that is stopped in the middle says how far it came", async () => {
  const reference = "machine";
  const stopping = new AbortController();
  const scope = scopeNamed("run");

  const report = await withCrew(
    reference,
    (machine) => {
      setTimeout(() => stopping.abort(), 1500);
      return exploreMachineScope({ machine, reference, directory, scope, depth: 100 });
    },
    stopping.signal,
  );

  expect(report).toMatchObject({ verdict: "interrupted", exit: 130 });
  expect(report.result.isClosed).toBe(false);
  expect(report.result.states).toBeGreaterThan(1);
  expect(report.violation).toBeUndefined();
});

test("calls that are shorter and never return are passed by on the way to a short story", async () => {
  const reference = "./hasty.mjs";
  const rights = { isWritable: false, isExecutable: false };
  const calls = [
    { call: "space", id: 1 },
    { call: "start", core: 0, space: 1 },
    { call: "interrupt", core: 0 },
    { call: "map", id: 1, space: 1, count: 3, rights },
    { call: "release", id: 2, core: 0, of: 1 },
  ] as const;
  const broken = { name: "frame-let-go", claim: "" };
  const failure = { config: { frameCount: 9 }, calls, broken };

  const shrunk = await withCrew(reference, (crew) => crew.makeShorter(failure, 1000));

  expect(shrunk?.failure.broken.name).toBe("frame-let-go");
  expect(shrunk?.failure.calls.map(({ call }) => call)).toEqual([
    "space",
    "start",
    "map",
    "release",
  ]);
  expect(shrunk?.failure.calls).toContainEqual({ call: "map", id: 0, space: 0, count: 2, rights });
});

test("a machine that is never there is no subject, and a heap is none of these", async () => {
  const making = withCrew("./making.mjs", (crew) => crew.explore(scopeNamed("page").scope, 2));

  await expect(making).rejects.toThrow(UnusableSubject);
  expect(await machineCrew({ reference: "./heap.mjs", directory })).toBeUndefined();
  expect(await machineCrew({ reference: "block", directory })).toBeUndefined();
});

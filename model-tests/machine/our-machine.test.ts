import { describe, expect, test } from "vitest";
import { MACHINE_CALL_RULES, MACHINE_RULES } from "#spec";
import type { MachineScope } from "./machine-driver.ts";
import type { MachineMaker } from "./machine-subject.ts";
import { OurMachine } from "./our-machine.ts";
import { runMachineCalls, runRandomMachine } from "./run-machine.ts";

const SEED = 0xcafe;
const RUNS = 30;
const CALLS = 120;

const SCOPES: readonly MachineScope[] = [1, 2, 3, 4].map((coreCount) => ({
  frameCount: 20 + 6 * coreCount,
  coreCount,
  spaceCount: 2,
  firstPage: 3 * 512 - 6,
  pageCount: 12,
  mappedMax: 5,
}));

const RULES: readonly string[] = [...MACHINE_RULES, ...MACHINE_CALL_RULES].map(({ name }) => name);

/** Our machine, all of whose frames are gone through whenever nothing is under way. */
const audited: MachineMaker = (listener, config) => {
  const machine = new OurMachine(listener, config);
  return {
    perform: (call) => machine.perform(call),
    underWay: () => machine.underWay(),
    look: () => {
      if (machine.underWay().length === 0) machine.audit();
      return machine.look();
    },
  };
};

describe("our machine breaks no rule and no invariant, and every frame is somebody's", () => {
  test.each(SCOPES)("with $coreCount cores", (scope) => {
    const reached = new Set<string>();
    const observer = { reached: (name: string) => void reached.add(name) };

    const runs = Array.from({ length: RUNS }, (_, run) =>
      runRandomMachine(audited, scope, SEED, run, CALLS, {}, { observer }),
    );

    expect(runs.find(({ broken }) => broken !== undefined)?.broken).toBeUndefined();
    expect(runs.flatMap(({ session }) => session.brokenInvariant() ?? [])).toEqual([]);
    expect([...reached].sort()).toEqual(RULES.toSorted());
  });
});

test("our machine breaks no rule if frames are not given, whenever that is", () => {
  const [, scope] = SCOPES;
  if (scope === undefined) throw new Error("there is a scope");

  const runs = Array.from({ length: RUNS }, (_, run) =>
    runRandomMachine(audited, scope, SEED, run, CALLS, { failAt: 2 + run }),
  );

  expect(runs.find(({ broken }) => broken !== undefined)?.broken).toBeUndefined();
});

test("a run is the same whenever it is made", () => {
  const [scope] = SCOPES.slice(-1);
  if (scope === undefined) throw new Error("there is a scope");

  const played = [1, 2].map(() => runRandomMachine(audited, scope, SEED, 7, CALLS).played);

  expect(played[0]).toEqual(played[1]);
});

test("pages that own their frames are not joined with pages that borrow theirs", () => {
  const rights = { isWritable: true, isExecutable: false };
  const { played, session } = runMachineCalls(audited, { frameCount: 32 }, [
    { call: "space", id: 1 },
    { call: "map", id: 1, space: 1, count: 1, rights },
    ...Array.from({ length: 3 }, () => ({ call: "step", of: 1 }) as const),
    { call: "borrow", id: 2, of: 1, space: 1, rights },
    ...Array.from({ length: 3 }, () => ({ call: "step", of: 2 }) as const),
    { call: "merge", id: 3, of: 1, with: 2 },
  ]);

  expect(played.at(-1)?.answer).toEqual({ kind: "refused", reason: "not-alike" });
  expect(session.broken).toBeUndefined();
});

/**
 * Toys test the rules. Each breaks one, in the fewest calls, and not before the last of them; and where the
 * rule is taken away it breaks none, or the one that says in other words that something is wrong. So no
 * rule can be lost without a test that fails.
 */
import { expect, test } from "vitest";
import { MACHINE_CALL_RULES, MACHINE_RULES } from "#spec";
import type { MachineFailure } from "../../campaign/machine-failures.ts";
import { tryMachine } from "../../campaign/machine-trial.ts";
import { shortenMachine } from "../../campaign/shorten-machine.ts";
import type { MachineCall } from "../machine-call.ts";
import type { MachineJudges } from "../machine-session.ts";
import type { MachineMaker } from "../machine-subject.ts";
import { runRandomMachine } from "../run-machine.ts";
import { MACHINE_TOYS, type MachineToy, TOY_FRAMES } from "./machine-toys.ts";
import { plainMachine } from "./plain-machine.ts";

const SEED = 0x0a71;
const RUNS = 300;
const SCOPE = {
  frameCount: 14,
  coreCount: 2,
  spaceCount: 2,
  firstPage: 510,
  pageCount: 6,
  mappedMax: 4,
};

const named = (toy: MachineToy): [string, MachineToy] => [`${toy.name} breaks ${toy.rule}`, toy];

/** The rule that `calls` break, and in which call. */
function found(
  make: MachineMaker,
  calls: readonly MachineCall[],
  judges: MachineJudges = {},
): { readonly rule: string | undefined; readonly at: number } {
  const { broken, plays } = tryMachine(make, { frameCount: TOY_FRAMES }, calls, judges);
  return { rule: broken?.name, at: plays.length - 1 };
}

/** The first random runs of a toy that break its rule. */
function firstRunsOf({ rule, make }: MachineToy): readonly MachineFailure[] {
  const failures: MachineFailure[] = [];
  for (let run = 0; run < RUNS && failures.length < 3; run++) {
    const { config, played, broken } = runRandomMachine(make, SCOPE, SEED, run, 100);
    if (broken?.name !== rule) continue;
    failures.push({ config, calls: played.map(({ call }) => call), broken });
  }
  return failures;
}

test("every rule of a machine has a toy", () => {
  const rules = [...MACHINE_RULES, ...MACHINE_CALL_RULES].map(({ name }) => name);

  expect([...new Set(MACHINE_TOYS.map(({ rule }) => rule))].sort()).toEqual(rules.sort());
});

test("the plain machine breaks no rule and no invariant, and puts every rule to the test", () => {
  const reached = new Set<string>();
  const observer = { reached: (name: string) => void reached.add(name) };

  const runs = Array.from({ length: RUNS }, (_, run) =>
    runRandomMachine(plainMachine, SCOPE, SEED, run, 100, {}, { observer }),
  );

  expect(runs.find(({ broken }) => broken !== undefined)?.broken).toBeUndefined();
  expect(runs.flatMap(({ session }) => session.brokenInvariant() ?? [])).toEqual([]);
  expect([...reached].sort()).toEqual(
    [...MACHINE_RULES, ...MACHINE_CALL_RULES].map(({ name }) => name).sort(),
  );
});

test.each(MACHINE_TOYS.map(named))("%s in its last call", (_, { rule, make, calls }) => {
  const first = found(make, calls);

  expect(first).toEqual({ rule, at: calls.length - 1 });
  expect(found(plainMachine, calls).rule).toBeUndefined();
});

test.each(MACHINE_TOYS.map(named))("%s, and needs every call for it", (_, { make, calls }) => {
  const shorter = calls.map((_call, index) => calls.filter((_one, place) => place !== index));

  const rules = shorter.map((fewer) => found(make, fewer).rule);

  expect(rules).toEqual(calls.map(() => undefined));
});

test.each(MACHINE_TOYS.map(named))("%s, and not without the rule", (_, toy) => {
  const { rule, make, calls, otherwise } = toy;
  const rules = MACHINE_RULES.filter(({ name }) => name !== rule);
  const callRules = MACHINE_CALL_RULES.filter(({ name }) => name !== rule);

  const next = found(make, calls, { rules, callRules });

  expect(next.rule).toBe(otherwise);
});

test.each(MACHINE_TOYS.map(named))("%s in random runs, and in no more calls", (_, toy) => {
  const found = firstRunsOf(toy);

  const shrunk = found.flatMap((failure) => shortenMachine(toy.make, failure, 4000) ?? []);

  expect(new Set(shrunk.map(({ failure }) => failure.broken.name))).toEqual(new Set([toy.rule]));
  expect(Math.min(...shrunk.map(({ failure }) => failure.calls.length))).toBe(toy.calls.length);
});

/**
 * Toys test the rules. Each breaks one, and a campaign must name that one, tell it in the fewest
 * calls, and find nothing once the rule is taken away: so no rule can be lost without a test that fails.
 */
import { expect, test } from "vitest";
import { RULES, SYSTEM_REQUEST_RULES, SYSTEM_RULES } from "#spec";
import {
  type RunOptions,
  type RunOutcome,
  rulesWithout,
  runCalls,
  runGenerated,
} from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
import { shrink } from "../shrink/shrink.ts";
import type { Subject } from "../subject/subject.ts";
import { plainHeap } from "./plain-heap.ts";
import { TOYS, type Toy } from "./toys.ts";
import { twoHeaps } from "./two-heaps.ts";

const SEED = 0x0a71;
const RUNS = 300;
/** A system needs longer runs: it is rarely told to switch. */
const callsFor = ({ cores }: Subject): number => (cores === undefined ? 100 : 400);

/** The first run that fails, of `runs`. */
async function campaign(
  subject: Subject,
  runs: number,
  options: RunOptions = {},
): Promise<RunOutcome | undefined> {
  for (let run = 0; run < runs; run++) {
    const limits = { calls: callsFor(subject) };
    const outcome = await runGenerated(subject, SEED, run, limits, options);
    if (outcome.violation !== undefined) return outcome;
  }
  return undefined;
}

const fast = TOYS.filter(({ isHanging }) => !isHanging);
const named = (toy: Toy): [string, Toy] => [`${toy.subject.name} breaks ${toy.rule}`, toy];

test("every rule has a toy", () => {
  const rules = [...RULES, ...SYSTEM_RULES, ...SYSTEM_REQUEST_RULES].map(({ name }) => name);

  expect([...new Set(TOYS.map(({ rule }) => rule))].sort()).toEqual(rules.sort());
});

test.each([plainHeap, twoHeaps])("$name breaks no rule", async (subject) => {
  const tally = new Tally();

  const outcome = await campaign(subject, 2000, { tally });

  expect(outcome?.violation).toBeUndefined();
  expect(tally.calls.executed).toBeGreaterThan(50_000);
});

test.each(fast.map(named))("%s, and its story has the fewest calls", async (_, toy) => {
  const options = { systemRules: SYSTEM_RULES };
  const found = await campaign(toy.subject, RUNS, options);
  expect(found?.violation?.rule.name).toBe(toy.rule);

  const shrunk = await shrink(found as RunOutcome, async ({ config, calls }) => {
    const tally = new Tally();
    const { violation } = await runCalls(toy.subject, config, calls, { ...options, tally });
    return { violation, skipped: tally.calls.skipped };
  });

  expect(shrunk?.violation.rule.name).toBe(toy.rule);
  expect(shrunk?.calls.length).toBe(toy.calls);
  expect(shrunk?.isShortest).toBe(true);
});

test.each(fast.map(named))(
  "%s, and no other rule",
  async (_, { rule, subject, alsoBreaks = [] }) => {
    const systemRules = SYSTEM_RULES.filter(({ name }) => name !== rule);
    const requestRules = SYSTEM_REQUEST_RULES.filter(({ name }) => name !== rule);
    const options = { rules: rulesWithout(rule), systemRules, requestRules };

    const found = await campaign(subject, RUNS, options);

    expect([undefined, ...alsoBreaks]).toContain(found?.violation?.rule.name);
  },
);

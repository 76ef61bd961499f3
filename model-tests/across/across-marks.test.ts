/**
 * Everything that a combination heap can get into is got into, under the judge: by random calls, or, where
 * these come to it seldom or never, by calls that lead there. What is counted is printed.
 */
import { afterAll, describe, expect, test } from "vitest";
import { BLOCK_ALLOCATOR_MARKS, COMBINATION_MARKS, ZONE_MARKS } from "#impl";
import { check } from "../campaign/check.ts";
import { Tally } from "../conformance/tally.ts";
import { acrossSubject, type Switching } from "./across-subjects.ts";
import { DIRECTED_SITUATIONS, judgedSituation } from "./directed-situations.ts";

const MARKS = [...ZONE_MARKS, ...BLOCK_ALLOCATOR_MARKS, ...COMBINATION_MARKS];
const RUNS = 60;

// biome-ignore format: a table
const CAMPAIGNS: readonly (readonly [cores: number, switching: Switching, memoryBytes: number])[] = [
  [1, "when told",   4 * 1024],
  [1, "never",      64 * 1024],
  [2, "at once",     4 * 1024],
  [2, "when told", 256 * 1024],
  [3, "when told",  64 * 1024],
  [4, "at once",   256 * 1024],
  [4, "when told",  16 * 1024],
  [8, "at once",    64 * 1024],
  [8, "when told",     2 ** 20],
];

const all = new Tally();

describe("random calls", () => {
  test.each(CAMPAIGNS)("on %d cores, switched %s, of %d bytes break no rule", async (...each) => {
    const [cores, switching, memoryBytes] = each;
    const subject = acrossSubject(cores, switching);

    const { verdict, violation, ...report } = await check({
      subject,
      seed: 0xac,
      runs: RUNS,
      memoryBytes,
    });

    expect(violation).toBeUndefined();
    expect(verdict).toBe("passed");
    for (const [mark, times] of Object.entries(report.marks)) count(all, mark, times);
    expect(report.rules["reclaims-everything"]).toBe("held");
  });
});

describe("calls that lead there", () => {
  test.each(DIRECTED_SITUATIONS)("reach $name", async (situation) => {
    const { tally, violation, answers } = await judgedSituation(situation);
    const reached = Object.keys(situation.marks).map((mark) => [mark, tally.markCount(mark)]);
    const untested = (situation.rules ?? []).filter((rule) => tally.ruleCount(rule) === 0);

    expect(violation).toBeUndefined();
    expect(answers).toEqual(situation.answers ?? answers);
    expect(Object.fromEntries(reached)).toEqual(situation.marks);
    expect(untested).toEqual([]);
    for (const mark of MARKS) count(all, mark, tally.markCount(mark));
  });
});

test("every mark is reached", () => {
  const unreached = MARKS.filter((mark) => all.markCount(mark) === 0);

  expect(new Set(MARKS).size).toBe(MARKS.length);
  expect(unreached).toEqual([]);
});

afterAll(() => {
  const lines = MARKS.map((mark) => `${mark.padEnd(44)}${String(all.markCount(mark)).padStart(8)}`);
  process.stdout.write(`${lines.join("\n")}\n`);
});

function count(tally: Tally, mark: string, times: number): void {
  tally.add({ ...new Tally().toData(), marks: { [mark]: times } });
}

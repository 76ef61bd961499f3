/** Comparisons: what is the same never differs, what is wasted is seen, and what is broken is named. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { compareReportSchema } from "../report/compare-report-schema.ts";
import { compareText } from "../report/compare-text.ts";
import type { Subject } from "../subject/subject.ts";
import { combinationSubject } from "../subjects/combination.ts";
import { overlappingAllocator } from "../toys/overlapping-allocator.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { parseBaseline } from "./baseline.ts";
import { parseBudget } from "./budget.ts";
import { compare, measureBaseline } from "./compare.ts";
import type { CompareReport } from "./compare-report.ts";
import { ratioOf } from "./race.ts";

/** Never uses a byte twice, and leaves `percent` more behind each block than it was asked for. */
function wasting(percent: number): Subject {
  return {
    name: `wasting-${percent}`,
    create: ({ memoryBytes }) => {
      let next = 64;
      let owed = 0;
      return {
        alloc: (size) => {
          const placed = next;
          owed += size * percent;
          next += size + Math.floor(owed / 100);
          owed %= 100;
          return placed;
        },
        dealloc: () => {},
        extent: () => [{ start: 64, size: 100 * memoryBytes }],
      };
    },
  };
}

const small = { runs: 3, calls: 100, rounds: 0 };
const strict = ["peak=+0%", "fragmentation=+0%", "refused=+0"].map(parseBudget);

async function compared(
  base: Subject,
  candidate: Subject,
  ...budgets: readonly string[]
): Promise<CompareReport> {
  return await compare({
    base: { subject: base },
    candidate: { subject: candidate },
    budgets: budgets.map(parseBudget),
    ...small,
  });
}

test("a subject against itself keeps every budget, whatever the seed", async () => {
  for (let seed = 0; seed < 100; seed++) {
    const subject = seed % 2 === 0 ? plainHeap : twoHeaps;
    const sides = { base: { subject }, candidate: { subject } };

    const report = await compare({
      ...sides,
      seed,
      runs: 1,
      calls: 40,
      rounds: 0,
      budgets: strict,
    });

    expect([seed, report.verdict, report.exit]).toEqual([seed, "passed", 0]);
  }
});

test("six percent more are beyond a budget of five", async () => {
  const report = await compared(wasting(0), wasting(6), "peak=+5%");

  expect([report.verdict, report.exit]).toEqual(["over budget", 6]);
  expect(report.measures[0]?.worst?.trace).toMatch(/^run \d$/);
  expect(compareText(report)).toContain("+5% **exceeded**");
});

test("four percent more are within a budget of five", async () => {
  const report = await compared(wasting(0), wasting(4), "peak=+5%");

  expect([report.verdict, report.exit]).toEqual(["passed", 0]);
  const [{ base, candidate } = { base: 0, candidate: 0 }] = report.measures;
  expect(candidate / base).toBeGreaterThan(1.035);
});

test("whoever breaks a rule is named, with the shortest trace", async () => {
  const report = await compared(plainHeap, overlappingAllocator);

  expect([report.verdict, report.exit]).toEqual(["violated", 1]);
  expect(report.violation).toMatchObject({ side: "candidate", rule: "live-blocks-disjoint" });
  expect(report.violation?.calls.length).toBe(2);
  expect(compareText(report)).toContain("The candidate breaks a rule on run ");
});

test("what a simulated machine counts is compared, and is the same each time", async () => {
  const side = { subject: combinationSubject };
  const budgets = [parseBudget("memory-touches=+0%")];
  const short = { runs: 1, calls: 60, rounds: 0 };

  const report = await compare({ base: side, candidate: side, budgets, ...short });

  const touches = report.measures.find(({ name }) => name === "memory-touches");
  expect(touches?.base).toBeGreaterThan(1000);
  expect(touches?.base).toBe(touches?.candidate);
  expect(report.verdict).toBe("passed");
});

test("a saved baseline stands for the subject that it was made of", async () => {
  const baseline = await measureBaseline({ candidate: { subject: wasting(0) }, ...small });
  const base = parseBaseline(JSON.stringify(baseline), "baseline.json");

  const budgets = [parseBudget("peak=+5%")];
  const report = await compare({ base, candidate: { subject: wasting(6) }, budgets });

  expect([report.verdict, report.base.isSaved]).toEqual(["over budget", true]);
  expect(report.notes).toContain("the base is not here, so time is not compared");
});

test("a baseline of other calls is not compared with", async () => {
  const baseline = await measureBaseline({ candidate: { subject: plainHeap }, ...small });

  const other = compare({ base: { ...baseline, seed: 7 }, candidate: { subject: plainHeap } });

  await expect(other).rejects.toThrow("is not the trace that the baseline was made on");
});

// biome-ignore format: one budget a line.
test.each([
  ["peak",       "--budget takes a measure and how much more"],
  ["peak=-5%",   "--budget takes a measure and how much more"],
  ["speed=+5%",  "both have peak, fragmentation, refused, time, and no speed"],
  ["time=+5%",   "time is not compared: not asked for"],
])("the budget %s is refused in one sentence", async (text, sentence) => {
  const report = async () => await compared(plainHeap, plainHeap, text);

  await expect(report).rejects.toThrow(sentence);
});

test("the report keeps its schema, raced or not, passed or failed", async () => {
  const isValid = new Ajv2020().compile(compareReportSchema);
  const sides = { base: { subject: plainHeap }, candidate: { subject: wasting(9) } };
  const reports = [
    await compare({ ...sides, ...small, rounds: 2, budgets: [parseBudget("time=+900%")] }),
    await compared(wasting(0), wasting(9), "peak=+5%"),
    await compared(plainHeap, overlappingAllocator),
  ];

  for (const report of reports) {
    isValid(JSON.parse(JSON.stringify(report)));
    expect(isValid.errors).toBeNull();
    expect(compareText(report).split("\n").length).toBeLessThan(60);
  }
  expect(reports[0]?.measured.time?.ratio).toBeGreaterThan(0);
});

test("the interval of a ratio narrows as rounds agree, and one round says nothing", () => {
  const wide = ratioOf([0.1, -0.1, 0.2, -0.2]);
  const narrow = ratioOf([0.11, 0.1, 0.1, 0.09]);

  expect(wide.low).toBeLessThan(1);
  expect(wide.high).toBeGreaterThan(1);
  expect(narrow.low).toBeGreaterThan(1.08);
  expect(ratioOf([0.5]).low).toBe(0);
});

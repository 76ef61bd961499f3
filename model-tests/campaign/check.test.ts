import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkText } from "../report/check-text.ts";
import type { Subject } from "../subject/subject.ts";
import { blockSubject, holeListSubject } from "../subjects/reference.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { check } from "./check.ts";

const traces = (name: string): string[] => [
  fileURLToPath(new URL(`../traces/${name}.calls.gz`, import.meta.url)),
];

const HANGS_LATE = `
export default { name: "late", create: () => {
  let made = 0;
  let top = 64;
  const call = () => { made += 1; while (made === 30000); };
  return {
    alloc: (size) => { call(); top += 16; const at = top; top += size; return at; },
    dealloc: () => call(),
  };
} };`;

test.each([
  [blockSubject, "sqlite"],
  [blockSubject, "cpp-threads"],
  [holeListSubject, "sqlite"],
])("our own heaps keep every rule on recorded programs: %j on %s", async (subject, name) => {
  const report = await check({ subject, seed: 2, runs: 1, traces: traces(name) });

  expect(report.verdict).toBe("passed");
  expect(report.traces[0]?.calls).toBeGreaterThan(50_000);
  expect(report.traces[0]?.skipped).toBe(0);
});

test.each([blockSubject, holeListSubject, twoHeaps])(
  "%j is accused of nothing",
  async (subject) => {
    const report = await check({ subject, seed: 3, runs: 150 });

    expect([report.verdict, report.missed]).toEqual(["passed", []]);
  },
);

test("an allocator that fails now and then is not deterministic", async () => {
  let made = 0;
  const fickle: Subject = {
    name: "fickle",
    create: () => {
      made += 1;
      let next = 64;
      return {
        alloc: (size) => {
          if (size > 2 ** 20) return 0;
          const at = next;
          next += made === 2 ? 0 : size;
          return at;
        },
        dealloc: () => {},
      };
    },
  };

  const report = await check({ subject: fickle, seed: 1, runs: 5 });

  expect([report.verdict, report.exit]).toEqual(["nondeterministic", 5]);
  expect(report.once).toMatchObject({ rule: "live-blocks-disjoint", run: 0 });
  expect(checkText(report, false)).toMatch(
    /live-blocks-disjoint was broken once, by call \d+ of run 0: [\s\S]* --seed 0x1 --run 0\n/,
  );
});

test("a trace of which much is left out is vacuous", async () => {
  const deaf: Subject = { name: "deaf", create: () => ({ alloc: () => 0, dealloc: () => {} }) };

  const report = await check({ subject: deaf, seed: 1, runs: 1, traces: traces("sqlite") });

  expect([report.verdict, report.exit]).toEqual(["vacuous", 4]);
  expect(report.missed[0]).toContain("were skipped");
});

test("what is promised can be inferred, and is not assumed", async () => {
  const { promises, ...bare } = blockSubject;

  const report = await check({ subject: bare, seed: 1, runs: 5, infer: true });

  expect(promises).toBeDefined();
  expect(report.inferred).toMatchObject({ alignDefault: 8, zeroSize: "block", reclaims: true });
  expect(report.rules["reclaims-everything"]).toBe("not tested");
});

test("a call that does not end is named, however far into a recording it is", async () => {
  const directory = mkdtempSync(join(tmpdir(), "ariadne-"));
  writeFileSync(join(directory, "late.mjs"), HANGS_LATE);

  const report = await check({
    subject: "./late.mjs",
    directory,
    seed: 1,
    runs: 0,
    traces: traces("jq"),
    callTimeoutMs: 200,
  });

  rmSync(directory, { recursive: true });
  expect(report.verdict).toBe("violated");
  expect(report.violation?.rule).toBe("call-terminates");
  expect(report.traces[0]?.calls).toBe(30_000);
});

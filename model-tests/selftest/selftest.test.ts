/** Planted faults are found by the rules that they break, and a rule that is missing is missed. */
import { expect, test } from "vitest";
import { RULES, SYSTEM_REQUEST_RULES, SYSTEM_RULES } from "#spec";
import { CHANGES_TOLD } from "../conformance/system-watch.ts";
import { selftestText } from "../report/selftest-text.ts";
import type { Subject } from "../subject/subject.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { telling } from "../toys/telling-heaps.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { selftest } from "./selftest.ts";
import { SHIMS } from "./shims.ts";

/** The plain heap, which refuses requests of no bytes. */
const strictHeap: Subject = {
  name: "strict-heap",
  promises: { alignDefault: 8, zeroSize: "refused" },
  create: async (options) => {
    const heap = await plainHeap.create(options);
    const { dealloc } = heap;
    return { alloc: (size, ...rest) => (size === 0 ? 0 : heap.alloc(size, ...rest)), dealloc };
  },
};

/** The plain heap as an object of a class, which answers with promises and has hardly a method. */
const lateHeap: Subject = {
  name: "late-heap",
  promises: { alignDefault: 8 },
  create: async (options) => {
    const heap = await plainHeap.create(options);
    return new (class {
      readonly #heap = heap;

      async alloc(...words: Parameters<typeof heap.alloc>): Promise<unknown> {
        return this.#heap.alloc(...words);
      }

      async dealloc(...words: Parameters<typeof heap.dealloc>): Promise<unknown> {
        return this.#heap.dealloc(...words);
      }
    })();
  },
};

test("every fault is found on some subject, and never by a rule that it does not break", async () => {
  const found = new Set<string>();
  for (const subject of [plainHeap, telling(twoHeaps), strictHeap, lateHeap]) {
    const { shims, verdict } = await selftest({ subject });
    expect([subject.name, verdict]).toEqual([subject.name, "passed"]);
    for (const { shim, outcome } of shims) if (outcome === "caught") found.add(shim);
  }

  const names = SHIMS.map(({ name }) => name).filter((name) => name !== "never returns");
  expect([...found].sort()).toEqual(names.sort());
});

test("every rule has a fault that breaks it", () => {
  const rules = [...RULES, ...SYSTEM_RULES, ...SYSTEM_REQUEST_RULES, CHANGES_TOLD];

  const broken = new Set(SHIMS.map(({ rules: [first] }) => first));

  expect([...broken].sort()).toEqual(rules.map(({ name }) => name).sort());
});

test("a rule that is not asked leaves its faults uncaught", async () => {
  const report = await selftest({ subject: plainHeap, without: "zeroed-is-zero" });

  const missed = report.shims.filter(({ outcome }) => outcome === "missed");
  expect(missed.map(({ shim }) => shim)).toEqual(["zeroed block is dirty"]);
  expect([report.verdict, report.exit]).toEqual(["vacuous", 4]);
});

test("what a subject does not offer is named and is not caught", async () => {
  const { shims } = await selftest({ subject: lateHeap });

  const byName = new Map(shims.map((shim) => [shim.shim, shim]));
  expect(byName.get("byte of a block lost")).toMatchObject({
    outcome: "does not apply",
    reason: "no memory()",
  });
  expect(byName.get("never returns")?.reason).toContain("nobody can end a call");
  expect(byName.get("live block handed out again")?.outcome).toBe("caught");
});

test("a subject that breaks a rule as it is cannot be used", async () => {
  const broken: Subject = { ...plainHeap, create: () => ({ alloc: () => 65, dealloc: () => {} }) };

  const report = await selftest({ subject: broken });

  expect(report).toMatchObject({ verdict: "violated", exit: 1, shims: [] });
  expect(selftestText(report)).toContain("breaks block-aligned as it is");
});

test("a call that does not return is ended by those who watch, and told in one table", async () => {
  const report = await selftest({ subject: "block", workers: 2 });

  const hang = report.shims.find(({ shim }) => shim === "never returns");
  expect(hang).toMatchObject({ outcome: "caught", foundBy: "call-terminates" });
  expect(selftestText(report).split("\n").length).toBeLessThan(60);
  expect(report.exit).toBe(0);
});

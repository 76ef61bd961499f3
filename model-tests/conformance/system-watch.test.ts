import { describe, expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import type { Subject } from "../subject/subject.ts";
import { hidingHeaps, telling } from "../toys/telling-heaps.ts";
import { TOYS } from "../toys/toys.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { type RunOutcome, runCalls, runGenerated } from "./run.ts";
import { slabSystem } from "./slab-system.fixture.ts";
import { Tally } from "./tally.ts";
import type { Policy } from "./witness.ts";

const SEED = 0x5157;
const config = { memoryBytes: 4096, cores: 2 };

const alloc = (name: number, fields: Partial<TraceCall>): TraceCall =>
  traceCall({ kind: "alloc", name: blockName(name), size: 16, ...fields });

/** The first of so many runs that fails. */
async function campaign(
  subject: Subject,
  policy: Policy,
  tally: Tally = new Tally(),
): Promise<RunOutcome | undefined> {
  for (let run = 0; run < 200; run++) {
    const options = { policy, tally };
    const outcome = await runGenerated(subject, SEED, run, { calls: 400 }, options);
    if (outcome.violation !== undefined) return outcome;
  }
  return undefined;
}

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

describe("a system that is asked for less breaks the same rules", () => {
  const systems = TOYS.filter(({ subject }) => subject.cores !== undefined);

  test.each([twoHeaps, telling(twoHeaps)])("$name breaks none", async (subject) => {
    const tally = new Tally();

    expect((await campaign(subject, "neighbours", tally))?.violation).toBeUndefined();
    expect(tally.ruleCount("page-moves-empty")).toBeGreaterThan(100);
    expect(tally.ruleCount("pages-conserved")).toBeGreaterThan(1000);
    expect(tally.ruleCount("block-routed-home")).toBeGreaterThan(10_000);
  });

  test.each(systems)("$subject.name breaks $rule", async ({ subject, rule, alsoBreaks = [] }) => {
    const all = await campaign(subject, "neighbours");
    const told = await campaign(telling(subject), "neighbours");

    expect([rule, ...alsoBreaks]).toContain(all?.violation?.rule.name);
    // A page of two heaps is told as that of the second, and so only shows by its blocks.
    const shows = subject.name === "sharing-heaps" ? ["block-routed-home"] : [];
    expect([rule, ...alsoBreaks, ...shows]).toContain(told?.violation?.rule.name);
  });
});

test.each(["sweep", "neighbours"] as const)(
  "a system that hides a change of a page is caught, whatever else seems wrong: %s",
  async (policy) => {
    const found = await campaign(hidingHeaps, policy);

    expect(found?.violation?.rule.name).toBe("page-changes-told");
  },
);

test("a hidden change is found at the end of a run at the latest", async () => {
  const calls = [traceCall({ kind: "switch" }), alloc(0, { core: 1, size: 300 })];
  const hiding = telling(twoHeaps, () => false);

  const { violation } = await runCalls(hiding, config, calls, { policy: "neighbours" });
  const moved = [...calls.slice(0, 1), alloc(0, { core: 1 })];
  const found = await runCalls(hiding, config, moved, { policy: "neighbours" });

  expect(violation).toBeUndefined();
  expect(found.violation?.rule.name).toBe("page-changes-told");
});

test("how much is asked after a call does not depend on how much there is", async () => {
  const asked = { blocks: 0, pages: 0 };
  const counting: Subject = {
    ...slabSystem,
    create: async (options) => {
      const inner = await slabSystem.create(options);
      return {
        ...inner,
        ownerOf: (address) => {
          asked.blocks += 1;
          return inner.ownerOf?.(address);
        },
        pages: () => {
          asked.pages += 1;
          return inner.pages?.() ?? [];
        },
      };
    },
  };
  const live = 3000;
  const calls = Array.from({ length: 2 * live }, (_, index) => {
    if (index < live) return alloc(index, { size: 64, core: index % 4 });
    return traceCall({ kind: "dealloc", name: blockName(index - live), core: index % 3 });
  });

  const large = { memoryBytes: 2 ** 22, cores: 4 };
  const { violation } = await runCalls(counting, large, calls, { policy: "neighbours" });

  // Own block before or after, one in turn; all of them after 1, 2, 4 … calls and at the end.
  const looks = Math.floor(Math.log2(calls.length)) + 1;
  expect(violation).toBeUndefined();
  expect(asked.blocks).toBeLessThan(2 * calls.length + looks * live);
  expect(asked.pages).toBe(looks + 1);
});

test("a system whose pages turn out smaller keeps its blocks and its pages", async () => {
  const sizes = [8192, 4096];
  const pages = [{ start: 8192, size: 8192, owner: 0, used: 0 }];
  let next = 8192;
  const growing: Subject = {
    name: "growing",
    cores: 1,
    create: () => ({
      alloc: (size) => {
        const placed = next;
        next += size;
        const size2 = sizes[pages.length];
        if (placed >= 16_384 && size2 !== undefined) {
          pages.push({ start: 16_384, size: size2, owner: 0, used: 1 });
        }
        return placed;
      },
      dealloc: () => true,
      ownerOf: () => 0,
      pages: () => pages,
    }),
  };
  const calls = [
    alloc(0, { size: 8192 }),
    alloc(1, { size: 4096 }),
    traceCall({ kind: "dealloc", name: blockName(0) }),
  ];
  const tally = new Tally();

  const { violation } = await runCalls(growing, config, calls, { policy: "neighbours", tally });

  expect(violation).toBeUndefined();
  expect(tally.ruleCount("block-routed-home")).toBeGreaterThan(3);
});

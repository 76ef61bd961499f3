/** Witnesses of situations: the fewest calls that get there, and an honest answer where none do. */
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { Session } from "../conformance/session.ts";
import { Tally } from "../conformance/tally.ts";
import { witnessText } from "../report/witness-text.ts";
import type { Subject } from "../subject/subject.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { witness } from "./witness-mark.ts";

// biome-ignore format: one situation a line.
test.each([
  ["address used again",          plainHeap, 3],
  ["request refused",             plainHeap, 1],
  ["double-free tried",           plainHeap, 3],
  ["system switched",             twoHeaps,  1],
  ["heap closed",                 twoHeaps,  2],
  ["foreign-heap tried",          twoHeaps,  3],
] as const)("%s has a witness of the fewest calls", async (mark, subject, calls) => {
  const { found, verdict, exit } = await witness({ mark, subject, executions: 150 });

  expect([verdict, exit]).toEqual(["found", 0]);
  expect(found?.calls.length).toBe(calls);
  expect(await marksOf(subject, found)).toContain(mark);
});

test("a situation that a subject tells of has a witness as well", async () => {
  const telling: Subject = {
    ...plainHeap,
    create: async (options) => {
      const heap = await plainHeap.create(options);
      let frees = 0;
      const dealloc: typeof heap.dealloc = (...words) => {
        frees += 1;
        if (frees === 4) options.reached("four frees");
        return heap.dealloc(...words);
      };
      return { ...heap, dealloc };
    },
    promises: { alignMax: 64 },
  };

  const report = await witness({ mark: "four frees", subject: telling, executions: 300 });

  const kinds = report.found?.calls.map(({ kind }) => kind) ?? [];
  expect(kinds.filter((kind) => kind === "dealloc").length).toBe(4);
  expect(kinds.length).toBe(8);
});

test("a situation that does not come up is told as such, with those that did", async () => {
  const report = await witness({ mark: "pigs fly", subject: plainHeap, runs: 20 });

  expect([report.verdict, report.exit, report.found]).toEqual(["not found", 4, undefined]);
  const text = stripVTControlCharacters(witnessText(report));
  expect(text).toMatch(/^not found {2}pigs fly {2}plain-heap: not in 20 runs\n/);
  expect(text).toContain("address used again");
});

async function marksOf(
  subject: Subject,
  found: Awaited<ReturnType<typeof witness>>["found"],
): Promise<readonly string[]> {
  const tally = new Tally();
  const session = await Session.open(subject, found?.config ?? { memoryBytes: 0, cores: 1 }, {
    tally,
  });
  for (const call of found?.calls ?? []) await session.step(call);
  return Object.keys(tally.toData().marks);
}

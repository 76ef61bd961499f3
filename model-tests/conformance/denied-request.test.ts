import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import type { PageView, Promises, Subject, SubjectInstance } from "../subject/subject.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { hoardingHeaps } from "../toys/two-heaps-mutants.ts";
import { runCalls } from "./run.ts";
import { Tally } from "./tally.ts";

const CONFIG = { memoryBytes: 4096, cores: 2 };
const SWITCH = traceCall({ kind: "switch" });
const alloc = (name: number, core: number, size: number): TraceCall =>
  traceCall({ kind: "alloc", name: blockName(name), core, size });
const realloc = (size: number): TraceCall =>
  traceCall({ kind: "realloc", name: blockName(0), core: 1, size });

/** Heap 1 takes all eight pages and uses the first; core 0 then has none. */
const FIRST = [SWITCH, alloc(0, 1, 200)];

/** As many blocks as there are pages, and one more. */
const NINE = Array.from({ length: 9 }, (_, name) => alloc(name, name % 2, 200));

/** The hoarding heaps with some methods replaced. */
function hoardingWith(change: (inner: SubjectInstance) => Partial<SubjectInstance>): Subject {
  const create: Subject["create"] = async (options) => {
    const inner = await hoardingHeaps.create(options);
    return { ...inner, ...change(inner) };
  };
  return { ...hoardingHeaps, create };
}

/** Lists two pages in the place of each, once heap 1 has some. */
const halving = hoardingWith((inner) => ({
  pages: () => {
    const pages = inner.pages?.() ?? [];
    if (pages.every(({ owner }) => owner === 0)) return pages;
    return pages.flatMap((page): PageView[] => {
      const half = { ...page, size: page.size / 2 };
      return [half, { ...half, start: page.start + half.size }];
    });
  },
}));

// biome-ignore format: a table of promises of room, in bytes; one page has 256, and there are eight.
test.each<[string, number, number, number, number, string | undefined]>([
  ["a page that is free is used",               256, 256, 16, 2048, "room-is-used"],
  ["half a page is, where that is enough",      128, 256, 16, 2048, "room-is-used"],
  ["two pages in a row are",                    512, 256, 16, 2048, "room-is-used"],
  ["eight pages in a row are not there",       2048, 256, 16, 2048, undefined],
  ["eight pages more may be given",            2048, 256, 16, 4096, "room-is-used"],
  ["not quite eight pages more may be given",  2048, 256, 16, 4095, undefined],
  ["a request for too much may be refused",     256, 199, 16, 2048, undefined],
  ["one that is just not too much may not",     256, 200, 16, 2048, "room-is-used"],
  ["a request for more alignment may be",       256, 256,  8, 2048, undefined],
])("%s", async (_, span, size, align, capacity, rule) => {
  const room = { span, size, align, capacity };
  const promises = { ...(hoardingHeaps.promises as Promises), room };
  const calls = [...FIRST, { ...alloc(1, 0, 200), align: 16 }];

  const whole = await runCalls({ ...hoardingHeaps, promises }, CONFIG, calls);
  const halved = await runCalls({ ...halving, promises }, CONFIG, calls);

  expect(whole.violation?.rule.name).toBe(rule);
  expect(halved.violation?.rule.name).toBe(rule);
});

// biome-ignore format: one refusal a line.
test.each<[string, TraceCall, Promises["zeroSize"], string | undefined]>([
  ["a block that is to grow has room elsewhere",  realloc(201),       "block",   "room-is-used"],
  ["one that is to shrink may stay as it is",     realloc(199),       "block",   undefined],
  ["a block of no bytes needs room, if promised", alloc(1, 0, 0),     "block",   "room-is-used"],
  ["and may be refused, if not",                  alloc(1, 0, 0),     "any",     undefined],
])("%s", async (_, call, zeroSize, rule) => {
  const promises = { ...(hoardingHeaps.promises as Promises), ...(zeroSize && { zeroSize }) };
  const subject = { ...hoardingWith(() => ({ realloc: () => 0 })), promises };

  const { violation } = await runCalls(subject, CONFIG, [...FIRST, call]);

  expect(violation?.rule.name).toBe(rule);
});

test.each([
  [2175, undefined],
  [2176, "room-is-used"],
])("of %i bytes the heaps may have half a page more: %j", async (capacity, rule) => {
  const room = { span: 128, size: 256, align: 64, capacity };
  const subject = { ...twoHeaps, promises: { ...(twoHeaps.promises as Promises), room } };

  const { violation } = await runCalls(subject, CONFIG, [SWITCH, ...NINE]);

  expect(violation?.rule.name).toBe(rule);
});

test("a system whose every page is in use may refuse", async () => {
  const tally = new Tally();

  const { violation } = await runCalls(twoHeaps, CONFIG, [SWITCH, ...NINE], { tally });

  expect(violation).toBeUndefined();
  expect(tally.markCount("request refused")).toBe(1);
  expect(tally.ruleCount("room-is-used")).toBe(1);
});

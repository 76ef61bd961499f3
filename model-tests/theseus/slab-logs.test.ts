import { describe, expect, test } from "vitest";
import type { Contract } from "#spec";
import { alignment, bytes } from "#units";
import { heapRecords } from "./heap-records.ts";
import { replaySlab } from "./slab-replay.ts";

/** What a caller is owed in any case. */
const OWED: Contract = {
  alignMax: alignment(2 ** 20),
  alignDefault: alignment(1),
  alignBySize: false,
  reallocKeepsAlign: true,
  zeroSize: "any",
  reclaims: false,
  availability: undefined,
  rejects: [],
  extentKnown: true,
};
/** A page without a block serves any request, wherever in a free run it begins. */
const WHOLE_PAGES: Contract = {
  ...OWED,
  availability: { overhead: bytes(16_368), granule: bytes(8), minimum: bytes(8) },
};
/** A run within a page serves a small request: its 128 bytes of metadata and one slot come between. */
const WITHIN_PAGES: Contract = {
  ...OWED,
  availability: { overhead: bytes(128), granule: bytes(128), minimum: bytes(128) },
};

const scenario = (name: string) => {
  const found = heapRecords("scenarios-slab").find((log) => log.scenario === name);
  if (found === undefined) throw new Error("a scenario is in the log");
  return found.records;
};
const rejectionsOf = (name: string, contract: Contract): readonly (readonly [number, string])[] =>
  replaySlab(scenario(name), contract).rejections.map(({ step, rule }) => [step, rule]);

describe("the slab allocator of Theseus answers as the specification admits", () => {
  test.each([
    { file: "slab-1", calls: 25_419, refills: 529, retrieves: 30 },
    { file: "slab-2", calls: 25_120, refills: 208, retrieves: 35 },
    { file: "slab-3", calls: 24_975, refills: 80, retrieves: 16 },
  ])("in log $file, and no page without a block is kept from a request", ({ file, ...counts }) => {
    const [log] = heapRecords(file);

    const verdicts = replaySlab(log?.records ?? [], WHOLE_PAGES);

    expect(verdicts).toEqual({ ...counts, rejections: [] });
  });

  test("but a run within pages of other classes is, 1,081 times", () => {
    const [log] = heapRecords("slab-1");

    const { rejections } = replaySlab(log?.records ?? [], WITHIN_PAGES);

    expect(new Set(rejections.map(({ rule }) => rule))).toEqual(new Set(["refusal-justified"]));
    expect(rejections.length).toBe(1081);
  });
});

describe("a slab scenario is rejected exactly where it goes wrong", () => {
  test.each(["T-14a", "T-14b", "T-14c", "T-15b", "T-15c", "T-15d", "W-45", "order"])(
    "%s is admitted in full",
    (name) => {
      expect(rejectionsOf(name, OWED)).toEqual([]);
    },
  );

  // W-21: slots 4, 8, … of a page are free and aligned, and only slot 1 is looked at.
  test("an aligned request is refused on a page that is nearly free", () => {
    expect(rejectionsOf("T-14a", WITHIN_PAGES)).toEqual([[3, "refusal-justified"]]);
  });

  // W-31: the bit of another object is cleared, which is then granted again.
  test("after a free with a wrong layout a live object is granted again", () => {
    expect(rejectionsOf("T-15a", OWED)).toEqual([[32, "live-blocks-disjoint"]]);
  });

  test("a free with a wrong layout is not detected", () => {
    const contract: Contract = { ...OWED, rejects: ["wrong-layout"] };

    expect(rejectionsOf("T-15a", contract)[0]).toEqual([31, "misuse-rejected"]);
  });

  test("a double free is detected while the object is free", () => {
    expect(rejectionsOf("T-15b", { ...OWED, rejects: ["double-free"] })).toEqual([]);
  });

  test("a free of an inner address is detected", () => {
    expect(rejectionsOf("T-15c", { ...OWED, rejects: ["interior-pointer"] })).toEqual([]);
  });

  // W-31: the object belongs to somebody else by then, whose bit is cleared.
  test("after a double free that comes late a live object is granted again", () => {
    expect(rejectionsOf("T-15e", OWED)).toEqual([[7, "live-blocks-disjoint"]]);
  });

  // W-45: a bitmap of 512 bits has no room for the second half of the 8-byte slots.
  test("a request of 8 bytes is refused when half of its page is free", () => {
    expect(rejectionsOf("W-45", WITHIN_PAGES)[0]).toEqual([514, "refusal-justified"]);
  });
});

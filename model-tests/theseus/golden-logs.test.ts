import { describe, expect, test } from "vitest";
import type { Contract } from "#spec";
import { alignment, bytes } from "#units";
import { goldenLogs } from "./golden-log.ts";
import { replay } from "./golden-replay.ts";

const BLOCK: Contract = {
  alignMax: alignment(4096),
  alignDefault: alignment(8),
  alignBySize: false,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: false,
  availability: undefined,
  rejects: [],
  extentKnown: true,
};
const HOLE_LIST: Contract = {
  ...BLOCK,
  reclaims: true,
  availability: { overhead: bytes(33), granule: bytes(8), minimum: bytes(16) },
};

const log = (file: string) => {
  const [only] = goldenLogs(file);
  if (only === undefined) throw new Error("a log has a header");
  return only;
};

describe("the block allocator of Theseus answers as the specification admits", () => {
  test.each(["1m-1", "1m-2", "1m-3", "64k-1", "64k-2", "64k-3"])("in log %s", (series) => {
    const verdict = replay(log(`block-${series}.jsonl.gz`), BLOCK);

    expect(verdict).toEqual({ kind: "admitted", callCount: 25_000, statCount: 0 });
  });
});

describe("the hole list of Theseus answers as the specification admits", () => {
  test.each([
    { series: "1m-1", callCount: 27_114 },
    { series: "1m-2", callCount: 27_128 },
    { series: "64k-1", callCount: 25_399 },
  ])("in log $series", ({ series, callCount }) => {
    const verdict = replay(log(`hole-list-${series}.jsonl.gz`), HOLE_LIST);

    expect(verdict).toEqual({ kind: "admitted", callCount, statCount: 26 });
  });

  test("but not if it promised to need 9 bytes less", () => {
    const contract: Contract = {
      ...HOLE_LIST,
      availability: { overhead: bytes(24), granule: bytes(8), minimum: bytes(16) },
    };

    expect(replay(log("hole-list-1m-1.jsonl.gz"), contract)).toEqual({
      kind: "rejected",
      step: 24_830,
      rule: "refusal-justified",
    });
  });
});

describe("a scenario is rejected exactly where it goes wrong", () => {
  const scenario = (name: string) => {
    const found = goldenLogs("scenarios-block.jsonl.gz").find((each) => each.scenario === name);
    if (found === undefined) throw new Error("a scenario is in the log");
    return found;
  };
  const detectsDoubleFree: Contract = { ...BLOCK, rejects: ["double-free"] };
  const detectsWrongLayout: Contract = { ...BLOCK, rejects: ["wrong-layout"] };

  test.each(["T-17c", "T-17d", "T-17e", "T-17f", "T-17g"])("%s is admitted in full", (name) => {
    expect(replay(scenario(name), BLOCK).kind).toBe("admitted");
  });

  test("after a double free one address is live twice", () => {
    expect(replay(scenario("T-17a"), BLOCK)).toEqual({
      kind: "rejected",
      step: 5,
      rule: "live-blocks-disjoint",
    });
  });

  test("after a free with a wrong layout a block overlaps its neighbour", () => {
    expect(replay(scenario("T-17b"), BLOCK)).toEqual({
      kind: "rejected",
      step: 4,
      rule: "live-blocks-disjoint",
    });
  });

  test("a double free of a small block is not detected", () => {
    expect(replay(scenario("T-17a"), detectsDoubleFree)).toEqual({
      kind: "rejected",
      step: 3,
      rule: "misuse-rejected",
    });
  });

  test("a double free of a large block is detected", () => {
    expect(replay(scenario("T-17f"), detectsDoubleFree).kind).toBe("admitted");
  });

  test("a free with a wrong layout is not detected", () => {
    expect(replay(scenario("T-17b"), detectsWrongLayout)).toEqual({
      kind: "rejected",
      step: 3,
      rule: "misuse-rejected",
    });
  });

  test("a heap that is free again refuses what it could serve when it was new", () => {
    expect(replay(scenario("T-17c"), HOLE_LIST)).toEqual({
      kind: "rejected",
      step: 2050,
      rule: "refusal-justified",
    });
  });

  test("a heap that is free again serves its first request, which was of the same class", () => {
    expect(replay(scenario("T-17c"), { ...BLOCK, reclaims: true }).kind).toBe("admitted");
  });
});

import { describe, expect, test } from "vitest";
import { heapRecords } from "../heap-records.ts";
import { FrameAllocator } from "./frame-allocator.ts";
import { type Boxes, NO_BOXES } from "./free-chunks.ts";
import { Deadlock } from "./kernel-failure.ts";
import { type GrantedPages, PageAllocator } from "./page-allocator.ts";

const GENERAL = { first: 1025, last: 2048 };
const HEAP = { first: 4096, last: 8191 };

/** The areas of the original: the general one, then identity mappings, heap and text. */
const ORIGINAL_GENERAL = { first: 1025, last: 0xf_ffff_dfff_ffff };
const ORIGINAL_OTHERS = [
  { first: 0, last: 1024 },
  { first: 0xf_ffff_e800_0000, last: 0xf_ffff_efff_ffff },
  { first: 0xf_ffff_f800_0000, last: 0xf_ffff_ffff_ffff },
];

/** Boxes that cost nothing until `ask` is armed: then each asks whoever keeps them. */
function askingBoxes(): { readonly boxes: Boxes; arm(ask: () => void): void } {
  let ask: () => void = () => undefined;
  return {
    boxes: {
      allocate: () => {
        ask();
        return -1;
      },
      free: () => undefined,
    },
    arm: (next) => {
      ask = next;
    },
  };
}

describe("a box that makes its heap grow asks for a lock that is held", () => {
  test("when pages are dropped, T-07a", () => {
    const { boxes, arm } = askingBoxes();
    const pages = new PageAllocator([GENERAL, HEAP], boxes);
    const granted = pages.allocateAt(5000, 1);
    arm(() => pages.allocateAny(2));

    expect(() => pages.drop(granted ?? HEAP)).toThrow(Deadlock);
  });

  test("when what is left of a chunk of pages is listed, T-07b", () => {
    const { boxes, arm } = askingBoxes();
    const pages = new PageAllocator([GENERAL, HEAP], boxes);
    const granted = pages.allocateAny(1);
    arm(() => pages.allocateAny(2));

    expect(granted?.first).toBe(1025);
    expect(() => pages.finish(granted ?? { ...HEAP, rest: [] })).toThrow(Deadlock);
  });

  test("when what is left of a chunk of frames is listed, T-07c", () => {
    const { boxes, arm } = askingBoxes();
    const frames = new FrameAllocator({ first: 256, last: 4095 }, boxes);
    arm(() => frames.allocate());

    expect(() => frames.allocate()).toThrow(Deadlock);
  });
});

describe("pages are granted as the original grants them", () => {
  test("what just fits the general area comes from where the heaps grow", () => {
    const pages = new PageAllocator([GENERAL, HEAP], NO_BOXES);

    const granted = pages.allocateAny(1024);

    expect(granted?.first).toBe(4096);
  });

  test.each([
    { name: "T-01", weakness: "W-06", count: 7 },
    { name: "T-02", weakness: "W-03", count: 3 },
    { name: "T-06p", weakness: "W-02", count: 3 },
    { name: "T-06h", weakness: "W-02", count: 3 },
  ])("in scenario $name, which shows $weakness: $count of $count", ({ name, count }) => {
    const records = pageRecords(name);

    const answers = answersTo(records);

    const recorded = records.filter(({ call }) => call === "allocate").map(({ at }) => at);
    expect(answers).toEqual(recorded);
    expect(answers.length).toBe(count);
  });
});

interface PageRecord {
  readonly call: "allocate" | "split" | "drop" | "act" | "note";
  readonly id: number;
  readonly req: "any" | "at";
  readonly start: number;
  readonly n: number;
  readonly at: number | null;
  readonly pending?: true;
  readonly after: number;
  readonly first: number;
  readonly second: number;
}

function pageRecords(scenario: string): readonly PageRecord[] {
  const found = heapRecords("scenarios-chunks").find((log) => log.scenario === scenario);
  return (found?.records ?? []) as unknown as readonly PageRecord[];
}

/** Where each request is answered, by an allocator in the state in which the scenarios begin. */
function answersTo(records: readonly PageRecord[]): readonly (number | null)[] {
  const pages = new PageAllocator([ORIGINAL_GENERAL, ...ORIGINAL_OTHERS], NO_BOXES);
  const held = new Map<number, GrantedPages>();
  return records.flatMap((record): readonly (number | null)[] => {
    const { call, id, req, start, n } = record;
    const known = held.get(id);
    if (call === "allocate") {
      const granted = req === "any" ? pages.allocateAny(n) : pages.allocateAt(start, n);
      if (granted === undefined) return [null];
      if (record.pending !== true) pages.finish(granted);
      held.set(id, granted);
      return [granted.first];
    }
    if (known === undefined) return [];
    if (call === "act") pages.finish(known);
    if (call === "drop") pages.drop(known);
    if (call === "split") {
      const { first, last } = known;
      const middle = first + record.after;
      held.set(record.first, { first, last: middle - 1, rest: [] });
      held.set(record.second, { first: middle, last, rest: [] });
    }
    return [];
  });
}

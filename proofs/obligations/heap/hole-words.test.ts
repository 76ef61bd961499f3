/** The theorems about the words of a hole list, run on real memories that hold one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Granule } from "#impl";
import type { Address } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import {
  carvingKeepsTheFirst,
  carvingKeepsTheList,
  carvingTakesTheBlockOnly,
  carvingWritesHeadersOnly,
} from "./hole-carving-words.obligation.ts";
import {
  mergingFreesTheBlockOnly,
  mergingKeepsTheFirst,
  mergingKeepsTheList,
  mergingWritesHeadersOnly,
} from "./hole-merging-words.obligation.ts";
import {
  resizingKeepsTheFirst,
  resizingKeepsTheList,
  resizingMovesTheEndOnly,
  resizingWritesHeadersOnly,
} from "./hole-resizing-words.obligation.ts";
import { type ArbitraryList, lists } from "./list-in-memory.arbitrary.ts";

const RUNS = { seed: 1, numRuns: 1000 };

/** Whatever is chosen in a list is a number that is taken modulo what there is. */
const choices = fc.record({ pick: fc.nat(), one: fc.nat(80), other: fc.nat(80), at: fc.nat(90) });

interface Choices {
  readonly pick: number;
  readonly one: number;
  readonly other: number;
  readonly at: number;
}

describe("carving", () => {
  test.each([
    ["keeps the list", (s: Carved) => carvingKeepsTheList(s.list, s.carved, s.one, s.other)],
    ["keeps the first", (s: Carved) => carvingKeepsTheFirst(s.list, s.carved, s.first, s.other)],
    ["writes headers only", (s: Carved) => carvingWritesHeadersOnly(s.list, s.carved, s.at)],
    ["takes the block only", (s: Carved) => takesTheBlock(s)],
  ])("%s", (_, theorem) => {
    const property = fc.property(lists, choices, (list, choice) => {
      const scene = carvedOf(list, choice);

      expect(scene === undefined || isTrueOrVacuous(() => theorem(scene))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

describe("merging", () => {
  test.each([
    ["keeps the list", (s: Freed) => mergingKeepsTheList(s.list, s.freed, s.one, s.other)],
    ["keeps the first", (s: Freed) => mergingKeepsTheFirst(s.list, s.freed, s.first, s.other)],
    ["writes headers only", (s: Freed) => mergingWritesHeadersOnly(s.list, s.freed, s.at)],
    ["frees the block only", (s: Freed) => mergingFreesTheBlockOnly(s.list.holes, s.freed, s.one)],
  ])("%s", (_, theorem) => {
    const property = fc.property(lists, choices, (list, choice) => {
      const scene = freedOf(list, choice);

      expect(scene === undefined || isTrueOrVacuous(() => theorem(scene))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

describe("resizing", () => {
  test.each([
    ["keeps the list", (s: Resized) => resizingKeepsTheList(s.list, s.resized, s.one, s.other)],
    ["keeps the first", (s: Resized) => resizingKeepsTheFirst(s.list, s.resized, s.first, s.other)],
    ["writes headers only", (s: Resized) => resizingWritesHeadersOnly(s.list, s.resized, s.at)],
    ["moves the end only", (s: Resized) => resizingMovesTheEndOnly(s.list.holes, s.resized, s.one)],
  ])("%s", (_, theorem) => {
    const property = fc.property(lists, choices, (list, choice) => {
      const scene = resizedOf(list, choice);

      expect(scene === undefined || isTrueOrVacuous(() => theorem(scene))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

interface Named {
  readonly list: ArbitraryList["list"];
  readonly first: Granule;
  readonly one: Granule;
  readonly other: Granule;
  readonly at: Address;
}

interface Carved extends Named {
  readonly carved: Parameters<typeof carvingKeepsTheList>[1];
}

interface Freed extends Named {
  readonly freed: Parameters<typeof mergingKeepsTheList>[1];
}

interface Resized extends Named {
  readonly resized: Parameters<typeof resizingKeepsTheList>[1];
}

function namedOf({ list, holes }: ArbitraryList, { one, other, at }: Choices): Named {
  const starts = holes.map(([start]) => start);
  const some = (choice: number): Granule => starts[choice % 7] ?? (choice as Granule);
  const first = starts[0] ?? (0 as Granule);
  const word = (list.memory.start + 4 * (at % (list.memory.size / 4 || 1))) as Address;
  return { list, first, one: some(one), other: some(other), at: word };
}

function carvedOf(scene: ArbitraryList, choice: Choices): Carved | undefined {
  const { holes } = scene;
  const index = choice.pick % Math.max(1, holes.length);
  const hole = holes[index];
  if (hole === undefined) return undefined;
  const [start, size] = hole;
  const front = choice.one % 3 === 0 || size < 4 ? 0 : 2;
  const back = choice.other % 3 === 0 || size - front < 4 ? 0 : size - front - 2;
  const left = front > 0 ? (back > 0 ? "both" : "front") : back > 0 ? "back" : "nothing";
  const carved = {
    rank: index === 0 ? "first" : "later",
    left,
    below: holes[index - 1]?.[0] ?? start,
    hole: start,
    front: Math.max(2, front) as Granule,
    block: (size - front - back) as Granule,
    back: Math.max(2, back) as Granule,
  } as const;
  return { ...namedOf(scene, choice), carved };
}

function takesTheBlock({ list, carved, one }: Carved): boolean {
  const { hole, front, block, back, left } = carved;
  const before = left === "front" || left === "both" ? front : (0 as Granule);
  const after = left === "back" || left === "both" ? back : (0 as Granule);
  return carvingTakesTheBlockOnly(list.holes, hole, before, block, after, one);
}

/** The bytes between two holes, or those at either end. */
function gapOf({ list, holes }: ArbitraryList, pick: number) {
  const index = pick % (holes.length + 1);
  const below = holes[index - 1];
  const above = holes[index];
  const from = below === undefined ? 0 : below[0] + below[1];
  const to = above?.[0] ?? list.count;
  return { below, above, from, to };
}

function freedOf(scene: ArbitraryList, choice: Choices): Freed | undefined {
  const { below, above, from, to } = gapOf(scene, choice.pick);
  const start = choice.one % 2 === 0 ? from : from + 1;
  const end = choice.other % 2 === 0 ? to : to - 1;
  if (end - start < 2) return undefined;
  const freed = {
    lower: below === undefined ? "none" : start === from ? "joined" : "apart",
    upper: above === undefined ? "none" : end === to ? "joined" : "apart",
    below: below?.[0] ?? (0 as Granule),
    above: above?.[0] ?? (0 as Granule),
    start: start as Granule,
    size: (end - start) as Granule,
  } as const;
  return { ...namedOf(scene, choice), freed };
}

function resizedOf(scene: ArbitraryList, choice: Choices): Resized | undefined {
  const { below, above, from, to } = gapOf(scene, choice.pick);
  const end = choice.other % 2 === 0 ? to : to - 1;
  const isJoined = above !== undefined && end === to;
  const room = isJoined ? to + above[1] : end;
  const newEnd = choice.one % 2 === 0 ? room : room - 2;
  if (end - from < 1 || newEnd <= from) return undefined;
  const resized = {
    lower: below === undefined ? "none" : "apart",
    upper: above === undefined ? "none" : isJoined ? "joined" : "apart",
    tail: newEnd === room ? "none" : "hole",
    below: below?.[0] ?? (0 as Granule),
    above: above?.[0] ?? (0 as Granule),
    start: from as Granule,
    end: end as Granule,
    newEnd: newEnd as Granule,
  } as const;
  return { ...namedOf(scene, choice), resized };
}

/** The theorems about the lists of spans, run on real columns that hold two of them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NONE, PlainColumn, type Rank, type SizeClassIndex, type Span } from "#impl";
import { finiteMap } from "#support";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { listsInColumns } from "./list-in-columns.arbitrary.ts";
import type { Head, ListInColumns } from "./list-in-columns.ts";
import * as steps from "./span-list.obligation.ts";
import * as meaning from "./span-list-meaning.obligation.ts";
import * as opening from "./span-opening.obligation.ts";

const RUNS = { seed: 1, numRuns: 500, maxSkipsPerRun: 1000 };
const INDEX = 3 as SizeClassIndex;
const HIGHEST = 99 as Rank;

/** Lists, and what a theorem names: a span of the list, a page that is in none, any two, any row. */
interface Scene {
  readonly lists: ListInColumns;
  readonly head: Head;
  readonly first: Span;
  readonly span: Span;
  readonly page: Span;
  readonly one: Span;
  readonly other: Span;
}

const rows = fc.nat(7).map((row) => row as Span);

const scenes: fc.Arbitrary<Scene> = fc
  .record({ drawn: listsInColumns, pick: fc.nat(), one: rows, other: rows })
  .map(({ drawn: { lists, spans, pages }, pick, one, other }) => {
    const first = spans[0] ?? one;
    const head: Head = { kind: spans.length === 0 ? "none" : "span", span: first };
    const span = spans[pick % Math.max(1, spans.length)] ?? one;
    return { lists, head, first, span, page: pages[0] as Span, one, other };
  });

/** The columns of a table that hold the list; the span to close is one of the class if `isOpen`. */
function tableOf({ lists, span }: Scene, isOpen: boolean) {
  const { next, previous, list } = lists;
  const classes = new PlainColumn(new Int32Array(next.length).fill(NONE));
  const zeros = () => new PlainColumn(new Int32Array(next.length));
  const [live, fresh, free] = [zeros(), zeros(), zeros()];
  if (isOpen) classes.write(span, INDEX);
  return { columns: { classes, live, fresh, free, next, previous }, list };
}

/** The same scene, but no span is in a list. */
function emptied(scene: Scene): Scene {
  return { ...scene, lists: { ...scene.lists, list: finiteMap([]) } };
}

// biome-ignore format: one theorem per line
describe("a list of spans", () => {
  test.each([
    ["linkingKeepsTheList", (s: Scene) => steps.linkingKeepsTheList(s.lists, s.head, s.page, HIGHEST, s.one, s.other)],
    ["unlinkingKeepsTheList", (s: Scene) => steps.unlinkingKeepsTheList(s.lists, s.first, s.span, s.one, s.other)],
    ["linkingLeavesOtherLists", (s: Scene) => steps.linkingLeavesOtherLists(s.lists, s.head, s.page, s.one, s.other)],
    ["unlinkingLeavesOtherLists", (s: Scene) => steps.unlinkingLeavesOtherLists(s.lists, s.first, s.span, s.one, s.other)],
    ["linkingWritesNeighboursOnly", (s: Scene) => steps.linkingWritesNeighboursOnly(s.lists, s.head, s.page, s.one)],
    ["unlinkingWritesNeighboursOnly", (s: Scene) => steps.unlinkingWritesNeighboursOnly(s.lists, s.first, s.span, s.one)],
    ["openingMakesOnlyThePageASpan", (s: Scene) => opening.openingMakesOnlyThePageASpan(tableOf(s, false), s.head, s.page, INDEX, s.other)],
    ["openingKeepsTheList", (s: Scene) => opening.openingKeepsTheList(tableOf(s, false), s.head, s.page, HIGHEST, INDEX, s.one, s.other)],
    ["closingMakesOnlyTheSpanAPage", (s: Scene) => opening.closingMakesOnlyTheSpanAPage(tableOf(s, true), s.first, s.span, INDEX, s.other)],
    ["closingKeepsTheList", (s: Scene) => opening.closingKeepsTheList(tableOf(s, true), s.first, s.span, INDEX, s.one, s.other)],
    ["spanNamesTheOneLinkedBefore", (s: Scene) => meaning.spanNamesTheOneLinkedBefore(s.lists, s.span, s.other)],
    ["spanNamesTheOneLinkedAfter", (s: Scene) => meaning.spanNamesTheOneLinkedAfter(s.lists, s.span, s.other)],
    ["spansHaveTheirOwnRanks", (s: Scene) => meaning.spansHaveTheirOwnRanks(s.lists, s.span, s.other)],
    ["spansWithTheirLinksAreAList", (s: Scene) => meaning.spansWithTheirLinksAreAList(s.lists, s.one, s.other)],
    ["emptySpanListHasNoFirst", (s: Scene) => meaning.emptySpanListHasNoFirst(emptied(s).lists, s.one, s.other)],
    ["firstSpanWasLinkedLast", (s: Scene) => meaning.firstSpanWasLinkedLast(s.lists, s.first, s.other)],
    ["spanLinkedLastIsTheFirst", (s: Scene) => meaning.spanLinkedLastIsTheFirst(s.lists.list, s.first, s.other)],
  ])("%s of real columns", (_, theorem) => {
    const property = fc.property(scenes, (scene) => {
      expect(isTrueOrVacuous(() => theorem(scene))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

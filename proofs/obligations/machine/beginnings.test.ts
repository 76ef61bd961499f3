/** The theorems about beginnings, run on machines that are drawn at random. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangeNumber, FrameNumber, PageName } from "#units";
import { Vacuous } from "../assume.ts";
import * as theorems from "./beginnings.obligation.ts";
import { aMachineAndMove } from "./machine.arbitrary.ts";

const DRAWN = fc.sample(fc.tuple(aMachineAndMove, fc.nat(2), fc.nat(2), fc.nat(4)), {
  seed: 1,
  numRuns: 1000,
});

type Drawn = (typeof DRAWN)[number];

const frame = (number: number): FrameNumber => number as FrameNumber;
const page = (number: number): PageName => number as PageName;

// biome-ignore format: one theorem per line
test.each<[string, (drawn: Drawn) => boolean]>([
  ["newFrameIsForNoPage", ([[state], one, two]) => theorems.newFrameIsForNoPage(state, frame(one), frame(two))],
  ["newPageShowsNothing", ([[state], one, two]) => theorems.newPageShowsNothing(state, page(one), page(two))],
  ["changesAreNumberedOneByOne", ([[state], one, , by]) => theorems.changesAreNumberedOneByOne(state, page(one), (state.nextChange + by) as ChangeNumber)],
  ["emptyMachineIsEmpty", ([, one, two]) => theorems.emptyMachineIsEmpty(frame(one), page(two))],
])("%s is true of the real functions", (_, theorem) => {
  expect(DRAWN.filter((drawn) => isFalse(() => theorem(drawn)))).toEqual([]);
});

/** Whether `theorem` speaks of its arguments, and is wrong. */
function isFalse(theorem: () => boolean): boolean {
  try {
    return !theorem();
  } catch (error) {
    if (error instanceof Vacuous) return false;
    throw error;
  }
}

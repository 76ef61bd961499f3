/** The theorems about the walk that runs, run on real memory whose tables may be their own entries. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accessMeaning,
  controlsMeaning,
  entriesTo,
  PageWalk,
  type PhysicalMemory,
  pathOf,
  pathTo,
} from "#impl";
import { walk } from "#spec";
import { type FrameNumber, pageContaining } from "#units";
import { outcomesOf } from "../../replay/theorem-property.ts";
import { accessBits, aSetup } from "./hardware.arbitrary.ts";
import { addresses, memories, rows, walks } from "./table-walk.arbitrary.ts";
import * as running from "./table-walk.obligation.ts";

const RUNS = { seed: 1, numRuns: 1000 };
const asked = fc.tuple(walks);
const ofRow = fc.tuple(walks, rows);

// biome-ignore format: one theorem per line
describe("a walk that runs, on real words", () => {
  test.each([
    ["answers what the specification does",         () => outcomesOf(fc.sample(asked, RUNS), running.runningWalkAnswersAsSpecified)],
    ["writes marks and nothing else",               () => outcomesOf(fc.sample(ofRow, RUNS), running.runningWalkWritesMarksOnly)],
    ["marks rightly",                               () => outcomesOf(fc.sample(asked, RUNS), running.runningWalkMarksRightly)],
    ["finds what may be kept",                      () => outcomesOf(fc.sample(fc.tuple(walks, fc.nat(2)), RUNS), running.runningWalkMayBeKept)],
    ["leaves two rows",                             () => outcomesOf(fc.sample(fc.tuple(fc.nat(3)), RUNS), running.foundRowsAreTwo)],
    ["keeps every entry",                           () => outcomesOf(fc.sample(ofRow, RUNS), running.runningWalkKeepsEveryEntry)],
  ])("%s", (_, outcomes) => {
    const count = outcomes();

    expect(count.false).toBe(0);
    expect(count.true).toBeGreaterThan(100);
  });
});

const root = 0 as FrameNumber;

test("what is read of words is what is read of bytes", () => {
  const law = fc.property(memories, addresses, accessBits, aSetup, (memory, at, access, setup) => {
    const [by, controls] = [accessMeaning(access), controlsMeaning(setup)];
    const ofWords = walk(pathOf(entriesTo(memory.words, root, at)), by, controls);
    const ofBytes = walk(pathTo(memory, root, pageContaining(at)), by, controls);

    expect(ofWords).toEqual(ofBytes);
  });

  fc.assert(law, { seed: 1, numRuns: 1000 });
});

test("some walks on such memory end at each level, and some at a fault", () => {
  const drawn = fc.sample(fc.tuple(walks, memories), { seed: 1, numRuns: 500 });
  const ends = drawn.map(([{ address, access, setup }, memory]) =>
    endOf(memory, address, access, setup),
  );

  expect([...new Set(ends)].toSorted()).toEqual(["fault", "leaf 1", "leaf 2", "leaf 3"]);
});

type Asked = running.AskedWalk;

function endOf(
  memory: PhysicalMemory,
  at: Asked["address"],
  access: Asked["access"],
  setup: Asked["setup"],
): string {
  const pageWalk = new PageWalk(memory, setup);
  try {
    return pageWalk.run(root, at, access) < 0 ? "fault" : `leaf ${pageWalk.level}`;
  } catch {
    return "fault";
  }
}

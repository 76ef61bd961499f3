/** The two indexes of live blocks, against the specification's finite map: what they are asked, they answer alike. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LiveBlocks, liveBlocks } from "#spec";
import { finiteMap } from "#support";
import { address, blockName, bytes, type Range } from "#units";
import { ExhaustiveChoices } from "../generate/choices.ts";
import { IntervalIndex } from "./interval-index.ts";
import { blockOf } from "./live-block.fixture.ts";
import { LogIndex } from "./log-index.ts";

const NOBODY = blockName(-1);

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

/** What can be asked about the addresses from `low` to `high`, answered as text. */
function answers(live: LiveBlocks, names: number, low: number, high: number): string {
  const found: unknown[] = [live.isEmpty()];
  for (let name = 0; name < names; name++) {
    found.push(live.has(blockName(name)) && live.at(blockName(name)));
  }
  for (let start = low; start < high; start++) {
    for (let count = 1; start + count <= high; count++) {
      for (let except = -1; except < names; except++) {
        found.push(live.overlapping(address(start), bytes(count), blockName(except)));
      }
    }
  }
  const middle = Math.floor((low + high) / 2);
  for (let count = 0; count <= high - low; count++) {
    found.push(live.hasFreeRun([range(low, high - low)], count));
    found.push(live.hasFreeRun([range(low, middle - low), range(middle + 1, 2)], count));
  }
  return JSON.stringify(found);
}

const change = fc.record({
  name: fc.nat(11),
  start: fc.nat(39),
  reach: fc.nat(6),
  isGone: fc.boolean(),
});

describe.each([
  ["of a campaign", () => new IntervalIndex()],
  ["of a log", () => new LogIndex()],
] as const)("the index %s", (_, create) => {
  test("answers as the specification does, for any three blocks within six bytes", () => {
    const choices = new ExhaustiveChoices();
    let states = 0;

    while (choices.nextRound()) {
      const index = create();
      let naive = liveBlocks(finiteMap());
      for (let name = 0; name < 3; name++) {
        const block = blockOf(name, choices.below(5), choices.below(3));
        if (naive.overlapping(block.start, block.reach, NOBODY)) continue;
        index.with(block);
        naive = naive.with(block);
      }
      const gone = blockName(choices.below(4));
      if (naive.has(gone)) {
        index.without(gone);
        naive = naive.without(gone);
      }
      expect(answers(index, 3, 0, 6)).toBe(answers(naive, 3, 0, 6));
      states += 1;
    }

    expect(states).toBe(15 ** 3 * 4);
  });

  test("answers as the specification does, after any changes", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const index = create();
        let naive = liveBlocks(finiteMap());
        for (const { name, start, reach, isGone } of changes) {
          const block = blockOf(name, start, reach);
          if (isGone && naive.has(block.name)) {
            index.without(block.name);
            naive = naive.without(block.name);
          } else if (reach === 0 || !naive.overlapping(block.start, block.reach, block.name)) {
            index.with(block);
            naive = naive.with(block);
          }
        }
        expect(answers(index, 12, 0, 46)).toBe(answers(naive, 12, 0, 46));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

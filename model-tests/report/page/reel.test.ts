import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TraceCall } from "#spec";
import { runGenerated } from "../../conformance/run.ts";
import { type FilmStep, HEAP_THINGS } from "../../film/film.ts";
import { filmHeap } from "../../film/film-heap.ts";
import { combinationSubject } from "../../subjects/combination.ts";
import { blockSubject } from "../../subjects/reference.ts";
import { Reel } from "./reel.ts";

const LIMITS = { calls: 120, skip: [] };

test.each([blockSubject, combinationSubject])(
  "at every step a reel shows the same, whichever way it came: $name",
  async (subject) => {
    const { config, calls } = await runGenerated(subject, 11, 3, LIMITS);
    const film = await filmHeap(subject, { config, calls, policy: "neighbours", isHung: false });
    const forward = new Reel(film);
    const shown = film.steps.map((_, index) => {
      forward.seek(index + 1);
      return stateOf(forward);
    });

    fc.assert(
      fc.property(fc.array(fc.nat(calls.length), { minLength: 1, maxLength: 12 }), (visits) => {
        const reel = new Reel(film);
        for (const visit of visits) reel.seek(visit);
        const at = visits.at(-1) ?? 0;
        if (at > 0) expect(stateOf(reel)).toEqual(shown[at - 1]);
        expect(reel.at).toBe(at);
      }),
      { seed: 1, numRuns: 30 },
    );
    expect(film.steps).toHaveLength(calls.length);
  },
);

test("a reel shows the blocks that the answers placed, where they placed them", async () => {
  let count = 0;
  for (let run = 0; run < 12; run++) {
    const { config, calls } = await runGenerated(blockSubject, 5, run, LIMITS);
    const half = calls.slice(0, Math.ceil(calls.length / 2));
    const task = { config, calls: half, policy: "neighbours", isHung: false } as const;
    const film = await filmHeap(blockSubject, task);

    const reel = new Reel(film);
    reel.seek(half.length);

    const blocks = reel.all(HEAP_THINGS.block).map(({ change }) => [change[1], change[3]]);
    expect(Object.fromEntries(blocks)).toEqual(placedBy(half, film.steps));
    count += blocks.length;
  }
  expect(count).toBeGreaterThan(20);
});

/** Where the blocks are by the answers alone. */
function placedBy(
  calls: readonly TraceCall[],
  steps: readonly FilmStep[],
): Readonly<Record<number, number>> {
  const placed = new Map<number, number>();
  for (const [index, { name, misuse }] of calls.entries()) {
    const [, answer] = steps[index] ?? ["", ""];
    if (misuse !== "none") continue;
    if (answer.startsWith("V0x")) placed.set(name, Number.parseInt(answer.slice(3), 16));
    if (answer === "released") placed.delete(name);
  }
  return Object.fromEntries(placed);
}

function stateOf(reel: Reel): unknown {
  return Object.values(HEAP_THINGS).map((kind) => reel.all(kind));
}

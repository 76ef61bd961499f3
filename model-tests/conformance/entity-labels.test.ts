import { expect, test } from "vitest";
import { favouringHeaps } from "../toys/favouring-heaps.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { firstUnlike } from "./entity-labels.ts";
import { runGenerated } from "./run.ts";

/** Entity 0 becomes 1, 1 becomes 2, 2 becomes 0. */
const turned = (entity: number): number => (entity + 1) % 3;

test("who calls makes no difference to a system that treats all alike", async () => {
  for (let run = 0; run < 40; run++) {
    const { config, calls, violation } = await runGenerated(twoHeaps, 11, run, { calls: 200 });

    expect(violation).toBeUndefined();
    expect(await firstUnlike(twoHeaps, config, calls, turned)).toBeUndefined();
  }
});

test("a system that puts one entity before the others keeps every rule, and is caught", async () => {
  const { config, calls, violation } = await runGenerated(favouringHeaps, 11, 2, { calls: 200 });

  const unlike = await firstUnlike(favouringHeaps, config, calls, turned);

  expect(violation).toBeUndefined();
  expect(unlike).toBeDefined();
  expect(await firstUnlike(favouringHeaps, config, calls, (entity) => entity)).toBeUndefined();
});

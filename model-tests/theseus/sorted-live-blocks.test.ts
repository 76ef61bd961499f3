import fc from "fast-check";
import { expect, test } from "vitest";
import { type Block, liveBlocks } from "#spec";
import { finiteMap } from "#support";
import { address, alignment, blockName, bytes } from "#units";
import { sortedLiveBlocks } from "./sorted-live-blocks.ts";

const EXTENT = [{ start: address(0), size: bytes(40) }];

const blockAt = (name: number, start: number, reach: number): Block => ({
  name: blockName(name),
  start: address(start),
  size: bytes(reach),
  align: alignment(1),
  reach: bytes(reach),
});

test("sorted live blocks answer every question as plain ones do", () => {
  const small = fc.integer({ min: 0, max: 36 });
  const steps = fc.record({
    start: small,
    reach: fc.integer({ min: 1, max: 6 }),
    drop: fc.nat(15),
  });
  const law = fc.property(fc.array(steps, { maxLength: 16 }), small, small, (wishes, at, count) => {
    let plain = liveBlocks(finiteMap());
    let sorted = sortedLiveBlocks();
    wishes.forEach(({ start, reach, drop }, name) => {
      const block = blockAt(name, start, reach);
      const isFree = !plain.overlapping(block.start, block.reach, block.name);
      if (isFree) [plain, sorted] = [plain.with(block), sorted.with(block)];
      if (!plain.has(blockName(drop))) return;
      [plain, sorted] = [plain.without(blockName(drop)), sorted.without(blockName(drop))];
    });

    const answers = [plain, sorted].map((live) => [
      live.isEmpty(),
      wishes.map((_, name) => live.has(blockName(name)) && live.at(blockName(name))),
      wishes.map((_, name) => live.overlapping(address(at), bytes(count), blockName(name))),
      live.hasFreeRun(EXTENT, count),
    ]);
    expect(answers[1]).toEqual(answers[0]);
  });

  fc.assert(law, { seed: 1, numRuns: 500 });
});

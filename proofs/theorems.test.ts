import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, judge, liveBlocks } from "#spec";
import { finiteMap } from "#support";
import { type Address, address, alignment, type BlockName, blockName, bytes } from "#units";
import { aStep, CONTRACT, UNSEEN } from "./obligations/heap/step.arbitrary.ts";
import { isTrueOrVacuous } from "./replay/theorem-property.ts";
import { stepKeepsBlocksApart } from "./theorems.ts";

describe("any two live blocks stay apart", () => {
  test("on the real functions", () => {
    const property = fc.property(aStep, (step) =>
      isTrueOrVacuous(() => stepKeepsBlocksApart(...step)),
    );

    fc.assert(property, { seed: 1, numRuns: 2000 });
  });

  test("when one is placed right behind another, which the judge admits", () => {
    const size = bytes(8);
    const left: Block = { ...blockAt(0, 8), name: blockName(0) };
    const right: Block = { ...blockAt(8, 8), name: blockName(1) };
    const blocks = finiteMap([[left.name, left]]);
    const call = { kind: "alloc", name: right.name, size, align: alignment(1) } as const;
    const answer = { kind: "placed", address: right.start } as const;
    const state = {
      contract: CONTRACT,
      extent: [],
      live: liveBlocks(blocks),
      dead: finiteMap<BlockName, Address>([]),
    };

    const verdict = judge({ ...state, requested: size, first: call }, call, answer, UNSEEN);
    const isTrue = stepKeepsBlocksApart(
      blocks,
      finiteMap([]),
      CONTRACT,
      [],
      size,
      call,
      call,
      answer,
      UNSEEN,
      left.name,
      right.name,
    );

    expect([verdict.kind, isTrue]).toEqual(["admitted", true]);
  });
});

function blockAt(start: number, size: number): Block {
  const reach = bytes(size);
  return { name: blockName(0), start: address(start), size: reach, align: alignment(1), reach };
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, NOTHING_SEEN } from "#spec";
import { finiteMap } from "#support";
import { address, alignment, blockName, bytes } from "#units";
import { type HeapStep, verdictOn } from "./obligations/heap/heap-step.ts";
import { aName, aStep, CONTRACT } from "./obligations/heap/step.arbitrary.ts";
import { isTrueOrVacuous } from "./replay/theorem-property.ts";
import { stepKeepsBlocksApart } from "./theorems.ts";

describe("any two live blocks stay apart", () => {
  test("on the real functions", () => {
    const property = fc.property(aStep, aName, aName, (step, one, two) =>
      isTrueOrVacuous(() => stepKeepsBlocksApart(step, one, two)),
    );

    fc.assert(property, { seed: 1, numRuns: 2000 });
  });

  test("when one is placed right behind another, which the judge admits", () => {
    const size = bytes(8);
    const left: Block = { ...blockAt(0, 8), name: blockName(0) };
    const right: Block = { ...blockAt(8, 8), name: blockName(1) };
    const call = { kind: "alloc", name: right.name, size, align: alignment(1) } as const;
    const step: HeapStep = {
      blocks: finiteMap([[left.name, left]]),
      dead: finiteMap([]),
      contract: CONTRACT,
      extent: [],
      requested: size,
      first: call,
      call,
      answer: { kind: "placed", address: right.start },
      seen: NOTHING_SEEN,
    };

    const verdict = verdictOn(step);
    const isTrue = stepKeepsBlocksApart(step, left.name, right.name);

    expect([verdict.kind, isTrue]).toEqual(["admitted", true]);
  });
});

function blockAt(start: number, size: number): Block {
  const reach = bytes(size);
  return { name: blockName(0), start: address(start), size: reach, align: alignment(1), reach };
}

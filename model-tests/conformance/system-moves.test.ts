import { describe, expect, test } from "vitest";
import { judgeMove, type Move, type SystemState, uninitialised } from "#spec";
import type { BlockName, HeapId } from "#units";
import type { PageView } from "../subject/subject.ts";
import { type HeapNumbers, movesTo, opening } from "./system-moves.ts";
import { type BlockView, type SystemView, unitOf } from "./system-view.ts";

const page = (start: number, size: number, owner: number): PageView => {
  return { start, size, owner, used: 0 };
};
const block = (name: number, start: number, reach: number, heap: number): BlockView => {
  return { name: name as BlockName, start, reach, heap };
};

/** Looks at one view after the other; answers the kinds of moves to the last, or the rule it breaks. */
function seen(views: readonly SystemView[], after: "call" | "switch" = "call"): string {
  const numbers: HeapNumbers = new Map();
  const unit = unitOf(
    views.flatMap(({ pages }) => pages),
    0,
  );
  let state = afterAll(uninitialised(), [{ kind: "initialise", isGranted: true }]);
  let kinds = "";
  for (const [index, view] of views.entries()) {
    const isLast = index === views.length - 1;
    for (const owner of [
      ...view.pages.map((one) => one.owner),
      ...view.blocks.map((one) => one.heap),
    ]) {
      if (owner === -1 || numbers.has(owner)) continue;
      const move = opening(state as SystemState);
      numbers.set(owner, move.heap);
      state = afterAll(state as SystemState, [move]);
    }
    const asked = isLast ? after : "call";
    const moves = movesTo(state as SystemState, view, view.pages, numbers, unit, asked);
    kinds = moves.map(({ kind }) => kind).join(" ");
    const next = afterAll(state as SystemState, moves);
    if (typeof next === "string") return next;
    state = next;
  }
  return kinds;
}

function afterAll(before: SystemState, moves: readonly Move[]): SystemState | string {
  let state = before;
  for (const move of moves) {
    const verdict = judgeMove(state, move);
    if (verdict.kind === "rejected") return verdict.rule.name;
    state = verdict.state;
  }
  return state;
}

describe("what a system shows of itself is read as moves", () => {
  const small = [page(256, 256, 0), page(512, 256, 0)];

  test("a listed page is as many pages as the smallest common size makes of it", () => {
    const views = [
      { pages: [], blocks: [] },
      { pages: [page(0, 8192, 0), page(8192, 4096, 1)], blocks: [] },
    ];

    expect(unitOf(views[1]?.pages ?? [], 0)).toBe(4096);
    expect(seen(views)).toBe("grow grow grow count");
  });

  test("a large block lies in several pages", () => {
    const views = [
      { pages: small, blocks: [] },
      { pages: small, blocks: [block(0, 300, 400, 0)] },
    ];

    expect(seen(views)).toBe("count place");
  });

  test("a page that is no longer listed is lost", () => {
    const views = [
      { pages: small, blocks: [] },
      { pages: small.slice(1), blocks: [] },
    ];

    expect(seen(views)).toBe("pages-conserved");
  });

  test("a page that is listed without an owner was given back", () => {
    const views = [
      { pages: small, blocks: [] },
      { pages: [page(256, 256, -1), page(512, 256, 0)], blocks: [] },
    ];

    expect(seen(views)).toBe("give-back count");
  });

  test("a page that overlaps another has two owners", () => {
    const views = [
      { pages: small, blocks: [] },
      { pages: [...small, page(384, 256, 1)], blocks: [] },
    ];

    expect(seen(views)).toBe("page-has-one-owner");
  });

  test("a block may be freed, and its page moved, and placed in, by one call", () => {
    const before = { pages: small, blocks: [block(0, 256, 8, 0)] };
    const after = { pages: [page(256, 256, 1), page(512, 256, 0)], blocks: [block(1, 256, 8, 1)] };

    expect(seen([before, after])).toBe("release transfer count place");
  });

  test("after a switch the blocks are asked for before the pages", () => {
    const before = { pages: small, blocks: [block(0, 256, 8, 0)] };
    const after = { pages: [page(256, 256, 1), page(512, 256, 0)], blocks: [block(0, 256, 8, 1)] };

    expect(seen([before, after], "switch")).toBe("switch-keeps-blocks");
    expect(seen([before, after], "call")).toBe("page-moves-empty");
  });

  test("a page with another size class has another use", () => {
    const views = [
      { pages: small, blocks: [] },
      { pages: [{ ...page(256, 256, 0), sizeClass: 3 }, page(512, 256, 0)], blocks: [] },
    ];

    expect(seen(views)).toBe("exchange count");
  });

  test("a heap that shows itself has the next number, and a key after the switch", () => {
    const early = { ...uninitialised(), phase: "early" as const, nextHeap: 2 as HeapId };

    expect(opening(early)).toEqual({ kind: "open-initial", heap: 2 });
    expect(opening({ ...early, phase: "per-core" })).toEqual({ kind: "open", heap: 2, key: 2 });
  });
});

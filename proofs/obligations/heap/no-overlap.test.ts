import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Answer, type Block, type Call, judge, liveBlocks } from "#spec";
import type * as Support from "#support";
import { finiteMap } from "#support";
import { type Address, address, alignment, type BlockName, blockName, bytes } from "#units";
import { codesOf, recordAt } from "../../replay/counterexample.ts";
import { loadModules } from "../../replay/running-source.ts";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { type Constant, closeSolver, solve } from "../../solver/z3.ts";
import { findTheorem, type Mistake, withMistake } from "../../source.ts";
import { integer } from "../../translate/term.ts";
import { type Case, hypothesisText, obligationText, splitOver } from "../../translate/theorem.ts";
import type * as Obligation from "./no-overlap.obligation.ts";
import { stepKeepsBlocksApart } from "./no-overlap.obligation.ts";
import { aStep, CONTRACT, UNSEEN } from "./step.arbitrary.ts";

const FILE = "heap/no-overlap.obligation.ts";
const THEOREM = findTheorem(FILE, "stepKeepsBlocksApart");
const CASES = splitOver(THEOREM, ["call.kind", "answer.kind"]);

const MODULES = [`proofs/obligations/${FILE}`, "spec/support/index.ts"] as const;

afterAll(closeSolver);

/** `fixed` with a title of its own. */
function titled(fixed: Case): [string, Case] {
  return [`${fixed["call.kind"]} is answered ${fixed["answer.kind"]}`, fixed];
}

describe("any two live blocks stay apart", () => {
  test("the cases are all calls with all answers", () => {
    expect(CASES.length).toBe(6 * 8);
  });

  test.each(CASES.map(titled))("%s", async (_, fixed) => {
    const answer = await solve(obligationText(THEOREM, { fixed }));

    expect(answer).toEqual({ kind: "impossible" });
  });

  test("on the real functions", () => {
    const property = fc.property(aStep, (step) =>
      isTrueOrVacuous(() => stepKeepsBlocksApart(...step)),
    );

    fc.assert(property, { seed: 1, numRuns: 2000 });
  });
});

describe("the theorem speaks of something", () => {
  const spokenOf = CASES.filter(
    ({ "call.kind": call, "answer.kind": answer }) =>
      (call === "alloc" && answer === "placed") || (call === "dealloc" && answer === "released"),
  );

  test.each(spokenOf.map(titled))("when %s", async (_, fixed) => {
    const answer = await solve(hypothesisText(THEOREM, { fixed }));

    expect(answer.kind).toBe("possible");
  });

  test("of a block that is placed right behind another, and admitted", () => {
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
      left,
      right,
    );

    expect([verdict.kind, isTrue]).toEqual(["admitted", true]);
  });
});

describe("a wrong specification is refuted, and its counterexample is real", () => {
  const rules = "spec/heap/rules.ts";
  // biome-ignore format: one mistake per line
  const mistakes: readonly [string, string, string, Mistake][] = [
    ["only blocks that start inside overlap", "alloc", "placed", { file: "spec/heap/live-blocks.ts", right: "start < block.start + block.reach &&", wrong: "start <= block.start &&" }],
    ["overlap is off by one",                 "alloc", "placed", { file: "spec/heap/live-blocks.ts", right: "&& block.start < end", wrong: "&& block.start + 1 < end" }],
    ["a block of no bytes lies anywhere",     "alloc", "placed", { file: rules, right: "block.reach === 0 ? ", wrong: "block.size === 0 ? " }],
    ["usable bytes may be somebody else's",   "usableSize", "usable", { file: rules, right: "held(!state.live.overlapping(start, answer.bytes, name))", wrong: '"held"' }],
    ["a resized block overlaps nothing",      "realloc", "placed", { file: rules, right: "!live.overlapping(start, reach, name)", wrong: "live.has(name) || !live.overlapping(start, reach, name)" }],
  ];

  // The remainder by an unknown alignment is an unknown number, so that values could be spurious.
  const PLAIN = {
    "call.align": 1,
    "contract.alignDefault": 1,
    "contract.reallocKeepsAlign": false,
  };

  test.each(mistakes)("%s", async (_, call, answer, mistake) => {
    const fixed = { ...PLAIN, "call.kind": call, "answer.kind": answer };
    const asked = { fixed, largest: integer(32) };
    const refuted = await withMistake(mistake, async () => ({
      answer: await solve(obligationText(THEOREM, asked)),
      modules: await loadModules(MODULES),
    }));
    if (refuted.answer.kind !== "possible") throw new Error(`it is ${refuted.answer.kind}`);
    const values = new Map([...refuted.answer.values, ...codesOf(fixed)]);

    expect(replay(refuted.modules, values)).toBe(false);
    expect(replay(await loadModules(MODULES), values)).toBe(true);
  });
});

/** What the theorem of `modules` says of the values of a model. */
function replay(
  modules: Awaited<ReturnType<typeof loadModules<(typeof MODULES)[number]>>>,
  values: ReadonlyMap<string, Constant>,
): boolean {
  const { stepKeepsBlocksApart: theorem } = modules[MODULES[0]] as typeof Obligation;
  const { finiteMap: mapOf } = modules[MODULES[1]] as typeof Support;
  const call = recordAt(values, "call");
  const left = { ...blockAt(0, 0), ...recordAt(values, "left") };
  const right = { ...blockAt(0, 0), ...recordAt(values, "right") };
  const isAsked = call["kind"] === "alloc";
  const before = [left, right].filter(({ name }) => !isAsked || name !== call["name"]);

  return theorem(
    mapOf(before.map((block) => [block.name, block])),
    mapOf<BlockName, Address>([]),
    { ...CONTRACT, ...recordAt(values, "contract"), availability: undefined },
    [{ start: address(0), size: bytes(1024) }],
    bytes(1024),
    undefined,
    call as unknown as Call,
    recordAt(values, "answer") as unknown as Answer,
    UNSEEN,
    left,
    right,
  );
}

function blockAt(start: number, size: number): Block {
  const reach = bytes(size);
  return { name: blockName(0), start: address(start), size: reach, align: alignment(1), reach };
}

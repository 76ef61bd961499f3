/**
 * Scenarios in which the kernel heap of Theseus breaks a rule, and ours keeps them all: the same calls, made on
 * both under the same judge.
 *
 *     T-14   slabs and alignment           T-17   the initial allocator
 *     T-15   wrong frees of slab blocks    T-18   the switch, and pages that change heaps
 *     T-16   the cost of a block of the largest class
 */
import { describe, expect, test } from "vitest";
import { USUAL_HEAP } from "#impl";
import { type TraceCall, type TraceConfig, traceCall } from "#spec";
import { blockName } from "#units";
import { runCalls } from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
import type { Promises, Subject } from "../subject/subject.ts";
import {
  theseus,
  theseusBoxes,
  theseusInitial,
  theseusPanic,
  theseusSlabs,
  theseusSlots,
  theseusStranded,
} from "../theseus/original/theseus-subjects.ts";
import { allocOn, freeOn } from "../workloads/workload.ts";
import { acrossSubject, type Switching } from "./across-subjects.ts";

const CONFIG = { memoryBytes: 65_536, cores: 2 };
/** The initial heap is a quarter of ours, and all of what the original is told it has. */
const ROOMY = { memoryBytes: 2 ** 19, cores: 2 };
const SWITCH = traceCall({ kind: "switch" });

interface Scenario {
  readonly scenario: string;
  readonly what: string;
  readonly switching: Switching;
  readonly calls: readonly TraceCall[];
  readonly original: Subject;
  /** The rule that the original breaks, which our heap is put to as well. */
  readonly rule: string;
  /** Of our calls, how many are refused. */
  readonly refused?: number;
}

const SCENARIOS: readonly Scenario[] = [
  {
    scenario: "T-14",
    what: "a small block is had at any alignment that is promised",
    switching: "at once",
    calls: [alloc(0, 64), alloc(1, 1, 65_536)],
    original: theseusSlots,
    rule: "refusal-justified",
  },
  {
    scenario: "T-14",
    what: "a block of a slab that asks for more alignment than a page has it",
    switching: "when told",
    calls: [SWITCH, alloc(0, 8065, 8192)],
    original: theseus,
    rule: "block-aligned",
  },
  {
    scenario: "T-15",
    what: "a free with the layout of another class is rejected",
    switching: "at once",
    calls: [alloc(0, 64), misuse(0, "wrong-layout", 200), free(0)],
    original: theseusSlabs,
    rule: "misuse-rejected",
  },
  {
    scenario: "T-15",
    what: "a heap that has rejected a double free serves whoever asks next",
    switching: "at once",
    calls: [alloc(0, 1), free(0), misuse(0, "double-free", 1), alloc(1, 1), free(1)],
    original: theseusPanic,
    rule: "call-returns",
  },
  {
    scenario: "T-17",
    what: "a double free of the initial allocator is rejected",
    switching: "never",
    calls: [alloc(0, 8), free(0), misuse(0, "double-free", 8), alloc(1, 8), alloc(2, 8)],
    original: theseusInitial,
    rule: "misuse-rejected",
  },
  {
    scenario: "T-17",
    what: "no class keeps what another needs",
    switching: "never",
    calls: [
      ...[alloc(0, 65_280), free(0)],
      ...[alloc(1, 1), free(1)],
      ...[alloc(2, 33), free(2)],
      alloc(3, 65_280),
    ],
    original: theseusInitial,
    rule: "reclaims-everything",
  },
  {
    scenario: "T-18",
    what: "an idle initial heap serves when nothing else does",
    switching: "when told",
    calls: [SWITCH, ...Array.from({ length: 16 }, (_, at) => alloc(at, 4000))],
    original: theseusStranded,
    rule: "refusal-justified",
  },
  {
    scenario: "T-18",
    what: "a heap that grows while it keeps account of its pages comes to an end",
    switching: "when told",
    calls: [
      alloc(100, 8),
      SWITCH,
      free(100, 1),
      ...Array.from({ length: 13 }, (_, at) => alloc(at, 5000)),
    ],
    original: theseusBoxes,
    rule: "call-returns",
  },
];

describe("ours keeps every rule", () => {
  test.each(SCENARIOS)("$scenario: $what", async ({ calls, switching, original, rule }) => {
    const { promises } = acrossSubject(2, switching);
    const rejects = (original.promises as Promises).rejects ?? [];
    const subject = {
      ...acrossSubject(2, switching),
      promises: { ...(promises as Promises), rejects },
    };

    const { violation, made, tally } = await judged(subject, calls, ROOMY);

    expect(violation).toBeUndefined();
    expect(made).toBe(calls.length);
    expect(tally.calls.refused + tally.calls.skipped).toBe(0);
    if (rule !== "refusal-justified") expect(tally.ruleCount(rule)).toBeGreaterThan(0);
  });
});

describe("the original breaks one", () => {
  test.each(SCENARIOS)("$scenario: $what", async ({ calls, original, rule }) => {
    const { violation } = await judged(original, calls, CONFIG);

    expect(violation?.rule.name).toBe(rule);
  });
});

describe("T-18: a heap gives an empty page to another above its threshold, and not at it", () => {
  test.each([
    [22, 0],
    [23, 1],
  ])("of %d empty pages it gives %d", async (pages, given) => {
    const firstPages = (key: number): number => (key === 1 ? pages : 0);
    const subject = acrossSubject(2, "at once", {
      change: (usual) => ({
        ...usual,
        heap: (key) => ({ ...USUAL_HEAP, firstPages: firstPages(key) }),
      }),
    });

    const { violation, tally } = await judged(subject, [alloc(0, 64), free(0, 1)], CONFIG);

    expect(violation).toBeUndefined();
    expect(tally.markCount("combination.page-transferred")).toBe(given);
    expect(USUAL_HEAP.threshold).toBe(22);
  });
});

async function judged(subject: Subject, calls: readonly TraceCall[], config: TraceConfig) {
  const tally = new Tally();
  const outcome = await runCalls(subject, config, calls, { tally });
  return { ...outcome, tally };
}

function alloc(name: number, size: number, align = 1, core = 0): TraceCall {
  return allocOn(core, blockName(name), size, align);
}

function free(name: number, core = 0): TraceCall {
  return freeOn(core, blockName(name));
}

function misuse(name: number, kind: "double-free" | "wrong-layout", size: number): TraceCall {
  return traceCall({ kind: "dealloc", name: blockName(name), size, misuse: kind });
}

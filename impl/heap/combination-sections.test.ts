import { expect, test } from "vitest";
import { type Address, alignment, bytes, type CoreId, KERNEL_SPACE, type Key } from "#units";
import { auditHeaps } from "../audit/zone-audit.ts";
import { Machine } from "../core/machine.ts";
import type { Sections } from "../core/section.ts";
import { CombinationHeap } from "./combination-heap.ts";
import { USUAL_COMBINATION, USUAL_HEAP } from "./heap-config.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const CORES = [0, 1, 2].map((core) => core as CoreId);
const EIGHT = alignment(8);
const CONFIG = {
  ...USUAL_COMBINATION,
  pageCount: 120,
  initialPages: 8,
  keyCount: 4,
  heap: () => ({ ...USUAL_HEAP, threshold: 1, firstPages: 2 }),
};

interface Block {
  readonly start: Address;
  readonly size: number;
}

/** What a run did, in words, and what is live after it. */
interface Outcome {
  readonly story: string[];
  readonly live: Map<Address, number>;
}

/** Operations on three cores, any of which goes on after each section, as `seed` says. */
function interleaved(seed: number, operations: number): Outcome {
  const draw = drawing(seed);
  const machine = new Machine({ frameCount: 200, heldCountMax: 2000 });
  for (const core of CORES) machine.startCore(core, KERNEL_SPACE);
  const heap = new CombinationHeap(machine, CONFIG);
  const outcome: Outcome = { story: [], live: new Map() };
  expect(machine.alone(heap.initialise({ core: CORES[0] as CoreId, entity: 0 })).ok).toBe(true);

  const running: (Sections<void> | undefined)[] = CORES.map(() => undefined);
  let isSwitched: boolean = false;
  for (let started = 0; started < operations || running.some((each) => each !== undefined); ) {
    const core = draw(CORES.length) as CoreId;
    const ongoing = running[core];
    if (ongoing === undefined) {
      if (started === operations) continue;
      const isSwitch: boolean = !isSwitched && draw(operations) < 6;
      isSwitched ||= isSwitch;
      running[core] = operation(heap, core, isSwitch ? "switch" : "call", draw, outcome);
      started++;
      continue;
    }
    const step = ongoing.next();
    if (step.done === true) running[core] = undefined;
    else if (step.value === "waiting") for (const other of CORES) machine.interrupt(other);
  }
  const { system } = heap;
  if (system !== undefined) auditHeaps(system);
  for (const [start, size] of outcome.live) {
    const caller = { core: draw(CORES.length) as CoreId, entity: 0 };
    expect(heap.dealloc(caller, start, bytes(size), EIGHT).ok).toBe(true);
  }
  return outcome;
}

/** One operation of `core`, drawn when it begins. */
function* operation(
  heap: CombinationHeap,
  core: CoreId,
  kind: "switch" | "call",
  draw: (below: number) => number,
  { story, live }: Outcome,
): Sections<void> {
  const caller = { core, entity: 0 };
  if (kind === "switch") {
    const { ok } = yield* heap.switchToMultipleHeaps(caller);
    story.push(`${core} switch ${ok}`);
  } else if (draw(100) < 3) {
    story.push(`${core} close ${yield* heap.closeHeap(caller, draw(4) as Key)}`);
  } else if (draw(100) < 55 || live.size === 0) {
    const size = [8, 100, 1000, 8168, 9000, 30_000][draw(6)] ?? 8;
    const start = yield* heap.allocSections(caller, bytes(size), EIGHT);
    story.push(`${core} alloc ${size} ${start}`);
    if (start !== NO_BLOCK) keep(live, { start, size });
  } else {
    const [start, size] = [...live][draw(live.size)] as [Address, number];
    live.delete(start);
    const { ok } = yield* heap.deallocSections(caller, start, bytes(size), EIGHT);
    story.push(`${core} free ${start} ${ok}`);
    expect(ok).toBe(true);
  }
}

/** Notes that `block` is live, and that it shares no byte with another. */
function keep(live: Map<Address, number>, { start, size }: Block): void {
  for (const [other, otherSize] of live) {
    expect(start + size <= other || other + otherSize <= start).toBe(true);
  }
  live.set(start, size);
}

function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "blocks stay apart and are freed once when cores take turns within calls, seed %i",
  (seed) => {
    const { story } = interleaved(seed, 400);

    expect(story).toHaveLength(400);
    expect(story.some((line) => line.endsWith("switch true"))).toBe(true);
    expect(story.filter((line) => line.includes("free")).length).toBeGreaterThan(50);
  },
);

test("the same schedule gives the same answers", () => {
  const once = interleaved(42, 300).story;
  const again = interleaved(42, 300).story;

  expect(again).toEqual(once);
});

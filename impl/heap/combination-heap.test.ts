import { describe, expect, test } from "vitest";
import { DEAF } from "#support";
import { address, bytes, type CoreId, type Key } from "#units";
import { auditHeaps } from "../audit/zone-audit.ts";
import { CombinationHeap } from "./combination-heap.ts";
import { USUAL_HEAP } from "./heap-config.ts";
import { perNamespace, perTask } from "./key-policy.ts";
import {
  begun,
  EIGHT,
  exhaust,
  freeFrames,
  HERE,
  SMALL,
  switched,
  systemOf,
  THERE,
  world,
} from "./small-combination.fixture.ts";
import { NO_BLOCK } from "./zone-steps.ts";

describe("what comes at the wrong time is declined and has no effect", () => {
  test("a second beginning", () => {
    const made = begun();
    const before = freeFrames(made);

    const again = made.machine.alone(made.heap.initialise(HERE));

    expect(again).toEqual({ ok: false, failure: { kind: "begun-before" } });
    expect([made.heap.phase, freeFrames(made)]).toEqual(["early", before]);
  });

  test("a beginning on a core that does not run", () => {
    const made = world();

    const answer = made.machine.alone(made.heap.initialise({ core: 5 as CoreId, entity: 0 }));

    expect(answer).toEqual({ ok: false, failure: { kind: "core-does-not-run" } });
    expect(made.heap.phase).toBe("uninitialised");
  });

  test("a switch before the beginning", () => {
    const { machine, heap } = world();

    const answer = machine.alone(heap.switchToMultipleHeaps(HERE));

    expect(answer).toEqual({ ok: false, failure: { kind: "not-begun" } });
  });

  test("a second switch", () => {
    const made = switched();
    const before = freeFrames(made);

    const answer = made.machine.alone(made.heap.switchToMultipleHeaps(THERE));

    expect(answer).toEqual({ ok: false, failure: { kind: "switched-before" } });
    expect(freeFrames(made)).toBe(before);
  });

  test("a request before the beginning", () => {
    const { heap } = world();

    const start = heap.alloc(HERE, bytes(8), EIGHT);

    expect(start).toBe(NO_BLOCK);
  });
});

test("a switch that fails at its k-th page leaves the early phase and loses nothing, for every k", () => {
  const outcomes: string[] = [];
  for (let frameCount = 44; frameCount < 80; frameCount++) {
    const made = world(frameCount);
    if (!made.machine.alone(made.heap.initialise(HERE)).ok) continue;
    const block = made.heap.alloc(HERE, bytes(64), EIGHT);
    const before = freeFrames(made);

    const { ok } = made.machine.alone(made.heap.switchToMultipleHeaps(HERE));

    outcomes.push(made.heap.phase);
    expect(made.heap.phase).toBe(ok ? "per-core" : "early");
    if (!ok) expect(freeFrames(made)).toBe(before);
    auditHeaps(systemOf(made));
    expect(made.heap.dealloc(THERE, block, bytes(64), EIGHT).ok).toBe(true);
  }

  expect(outcomes.filter((phase) => phase === "early").length).toBeGreaterThanOrEqual(8);
  expect(outcomes.at(-1)).toBe("per-core");
});

test("a block from before the switch is freed where it was born, from any core", () => {
  const made = begun();
  const block = made.heap.alloc(HERE, bytes(100), EIGHT);
  made.machine.alone(made.heap.switchToMultipleHeaps(HERE));

  const owner = made.heap.ownerOf(block);
  const freed = made.heap.dealloc(THERE, block, bytes(100), EIGHT);

  expect([owner, freed.ok]).toEqual([0, true]);
  expect(made.marks).toContain("combination.initial-freed-after-switch");
});

test("the memory of the initial heap is used after the switch, and given back when it is empty", () => {
  const made = switched();

  const blocks = exhaust(made, 8168);
  const { area, initial } = systemOf(made);
  const lent = blocks.filter((start) => initial.isLender(area.pageAt(start)));
  for (const start of blocks) made.heap.dealloc(HERE, start, bytes(8168), EIGHT);

  expect(lent.length).toBeGreaterThanOrEqual(15);
  expect(made.marks).toContain("combination.page-taken-back");
  auditHeaps(systemOf(made));
});

test("when everything is freed and given back, the frames are those of the beginning", () => {
  const made = begun();
  const early = freeFrames(made);
  made.machine.alone(made.heap.switchToMultipleHeaps(HERE));
  const blocks = exhaust(made, 200);
  const large = made.heap.alloc(HERE, bytes(9000), EIGHT);
  for (const start of blocks) made.heap.dealloc(THERE, start, bytes(200), EIGHT);

  made.machine.alone(made.heap.giveBackEmpty(HERE));

  expect(large).toBe(NO_BLOCK);
  expect(freeFrames(made)).toBe(early);
  auditHeaps(systemOf(made));
});

test("tasks of one name space share a heap, and those of another have their own", () => {
  const policy = perNamespace((entity) => Math.floor(entity / 10));
  const made = switched(600, { ...SMALL, policy });
  const ownerFor = (entity: number): number | undefined => {
    const start = made.heap.alloc({ core: HERE.core, entity }, bytes(64), EIGHT);
    return made.heap.ownerOf(start);
  };

  const owners = [ownerFor(0), ownerFor(9), ownerFor(10), ownerFor(19), ownerFor(20)];

  expect(owners).toEqual([1, 1, 2, 2, 3]);
});

test("heaps of different classes, thresholds and first pages live side by side", () => {
  const large = { ...USUAL_HEAP, classes: 0x8000_0000, threshold: 0, firstPages: 1 };
  const usual = { ...USUAL_HEAP, threshold: 5, firstPages: 3 };
  const made = switched(600, { ...SMALL, heap: (key) => (key === 0 ? large : usual) });
  const { heaps } = systemOf(made);
  const counts = heaps.zones().map((zone) => zone.emptyCount());

  const here = made.heap.alloc(HERE, bytes(100), EIGHT);
  const there = made.heap.alloc(THERE, bytes(100), EIGHT);
  const sizes = [here, there].map((start) => made.heap.usableSize(start, bytes(100), EIGHT));
  const freed = [here, there].map((start) => made.heap.dealloc(HERE, start, bytes(100), EIGHT).ok);

  expect(counts).toEqual([1, 3]);
  expect(sizes).toEqual([8168, 112]);
  expect(freed).toEqual([true, true]);
});

test("a heap with a large block is not closed before that is freed", () => {
  const made = switched();
  const key = made.heap.keyOf(HERE);
  const size = bytes(20_000);
  const start = made.heap.alloc(HERE, size, EIGHT);

  const refused = made.machine.alone(made.heap.closeHeap(HERE, key));
  const freed = made.heap.dealloc(THERE, start, size, EIGHT);
  const closed = made.machine.alone(made.heap.closeHeap(HERE, key));

  expect([refused, freed.ok, closed]).toEqual([false, true, true]);
});

test("a heap is closed only without live blocks, and what it had serves others", () => {
  const made = switched();
  const key = THERE.core as number as Key;
  const block = made.heap.alloc(THERE, bytes(8), EIGHT);

  const refused = made.machine.alone(made.heap.closeHeap(HERE, key));
  made.heap.dealloc(HERE, block, bytes(8), EIGHT);
  const closed = made.machine.alone(made.heap.closeHeap(HERE, key));
  const again = made.heap.alloc(THERE, bytes(8), EIGHT);

  expect([refused, closed]).toEqual([false, true]);
  expect(made.heap.ownerOf(again)).toBe(key + 1);
  auditHeaps(systemOf(made));
});

test("an individual heap serves any core and takes back only its own blocks", () => {
  const made = switched();
  const own = made.heap.heapOf(2 as Key);
  const mine = made.machine.alone(own.alloc(HERE.core, bytes(48), EIGHT));
  const other = made.heap.alloc(HERE, bytes(48), EIGHT);

  const foreign = made.machine.alone(own.dealloc(HERE.core, other, bytes(48), EIGHT));
  const freed = made.machine.alone(own.dealloc(THERE.core, mine, bytes(48), EIGHT));
  const closed = made.machine.alone(own.close(HERE.core));

  expect(made.heap.ownerOf(other)).toBe(1);
  expect([foreign.ok, freed.ok, closed]).toEqual([false, true, true]);
});

test("a key policy decides whose heap serves", () => {
  const made = switched(600, { ...SMALL, policy: perTask });

  const start = made.heap.alloc({ core: HERE.core, entity: 3 }, bytes(8), EIGHT);

  expect(made.heap.ownerOf(start)).toBe(4);
});

test("the same calls place the same blocks", () => {
  const [once, again] = [switched(), switched()].map((made) => exhaust(made, 120));

  expect(again).toEqual(once);
});

test("nobody has to listen", () => {
  const { machine } = world();
  const heap = new CombinationHeap(machine, SMALL, DEAF);

  const begins = machine.alone(heap.initialise(HERE));

  expect([begins.ok, heap.ownerOf(address(0))]).toEqual([true, undefined]);
});

import { expect, test } from "vitest";
import { CombinationHeap, Machine, USUAL_COMBINATION } from "#impl";
import { type CoreId, KERNEL_SPACE } from "#units";
import { passByExchange, passShared } from "./pass-along.ts";

const COUNT = 100;
/** The words of the values, 0 to 15 above their numbers. */
const SUM = 16 * ((COUNT * (COUNT - 1)) / 2) + COUNT * 120;

function heapOfTwoCores(): { machine: Machine; heap: CombinationHeap } {
  const machine = new Machine({ frameCount: 4096, heldCountMax: 4096 });
  for (const core of [0, 1]) machine.startCore(core as CoreId, KERNEL_SPACE);
  const heap = new CombinationHeap(machine, USUAL_COMBINATION);
  const caller = { core: 0 as CoreId, entity: 0 };
  expect(machine.alone(heap.initialise(caller)).ok).toBe(true);
  expect(machine.alone(heap.switchToMultipleHeaps(caller)).ok).toBe(true);
  return { machine, heap };
}

test("a list that is passed to another core is read and dropped there, and nothing is written", () => {
  const { heap } = heapOfTwoCores();

  const cost = passShared(heap, COUNT);

  expect(cost).toEqual({ calls: COUNT + 1, bytesWritten: 0, sum: SUM });
});

test("a list that is passed between heaps that share nothing is written anew", () => {
  const { machine, heap } = heapOfTwoCores();

  const cost = passByExchange(machine, heap, COUNT);

  expect(cost.sum).toBe(SUM);
  expect(cost.bytesWritten).toBeGreaterThanOrEqual(COUNT * (64 + 8));
  expect(cost.calls).toBeGreaterThanOrEqual(3 * COUNT + 2);
});

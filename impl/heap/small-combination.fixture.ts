/** A small machine with a combination heap on it, for tests: two cores, and frames that run out. */
import { demand } from "#support";
import {
  type Address,
  type Alignment,
  alignment,
  bytes,
  type CoreId,
  KERNEL_SPACE,
  type UnitCount,
} from "#units";
import { Machine } from "../core/machine.ts";
import { CombinationHeap } from "./combination-heap.ts";
import { type CombinationConfig, USUAL_COMBINATION, USUAL_HEAP } from "./heap-config.ts";
import type { HeapSystem } from "./heap-system.ts";
import { NO_BLOCK } from "./zone-steps.ts";

export const SMALL: CombinationConfig = {
  ...USUAL_COMBINATION,
  pageCount: 200,
  initialPages: 16,
  keyCount: 4,
  heap: () => ({ ...USUAL_HEAP, threshold: 2 }),
};
export const HERE = { core: 0 as CoreId, entity: 0 };
export const THERE = { core: 1 as CoreId, entity: 1 };
export const EIGHT: Alignment = alignment(8);

export interface World {
  readonly machine: Machine;
  readonly heap: CombinationHeap;
  readonly marks: Set<string>;
}

export function world(frameCount = 600, config: CombinationConfig = SMALL): World {
  const machine = new Machine({ frameCount, heldCountMax: 4000 });
  machine.startCore(HERE.core, KERNEL_SPACE);
  machine.startCore(THERE.core, KERNEL_SPACE);
  const marks = new Set<string>();
  const observer = { reached: (mark: string) => void marks.add(mark) };
  return { machine, marks, heap: new CombinationHeap(machine, config, observer) };
}

export function begun(frameCount?: number, config?: CombinationConfig): World {
  const made = world(frameCount, config);
  const { ok } = made.machine.alone(made.heap.initialise(HERE));
  demand(ok, "a machine has room for its heap");
  return made;
}

export function switched(frameCount?: number, config?: CombinationConfig): World {
  const made = begun(frameCount, config);
  const { ok } = made.machine.alone(made.heap.switchToMultipleHeaps(HERE));
  demand(ok, "a machine has room for the first pages of its heaps");
  return made;
}

export function systemOf({ heap }: World): HeapSystem {
  const { system } = heap;
  demand(system !== undefined, "the heap has begun");
  return system;
}

/** How many frames can be had one by one, which are given back. */
export function freeFrames({ machine }: World): number {
  const held = [];
  for (;;) {
    const run = machine.frames.acquire({ kind: "any" }, 1 as UnitCount);
    if (!run.ok) break;
    held.push(run.value);
  }
  for (const run of held) run.release();
  return held.length;
}

/** Takes blocks of `size` until there are none left. */
export function exhaust({ heap }: World, size: number): readonly Address[] {
  const blocks: Address[] = [];
  for (;;) {
    const start = heap.alloc(HERE, bytes(size), EIGHT);
    if (start === NO_BLOCK) return blocks;
    blocks.push(start);
  }
}

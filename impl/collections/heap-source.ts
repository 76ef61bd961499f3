/**
 * A combination heap, or one heap of it, as somebody on a core has it: a source of blocks for collections.
 *
 * Every access goes by the translations of that core, so a value that is passed on is read by the core
 * that has it. Each call is made alone: what it needs of other cores they do at once.
 */
import { demand, failure, type Result, success } from "#support";
import type { Address } from "#units";
import type { Machine } from "../core/machine.ts";
import type { CombinationHeap } from "../heap/combination-heap.ts";
import type { OutOfMemory } from "../heap/hole-list.ts";
import type { IndividualHeap } from "../heap/individual-heap.ts";
import type { Caller } from "../heap/key-policy.ts";
import { NO_BLOCK } from "../heap/zone-steps.ts";
import type { Memory } from "../memory/memory.ts";
import type { BlockSource } from "./block-source.ts";

/** The whole of `heap` as `caller` has it; it was initialised. */
export function heapSource(heap: CombinationHeap, caller: Caller): BlockSource {
  return {
    heap,
    memory: memoryOf(heap, caller),
    alloc: (size, align) => answered(heap.alloc(caller, size, align)),
    dealloc: (start, size, align) => {
      const freed = heap.dealloc(caller, start, size, align);
      demand(freed.ok, "a collection frees its own blocks");
    },
    realloc: (start, size, align, newSize) =>
      answered(heap.realloc(caller, start, size, align, newSize)),
  };
}

/** One heap of `heap` alone, as `caller` has it: what is placed there stays there, and is freed there. */
export function individualSource(
  machine: Machine,
  heap: CombinationHeap,
  own: IndividualHeap,
  caller: Caller,
): BlockSource {
  const memory = memoryOf(heap, caller);
  const source: BlockSource = {
    heap: own,
    memory,
    alloc: (size, align) => answered(machine.alone(own.alloc(caller.core, size, align))),
    dealloc: (start, size, align) => {
      const freed = machine.alone(own.dealloc(caller.core, start, size, align));
      demand(freed.ok, "a collection frees its own blocks");
    },
    realloc: (start, size, align, newSize) => {
      const moved = source.alloc(newSize, align);
      if (!moved.ok) return moved;
      memory.copy(moved.value, start, size < newSize ? size : newSize);
      source.dealloc(start, size, align);
      return moved;
    },
  };
  return source;
}

/** The memory of `heap` as the core of `caller` sees it, whoever ran before. */
function memoryOf(heap: CombinationHeap, { core }: Caller): Memory {
  const memory = heap.system?.memory;
  demand(memory !== undefined, "a heap has memory once it was initialised");
  const own = (): Memory => {
    memory.runOn(core);
    return memory;
  };
  return {
    start: memory.start,
    size: memory.size,
    readWord: (at) => own().readWord(at),
    writeWord: (at, value) => own().writeWord(at, value),
    fill: (start, count, value) => own().fill(start, count, value),
    copy: (target, source, count) => own().copy(target, source, count),
  };
}

function answered(start: Address): Result<Address, OutOfMemory> {
  return start === NO_BLOCK ? failure({ kind: "out-of-memory" }) : success(start);
}

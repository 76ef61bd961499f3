/** The combination heap as a loop wants it: behind the MMU of a machine of one core. */
import {
  CombinationHeap,
  type HeapSystem,
  Machine,
  type MachineWatchers,
  NO_BLOCK,
  USUAL_COMBINATION,
} from "#impl";
import { type Address, type Alignment, type ByteCount, type CoreId, KERNEL_SPACE } from "#units";
import { commit, type RawAllocator } from "./raw-allocator.ts";
import { TRACE_MEMORY_BYTES } from "./recorded-traces.ts";

const CORE = 0 as CoreId;
const CALLER = { core: CORE, entity: 0 };
const SLAB_SIZE = 8192;

/** A combination heap and what it stands on, for those who count. */
export interface RawCombination {
  readonly machine: Machine;
  readonly system: HeapSystem;
  readonly allocator: RawAllocator;
}

/** A combination heap that switches at once, or when it is told to. */
export function combinationAllocator(
  switches: "at once" | "when told" = "at once",
  memoryBytes: number = TRACE_MEMORY_BYTES,
): RawAllocator {
  return rawCombination(switches, memoryBytes).allocator;
}

/** The same, with its parts. */
export function rawCombination(
  switches: "at once" | "when told",
  memoryBytes: number = TRACE_MEMORY_BYTES,
  watchers?: MachineWatchers,
): RawCombination {
  const pages = Math.ceil(memoryBytes / SLAB_SIZE);
  const size = { frameCount: pages * 3, heldCountMax: pages * 6 };
  const machine = watchers === undefined ? new Machine(size) : new Machine(size, watchers);
  commit(machine.memory.bytes());
  machine.startCore(CORE, KERNEL_SPACE);
  const heap = new CombinationHeap(machine, { ...USUAL_COMBINATION, pageCount: pages + 256 });
  const begun = machine.alone(heap.initialise(CALLER));
  const { system } = heap;
  if (!begun.ok || system === undefined) throw new Error("there are frames for every page");
  const switchOver = (): void => {
    const switched = machine.alone(heap.switchToMultipleHeaps(CALLER));
    if (!switched.ok) throw new Error("there are frames for the first pages of a heap");
  };
  if (switches === "at once") switchOver();
  const allocator = allocatorOf(heap, switches === "at once" ? () => {} : switchOver);
  return { machine, system, allocator };
}

/** Written out and not spread: an engine takes each of the objects that are for one of its own kind. */
function allocatorOf(heap: CombinationHeap, switchOver: () => void): RawAllocator {
  return {
    switch: switchOver,
    alloc: (size, align) => {
      const start = heap.alloc(CALLER, size as ByteCount, align as Alignment);
      return start === NO_BLOCK ? 0 : start;
    },
    realloc: (start, size, align, newSize) => {
      const [from, at] = [size as ByteCount, align as Alignment];
      const moved = heap.realloc(CALLER, start as Address, from, at, newSize as ByteCount);
      return moved === NO_BLOCK ? 0 : moved;
    },
    free: (start, size, align) => {
      heap.dealloc(CALLER, start as Address, size as ByteCount, align as Alignment);
    },
  };
}

/**
 * One story told twice: a list of values is built on one core, passed to another, read and dropped there.
 *
 *     shared      core 0 ── boxes ──► core 1              one heap for all: nothing is copied
 *     exchange    core 0 ── copies ──► core 1             a heap for each: every box is made anew
 *
 * The first is what a heap that every core may free into is for. The second is how systems do it whose heaps
 * share nothing, after the exchange heaps of Singularity. Both are run on the same machine and the same
 * combination heap, and what they cost is counted, not timed.
 */
import {
  type BlockSource,
  type CombinationHeap,
  HeapBox,
  HeapVec,
  heapSource,
  individualSource,
  type Machine,
  wordsOf,
} from "#impl";
import { demand } from "#support";
import type { CoreId, Key } from "#units";

/** What a story cost from the moment on when the list was passed. */
export interface PassingCost {
  readonly calls: number;
  /** Bytes that were written, by calls or between them. */
  readonly bytesWritten: number;
  /** What the other core read, to see that it is the same. */
  readonly sum: number;
}

const WORDS = 16;
const VALUE = wordsOf(WORDS);

/** Passes a list of `count` values within the heap that all cores share. */
export function passShared(heap: CombinationHeap, count: number): PassingCost {
  const [sender, receiver] = [0, 1].map((core) =>
    counting(heapSource(heap, { core: core as CoreId, entity: 0 })),
  ) as [Counting, Counting];
  const list = built(sender.source, count);
  startCounting(sender, receiver);
  list.passTo(receiver.source);
  return costOf(list, sender, receiver);
}

/** Passes a list of `count` values from the heap of one core to that of another, value by value. */
export function passByExchange(
  machine: Machine,
  heap: CombinationHeap,
  count: number,
): PassingCost {
  const [sender, receiver] = [0, 1].map((core) => {
    const caller = { core: core as CoreId, entity: 0 };
    return counting(individualSource(machine, heap, heap.heapOf(core as Key), caller));
  }) as [Counting, Counting];
  const list = built(sender.source, count);
  startCounting(sender, receiver);
  const copies = new HeapVec(receiver.source, HeapBox.encoding(VALUE));
  for (let value = list.pop(); value !== undefined; value = list.pop()) {
    const copy = value.copyTo(receiver.source);
    demand(copy.ok && copies.push(copy.value).ok, "there is memory for a copy");
  }
  list.drop();
  return costOf(copies, sender, receiver);
}

function built(source: BlockSource, count: number): HeapVec<HeapBox<readonly number[]>> {
  const list = new HeapVec(source, HeapBox.encoding(VALUE));
  for (let index = 0; index < count; index++) {
    const box = HeapBox.of(
      source,
      VALUE,
      Array.from({ length: WORDS }, (_, word) => index + word),
    );
    demand(box.ok && list.push(box.value).ok, "there is memory for a list");
  }
  return list;
}

function costOf(
  list: HeapVec<HeapBox<readonly number[]>>,
  sender: Counting,
  receiver: Counting,
): PassingCost {
  let sum = 0;
  for (let value = list.pop(); value !== undefined; value = list.pop()) {
    sum += value.take().reduce((total, word) => total + word, 0);
  }
  list.drop();
  const calls = sender.cost.calls + receiver.cost.calls;
  return { calls, bytesWritten: sender.cost.bytesWritten + receiver.cost.bytesWritten, sum };
}

/** A source, how many calls it was asked to make, and how many bytes its users wrote. */
interface Counting {
  readonly source: BlockSource;
  readonly cost: { calls: number; bytesWritten: number };
}

function counting(source: BlockSource): Counting {
  const cost = { calls: 0, bytesWritten: 0 };
  const { heap, memory } = source;
  const counted = <Value>(answer: Value): Value => {
    cost.calls += 1;
    return answer;
  };
  return {
    cost,
    source: {
      heap,
      memory: {
        start: memory.start,
        size: memory.size,
        readWord: (at) => memory.readWord(at),
        writeWord: (at, value) => {
          cost.bytesWritten += 4;
          memory.writeWord(at, value);
        },
        fill: (start, count, value) => {
          cost.bytesWritten += count;
          memory.fill(start, count, value);
        },
        copy: (target, from, count) => {
          cost.bytesWritten += count;
          memory.copy(target, from, count);
        },
      },
      alloc: (size, align) => counted(source.alloc(size, align)),
      dealloc: (start, size, align) => counted(source.dealloc(start, size, align)),
      realloc: (start, size, align, newSize) => {
        cost.bytesWritten += size < newSize ? size : newSize;
        return counted(source.realloc(start, size, align, newSize));
      },
    },
  };
}

function startCounting(...all: readonly Counting[]): void {
  for (const { cost } of all) Object.assign(cost, { calls: 0, bytesWritten: 0 });
}

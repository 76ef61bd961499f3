import { describe, expect, test } from "vitest";
import { demand, failure, type Result } from "#support";
import { type Address, type Alignment, address, type ByteCount, bytes } from "#units";
import { BlockAllocator } from "../heap/block-allocator.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import type { BlockSource } from "./block-source.ts";
import { type Encoding, UNIT, WORD, wordsOf } from "./encoding.ts";
import { HeapArc } from "./heap-arc.ts";
import { HeapBox } from "./heap-box.ts";
import { HeapVec } from "./heap-vec.ts";

/** A heap that knows its live blocks, and refuses after so many requests. */
interface WatchedHeap {
  readonly source: BlockSource;
  /** The same heap, as another core has it. */
  readonly other: BlockSource;
  readonly live: Map<Address, { readonly size: ByteCount; readonly align: Alignment }>;
  requestsLeft: number;
}

function watchedHeap(): WatchedHeap {
  const memory = new PlainMemory(65_536);
  const extent = { start: address(4096), size: bytes(61_440) };
  const heap = new BlockAllocator(memory, extent);
  const watched: WatchedHeap = {
    live: new Map(),
    requestsLeft: Number.POSITIVE_INFINITY,
    source: { heap, memory, alloc, dealloc, realloc },
    other: { heap, memory, alloc, dealloc, realloc },
  };
  function alloc(size: ByteCount, align: Alignment): Result<Address, { kind: "out-of-memory" }> {
    watched.requestsLeft -= 1;
    if (watched.requestsLeft < 0) return failure({ kind: "out-of-memory" });
    const placed = heap.alloc(size, align);
    if (placed.ok) watched.live.set(placed.value, { size, align });
    return placed;
  }
  function dealloc(start: Address, size: ByteCount, align: Alignment): void {
    const layout = watched.live.get(start);
    demand(layout?.size === size && layout.align === align, "a live block is freed as it was made");
    watched.live.delete(start);
    heap.dealloc(start, size, align);
  }
  function realloc(start: Address, size: ByteCount, align: Alignment, newSize: ByteCount) {
    const moved = alloc(newSize, align);
    if (moved.ok) memory.copy(moved.value, start, size < newSize ? size : newSize);
    if (moved.ok) dealloc(start, size, align);
    return moved;
  }
  return watched;
}

function boxOf<Value>(source: BlockSource, encoding: Encoding<Value>, value: Value) {
  const made = HeapBox.of(source, encoding, value);
  demand(made.ok, "there is memory for a box");
  return made.value;
}

function arcOf<Value>(source: BlockSource, encoding: Encoding<Value>, value: Value) {
  const made = HeapArc.of(source, encoding, value);
  demand(made.ok, "there is memory for an owner");
  return made.value;
}

function valuesOf(vec: HeapVec<number>): readonly number[] {
  return Array.from({ length: vec.length }, (_, index) => vec.get(index));
}

describe("a box", () => {
  test("holds its value in a block of the size and alignment of the value", () => {
    const { source, live } = watchedHeap();

    const box = boxOf(source, wordsOf(3), [1, 2, 3]);

    expect(box.get()).toEqual([1, 2, 3]);
    expect([...live.values()]).toEqual([{ size: 12, align: 4 }]);
  });

  test("frees its block when it is dropped, and is used up then", () => {
    const { source, live } = watchedHeap();
    const box = boxOf(source, WORD, 7);

    box.drop();

    expect(live.size).toBe(0);
    expect(() => box.get()).toThrow("a box is used until it is used up");
    expect(() => box.drop()).toThrow("a box is used until it is used up");
  });

  test("of no bytes has no block", () => {
    const { source, live } = watchedHeap();

    const box = boxOf(source, UNIT, undefined);

    expect(live.size).toBe(0);
    expect(box.take()).toBeUndefined();
  });

  test("in a box is dropped with it, and with the value that is put in its place", () => {
    const { source, live } = watchedHeap();
    const outer = boxOf(source, HeapBox.encoding(WORD), boxOf(source, WORD, 1));

    outer.set(boxOf(source, WORD, 2));
    const between = live.size;
    outer.drop();

    expect([between, live.size]).toEqual([2, 0]);
  });

  test("that owns something is taken and not copied", () => {
    const { source, live } = watchedHeap();
    const outer = boxOf(source, HeapBox.encoding(WORD), boxOf(source, WORD, 5));

    expect(() => outer.get()).toThrow("what owns something is taken, not copied");
    const inner = outer.take();

    expect(inner.get()).toBe(5);
    expect(live.size).toBe(1);
  });

  test("is passed to another core without a copy, and dropped there", () => {
    const { source, other, live } = watchedHeap();
    const box = boxOf(source, WORD, 9);
    const [at] = live.keys();

    const passed = box.passTo(other);

    expect([...live.keys()]).toEqual([at]);
    expect(box.isHeld).toBe(false);
    expect(passed.get()).toBe(9);
    passed.drop();
    expect(live.size).toBe(0);
  });

  test("is not passed into another heap", () => {
    const [here, there] = [watchedHeap(), watchedHeap()];
    const box = boxOf(here.source, WORD, 9);

    expect(() => box.passTo(there.source)).toThrow("a box is passed on within one heap");
    expect(box.isHeld).toBe(true);
  });

  test("is copied into another heap, or stays where that is refused", () => {
    const [here, there] = [watchedHeap(), watchedHeap()];
    const box = boxOf(here.source, WORD, 9);

    there.requestsLeft = 0;
    const refused = box.copyTo(there.source);
    there.requestsLeft = 1;
    const copied = box.copyTo(there.source);

    expect(refused.ok).toBe(false);
    expect(copied.ok && copied.value.get()).toBe(9);
    expect([here.live.size, there.live.size]).toEqual([0, 1]);
    expect(() => box.copyTo(there.source)).toThrow("a box is used until it is used up");
  });

  test("is refused where there is no memory, and nothing is left behind", () => {
    const heap = watchedHeap();
    heap.requestsLeft = 0;

    const refused = HeapBox.of(heap.source, WORD, 1);

    expect(refused).toEqual({ ok: false, failure: { kind: "out-of-memory" } });
    expect(heap.live.size).toBe(0);
  });
});

describe("a vector", () => {
  test("grows to 4, 8 and 16 words, and to 1 and 2 values of more than 1024 bytes", () => {
    const { source } = watchedHeap();
    const words = new HeapVec(source, WORD);
    const large = new HeapVec(source, wordsOf(257));

    const capacities = Array.from({ length: 9 }, (_, index) => {
      words.push(index);
      return words.capacity;
    });
    large.push([]);
    const first = large.capacity;
    large.push([]);

    expect(capacities).toEqual([4, 4, 4, 4, 8, 8, 8, 8, 16]);
    expect([first, large.capacity]).toEqual([1, 2]);
  });

  test("has what was pushed, inserted, set, removed and popped, as an array has", () => {
    const { source } = watchedHeap();
    const vec = new HeapVec(source, WORD);
    const model: number[] = [];

    for (let step = 0; step < 200; step++) {
      const index = (step * 7) % (model.length + 1);
      if (step % 5 === 3 && model.length > 0) {
        expect(vec.remove(index % model.length)).toBe(model.splice(index % model.length, 1)[0]);
      } else if (step % 5 === 4) {
        expect(vec.pop()).toBe(model.pop());
      } else {
        vec.insert(index, step);
        model.splice(index, 0, step);
      }
      if (model.length > 0) vec.set(0, step);
      if (model.length > 0) model[0] = step;
    }

    expect(valuesOf(vec)).toEqual(model);
    expect(model.length).toBeGreaterThan(30);
  });

  test("has the last value where one was swapped out", () => {
    const { source } = watchedHeap();
    const vec = new HeapVec(source, WORD);
    for (const value of [10, 11, 12, 13]) vec.push(value);

    const removed = [vec.swapRemove(1), vec.swapRemove(2)];

    expect(removed).toEqual([11, 12]);
    expect(valuesOf(vec)).toEqual([10, 13]);
  });

  test("stays as it was where growth is refused, for every request that may be", () => {
    for (let granted = 0; granted < 4; granted++) {
      const heap = watchedHeap();
      const vec = new HeapVec(heap.source, WORD);
      heap.requestsLeft = granted;

      const pushed = Array.from({ length: 40 }, (_, index) => index).filter(
        (index) => vec.push(index).ok,
      );

      expect(valuesOf(vec)).toEqual(pushed);
      expect(pushed.length).toBe(granted === 0 ? 0 : 2 * 2 ** granted);
      vec.drop();
      expect(heap.live.size).toBe(0);
    }
  });

  test("gives its room back when it shrinks, and its block when it is empty", () => {
    const { source, live } = watchedHeap();
    const vec = new HeapVec(source, WORD);
    for (const value of [1, 2, 3, 4, 5]) vec.push(value);

    vec.shrinkToFit();
    const whole = [vec.capacity, ...valuesOf(vec)];
    vec.truncate(0);
    vec.shrinkToFit();

    expect(whole).toEqual([5, 1, 2, 3, 4, 5]);
    expect([vec.capacity, live.size]).toEqual([0, 0]);
  });

  test("of boxes drops each of them once", () => {
    const { source, live } = watchedHeap();
    const vec = new HeapVec(source, HeapBox.encoding(WORD));
    for (const value of [1, 2, 3]) vec.push(boxOf(source, WORD, value));

    const last = vec.pop();
    const between = live.size;
    vec.drop();

    expect(last?.take()).toBe(3);
    expect([between, live.size]).toEqual([4, 0]);
    expect(() => vec.push(boxOf(source, WORD, 4))).toThrow("a vector is used until it is dropped");
  });

  test("of values without bytes has no block and no end", () => {
    const { source, live } = watchedHeap();
    const vec = new HeapVec(source, UNIT);

    for (let count = 0; count < 1000; count++) vec.push(undefined);

    expect([vec.length, live.size]).toEqual([1000, 0]);
    vec.drop();
  });
});

describe("a value with many owners", () => {
  test("is dropped with the last of them, on whatever core", () => {
    const { source, other, live } = watchedHeap();
    const first = arcOf(source, HeapBox.encoding(WORD), boxOf(source, WORD, 1));
    const second = first.clone(other);

    first.drop();
    const between = live.size;
    second.drop();

    expect([between, live.size]).toEqual([2, 0]);
    expect(() => first.clone()).toThrow("an owner is used until it is used up");
  });

  test("is observed while it has an owner, and its block is there for the observer", () => {
    const { source, live } = watchedHeap();
    const owner = arcOf(source, WORD, 3);
    const observer = owner.downgrade();

    const again = observer.upgrade();
    const seen = again?.get();
    again?.drop();
    owner.drop();
    const gone = observer.upgrade();
    const between = live.size;
    observer.drop();

    expect([seen, gone]).toEqual([3, undefined]);
    expect([between, live.size]).toEqual([1, 0]);
  });

  test("is taken out by its only owner, and by no other", () => {
    const { source, live } = watchedHeap();
    const owner = arcOf(source, WORD, 3);
    const second = owner.clone();

    const refused = owner.tryTake();
    second.drop();
    const taken = owner.tryTake();

    expect([refused, taken, live.size]).toEqual([undefined, 3, 0]);
  });

  test("counts owners and observers", () => {
    const { source } = watchedHeap();
    const owner = arcOf(source, WORD, 3);
    const observer = owner.downgrade();
    const second = owner.clone();

    expect([owner.strongCount, owner.weakCount]).toEqual([2, 1]);
    observer.drop();
    second.drop();
    expect([owner.strongCount, owner.weakCount]).toEqual([1, 0]);
  });

  test("lies at its alignment behind the counts", () => {
    const { source, live } = watchedHeap();
    const wide: Encoding<number> = { ...WORD, size: bytes(32), align: 32 as Alignment };

    const owner = arcOf(source, wide, 77);

    expect([...live.values()]).toEqual([{ size: 64, align: 32 }]);
    expect(owner.get()).toBe(77);
  });
});

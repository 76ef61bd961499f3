/**
 * Both allocators, driven by random calls over both kinds of memory, every answer judged by the
 * specification and every structure audited.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  type Call,
  type HeapState,
  judge,
  liveBlocks,
  NOTHING_SEEN,
  type Observation,
} from "#spec";
import { finiteMap, type Observer } from "#support";
import { type Alignment, type BlockName, type ByteCount, blockName, type Range } from "#units";
import { auditBlockAllocator } from "../audit/block-allocator-audit.ts";
import { auditHoleList } from "../audit/hole-list-audit.ts";
import type { Memory } from "../memory/memory.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import { TranslatedMemory } from "../memory/translated-memory.ts";
import { BLOCK_ALLOCATOR_MARKS, BlockAllocator } from "./block-allocator.ts";
import { HOLE_LIST_MARKS, HoleList } from "./hole-list.ts";

type Allocator = HoleList | BlockAllocator;

/** What one random call wants; which block it is about depends on what is live. */
interface Wish {
  readonly kind: "alloc" | "allocZeroed" | "dealloc" | "realloc" | "usableSize";
  readonly size: ByteCount;
  readonly align: Alignment;
  readonly pick: number;
}

const EDGES = [0, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];
const sizes = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...EDGES), fc.integer({ min: -1, max: 1 })) },
  { weight: 2, arbitrary: fc.tuple(fc.integer({ min: 0, max: 600 }), fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(65536, 2 ** 47, 2 ** 53 - 1), fc.constant(0)) },
);
const aligns = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(1, 8) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 16 }).map((power) => 2 ** power) },
);
const kinds = fc.oneof(
  { weight: 6, arbitrary: fc.constant("alloc" as const) },
  { weight: 4, arbitrary: fc.constant("dealloc" as const) },
  { weight: 1, arbitrary: fc.constantFrom("allocZeroed", "realloc", "usableSize") },
  { weight: 1, arbitrary: fc.constant("realloc" as const) },
);
const wishes: fc.Arbitrary<Wish> = fc
  .record({ kind: kinds, size: sizes, align: aligns, pick: fc.nat() })
  .map(({ size: [size, by], align, ...rest }) => ({
    ...rest,
    size: Math.max(0, size + by) as ByteCount,
    // A block without bytes is promised in any heap, so it must not ask for an address it has not.
    align: (size + by > 0 ? align : 1) as Alignment,
  }));

const heaps = [512, 520, 4096, 36864, 45056, 65543, 1048576];
const starts = [0, 8, 4096, 65536 + 24];

class Driver {
  readonly #memory: Memory;
  readonly #allocator: Allocator;
  #state: HeapState;
  #names: BlockName[] = [];
  #nextName = 0;

  constructor(memory: Memory, allocator: Allocator) {
    const isHoleList = allocator instanceof HoleList;
    this.#memory = memory;
    this.#allocator = allocator;
    this.#state = {
      contract: {
        alignMax: 65536 as Alignment,
        alignDefault: 8 as Alignment,
        alignBySize: false,
        reallocKeepsAlign: true,
        zeroSize: "block",
        reclaims: true,
        availability: isHoleList
          ? { overhead: 33 as ByteCount, granule: 8 as ByteCount, minimum: 16 as ByteCount }
          : undefined,
        rejects: [],
        extentKnown: true,
      },
      extent: [allocator.extent()],
      live: liveBlocks(finiteMap()),
      dead: finiteMap(),
      requested: 0 as ByteCount,
      first: undefined,
    };
  }

  get first(): Pick<Wish, "size" | "align"> | undefined {
    return this.#state.first;
  }

  wish({ kind, size, align, pick }: Wish): void {
    if (kind === "alloc" || kind === "allocZeroed") {
      this.#make({ kind, name: blockName(this.#nextName++), size, align });
      return;
    }
    const name = this.#names[pick % Math.max(1, this.#names.length)];
    if (name === undefined) return;
    if (kind === "dealloc") this.#make({ kind, name });
    else if (this.#state.live.at(name).size === 0) return;
    else if (kind === "usableSize") this.#make({ kind, name });
    else this.#make({ kind: "realloc", name, size: Math.max(1, size) as ByteCount });
  }

  freeEverything(): void {
    for (const name of this.#names) this.#make({ kind: "dealloc", name });
  }

  audit(): void {
    const blocks = this.#names.map((name) => {
      const { start, size, align } = this.#state.live.at(name);
      return { start, size: this.#allocator.usableSize(start, size, align) };
    });
    if (this.#allocator instanceof HoleList) auditHoleList(this.#allocator, blocks);
    else auditBlockAllocator(this.#allocator, blocks);
  }

  #make(call: Call): void {
    const seen = { ...NOTHING_SEEN, ...this.#payloadBefore(call) };
    const answer = this.#answerTo(call);
    const verdict = judge(this.#state, call, answer, { ...seen, ...this.#seenAfter(call, answer) });
    expect(verdict.kind === "rejected" ? verdict.rule.name : "admitted").toBe("admitted");
    if (verdict.kind === "rejected") return;

    this.#state = verdict.state;
    if (answer.kind === "placed" && call.kind !== "realloc") this.#names.push(call.name);
    if (call.kind === "dealloc") this.#names = this.#names.filter((name) => name !== call.name);
    if (answer.kind === "placed") {
      const { start, size } = this.#state.live.at(call.name);
      this.#memory.fill(start, size, patternOf(call.name));
    }
  }

  #answerTo(call: Call): Answer {
    const allocator = this.#allocator;
    if (call.kind === "alloc") return answerOf(allocator.alloc(call.size, call.align));
    if (call.kind === "allocZeroed") return answerOf(allocator.allocZeroed(call.size, call.align));
    const { start, size, align } = this.#state.live.at(call.name);
    if (call.kind === "realloc") return answerOf(allocator.realloc(start, size, align, call.size));
    if (call.kind === "usableSize") {
      return { kind: "usable", bytes: allocator.usableSize(start, size, align) };
    }
    allocator.dealloc(start, size, align);
    return { kind: "released" };
  }

  /** Before a block goes or moves, all its bytes must still be its owner's. */
  #payloadBefore({ kind, name }: Call): Partial<Observation> {
    if (kind !== "dealloc" && kind !== "realloc") return {};
    const { start, size } = this.#state.live.at(name);
    return { payload: this.#isFilled(start, size, patternOf(name)) ? "intact" : "damaged" };
  }

  #seenAfter(call: Call, answer: Answer): Partial<Observation> {
    if (answer.kind !== "placed") return {};
    if (call.kind === "allocZeroed") {
      return { zeroed: this.#isFilled(answer.address, call.size, 0) ? "zero" : "dirty" };
    }
    if (call.kind !== "realloc") return {};
    const size = Math.min(call.size, this.#state.live.at(call.name).size);
    const isKept = this.#isFilled(answer.address, size, patternOf(call.name));
    return { prefix: isKept ? "kept" : "changed" };
  }

  #isFilled(start: number, size: number, value: number): boolean {
    for (let offset = 0; offset < size; offset++) {
      const word = this.#memory.readWord((start + offset - (offset % 4)) as Range["start"]);
      if (((word >>> (8 * (offset % 4))) & 0xff) !== value) return false;
    }
    return true;
  }
}

function patternOf(name: BlockName): number {
  return 1 + (name % 255);
}

function answerOf(result: ReturnType<Allocator["alloc"]>): Answer {
  return result.ok ? { kind: "placed", address: result.value } : { kind: "refused" };
}

function plain(start: number, size: number): Memory {
  return new PlainMemory(Math.ceil((start + size) / 4096) * 4096);
}

/** The same behind a page table that turns the order of all pages around. */
function translated(start: number, size: number): Memory {
  const pageCount = Math.ceil((start + size) / 4096);
  const memory = new TranslatedMemory(new PlainMemory(pageCount * 4096), pageCount);
  for (let page = 0; page < pageCount; page++) memory.map(page, pageCount - 1 - page);
  return memory;
}

const allocators = [
  { name: "hole list", Made: HoleList, marks: HOLE_LIST_MARKS },
  { name: "block allocator", Made: BlockAllocator, marks: BLOCK_ALLOCATOR_MARKS },
];
const memories = [
  { kind: "plain", memoryFor: plain, numRuns: 300 },
  { kind: "translated", memoryFor: translated, numRuns: 100 },
];

describe.each(allocators)("the $name", ({ Made, marks }) => {
  test.each(memories)(
    "answers as the specification admits, in $kind memory",
    ({ memoryFor, numRuns }) => {
      const reached = new Set<string>();
      const observer: Observer = { reached: (name) => reached.add(name) };
      const runs = fc.record({
        size: fc.constantFrom(...heaps),
        start: fc.constantFrom(...starts),
        calls: fc.array(wishes, { minLength: 1, maxLength: 120, size: "max" }),
      });

      const law = fc.property(runs, ({ size, start, calls }) => {
        const memory = memoryFor(start, size);
        const driver = new Driver(memory, new Made(memory, { start, size } as Range, observer));
        calls.forEach((call, step) => {
          driver.wish(call);
          if (step % 8 === 0) driver.audit();
        });
        driver.freeEverything();
        driver.audit();
        if (driver.first) driver.wish({ kind: "alloc", ...driver.first, pick: 0 });
      });

      fc.assert(law, { seed: 20, numRuns });
      expect([...reached].sort()).toEqual([...marks].sort());
    },
  );
});

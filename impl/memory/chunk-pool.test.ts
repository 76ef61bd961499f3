import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChunkRequest } from "#spec";
import { ContractViolation } from "#support";
import { unitCount, unitNumber } from "#units";
import { auditFreeChunks } from "../audit/free-chunks-audit.ts";
import { type ChunkLayout, ChunkPool } from "./chunk-pool.ts";
import { ChunkRoom, EARLY_CHUNK_COUNT } from "./chunk-room.ts";
import type { Chunk } from "./free-chunks.ts";
import type { UnitRange } from "./unit-ranges.ts";

const range = (first: number, last: number): UnitRange => ({
  first: unitNumber(first),
  last: unitNumber(last),
});
const run = (first: number, count: number): Chunk => ({
  first: unitNumber(first),
  count: unitCount(count),
});
const any: ChunkRequest = { kind: "any" };
const at = (first: number): ChunkRequest => ({ kind: "at", first: unitNumber(first) });
const aligned = (align: number): ChunkRequest => ({ kind: "aligned", align: unitCount(align) });
const within = (first: number, last: number): ChunkRequest => ({
  kind: "within",
  ...range(first, last),
});

/** Units 0 to 99 and, behind a seam, 100 to 199; of these 20 to 79 and 100 to 119 are general. */
const LAYOUT: ChunkLayout = {
  extents: [range(0, 99), range(100, 199)],
  general: [range(20, 79), range(100, 119)],
  unreserved: [range(10, 99), range(100, 199)],
  fallsBack: false,
};

const FALLING_BACK: ChunkLayout = { ...LAYOUT, fallsBack: true };

describe("a request", () => {
  test.each([
    { request: any, count: 60, first: 20 },
    { request: any, count: 20, first: 20 },
    { request: any, count: 61, first: undefined },
    { request: aligned(7), count: 5, first: 21 },
    { request: aligned(100), count: 20, first: 100 },
    { request: aligned(100), count: 21, first: undefined },
    { request: within(15, 24), count: 10, first: 15 },
    { request: within(0, 24), count: 10, first: 10 },
    { request: within(95, 120), count: 6, first: 100 },
    { request: within(95, 104), count: 6, first: undefined },
    { request: within(24, 15), count: 1, first: undefined },
    { request: within(199, Number.MAX_SAFE_INTEGER), count: 1, first: 199 },
    { request: at(0), count: 100, first: 0 },
    { request: at(99), count: 1, first: 99 },
  ])("$request for $count units is given those from $first on", ({ request, count, first }) => {
    const pool = new ChunkPool(LAYOUT);

    const answer = pool.acquire(request, unitCount(count));

    expect(answer.ok ? answer.value.first : undefined).toBe(first);
  });

  test.each([
    { request: any, count: 0, kind: "zero-units" },
    { request: at(500), count: 0, kind: "zero-units" },
    { request: any, count: 101, kind: "too-many-units" },
    { request: at(50), count: Number.MAX_SAFE_INTEGER, kind: "too-many-units" },
    { request: any, count: 61, kind: "no-run-fits" },
    { request: aligned(Number.MAX_SAFE_INTEGER), count: 1, kind: "no-run-fits" },
    { request: at(200), count: 1, kind: "outside" },
    { request: at(99), count: 2, kind: "outside" },
    { request: at(Number.MAX_SAFE_INTEGER), count: 2, kind: "outside" },
    { request: at(29), count: 2, kind: "not-free" },
  ])("$request for $count units is refused: $kind", ({ request, count, kind }) => {
    const pool = new ChunkPool(LAYOUT);
    pool.acquire(at(30), unitCount(1));

    const answer = pool.acquire(request, unitCount(count));

    expect(answer).toEqual({ ok: false, failure: { kind } });
    expect(() => auditFreeChunks(pool, [run(30, 1)])).not.toThrow();
  });

  test("for any units ends in designated ones only where it may, and general ones would not do", () => {
    const pool = new ChunkPool(FALLING_BACK);

    const answers = [60, 90].map((count) => pool.acquire(any, unitCount(count)));

    expect(answers.map((answer) => answer.ok && answer.value.first)).toEqual([20, 100]);
  });

  test("is in whole numbers", () => {
    const pool = new ChunkPool(LAYOUT);

    expect(() => pool.acquire(any, unitCount(1.5))).toThrow(ContractViolation);
    expect(() => pool.acquire(any, unitCount(-1))).toThrow(ContractViolation);
    expect(() => pool.acquire(at(0.5), unitCount(1))).toThrow(ContractViolation);
    expect(() => pool.acquire(aligned(0), unitCount(1))).toThrow(ContractViolation);
    expect(() => pool.acquire(within(0.5, 9), unitCount(1))).toThrow(ContractViolation);
    expect(() => pool.acquire(within(5, Number.NaN), unitCount(1))).toThrow(ContractViolation);
  });
});

describe("the bookkeeping", () => {
  test("of a pool begins with room for 32 held chunks", () => {
    const pool = new ChunkPool(LAYOUT);

    for (let held = 0; held < EARLY_CHUNK_COUNT; held++) pool.acquire(any, unitCount(1));
    const answer = pool.acquire(any, unitCount(1));

    expect(answer).toEqual({ ok: false, failure: { kind: "no-room-for-bookkeeping" } });
    expect(pool.heldCount).toBe(EARLY_CHUNK_COUNT);
  });

  test("has a node for every release, in whatever order, though it is full", () => {
    const order = fc.shuffledSubarray(
      Array.from({ length: EARLY_CHUNK_COUNT }, (_, place) => place),
      { minLength: EARLY_CHUNK_COUNT },
    );
    const property = fc.property(order, fc.boolean(), (places, isApart) => {
      const pool = new ChunkPool(LAYOUT);
      const step = isApart ? 2 : 1;
      const held = places.map((place) => run(20 + place * step, 1));
      for (const { first } of held) pool.acquire(at(first), unitCount(1));

      while (held.length > 0) {
        pool.release(held.pop() as Chunk);
        auditFreeChunks(pool, held);
      }

      expect(pool.free.chunks()).toEqual([run(0, 100), run(100, 100)]);
    });

    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  test.each(Array.from({ length: 8 }, (_, room) => room))(
    "for %i held chunks refuses the next one and is as it was",
    (room) => {
      const pool = new ChunkPool(LAYOUT, undefined, room);
      const held: Chunk[] = [];
      for (let place = 0; place < room; place++) held.push(taken(pool, at(20 + 2 * place)));
      const before = pool.free.chunks();

      const answer = pool.acquire(any, unitCount(1));

      expect(answer).toEqual({ ok: false, failure: { kind: "no-room-for-bookkeeping" } });
      expect(pool.free.chunks()).toEqual(before);
      expect(() => auditFreeChunks(pool, held)).not.toThrow();
    },
  );

  test("takes a 33rd chunk back though 32 free ones are known", () => {
    const pool = new ChunkPool(LAYOUT, undefined, EARLY_CHUNK_COUNT + 1);
    const places = Array.from({ length: EARLY_CHUNK_COUNT + 1 }, (_, place) => 2 * place);
    const held = places.map((place) => taken(pool, at(place)));

    for (const chunk of held) pool.release(chunk);

    expect(pool.free.chunks()).toEqual([run(0, 100), run(100, 100)]);
    expect(pool.spareNodeCount).toBe(EARLY_CHUNK_COUNT + 1);
  });

  test("goes on in more room at any time", () => {
    const pool = new ChunkPool(LAYOUT, undefined, 2);
    const held = [taken(pool, at(20)), taken(pool, at(22))];

    const left = pool.moveTo(new ChunkRoom(6));
    held.push(taken(pool, at(24)), taken(pool, any));

    expect(left.nodeCount).toBe(4);
    expect(pool.spareNodeCount).toBe(0);
    expect(() => auditFreeChunks(pool, held)).not.toThrow();
  });

  test("is not moved to less room", () => {
    const pool = new ChunkPool(LAYOUT, undefined, 2);

    expect(() => pool.moveTo(new ChunkRoom(3))).toThrow(ContractViolation);
  });
});

function taken(pool: ChunkPool, request: ChunkRequest): Chunk {
  const answer = pool.acquire(request, unitCount(1));
  if (!answer.ok) throw new Error(answer.failure.kind);
  return answer.value;
}

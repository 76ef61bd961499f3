import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChunkRequest } from "#spec";
import { ContractViolation } from "#support";
import { type FrameNumber, unitCount, unitNumber } from "#units";
import { auditFreeChunks } from "../audit/free-chunks-audit.ts";
import { type AllocatedFrames, firstFrameOf } from "./allocated-frames.ts";
import { type FrameAllocator, frameAllocator } from "./frame-allocator.ts";
import { FRAME_COUNT, frameLayout, type MemoryMap } from "./frame-layout.ts";
import type { Chunk } from "./free-chunks.ts";

const runs = (...pairs: readonly (readonly [number, number])[]): readonly Chunk[] =>
  pairs.map(([first, count]) => ({ first: unitNumber(first), count: unitCount(count) }));

const any: ChunkRequest = { kind: "any" };
const at = (first: number): ChunkRequest => ({ kind: "at", first: unitNumber(first) });

/** General frames 0x100 to 0x1ff, reserved ones 0x80 to 0xff, and devices up to 0xffff. */
const MAP: MemoryMap = {
  general: runs([0x100, 0x100]),
  reserved: runs([0x80, 0x80]),
  claimableLast: 0xffff as FrameNumber,
};

function held(allocator: FrameAllocator, request: ChunkRequest, count: number): AllocatedFrames {
  const answer = allocator.acquire(request, unitCount(count));
  if (!answer.ok) throw new Error(answer.failure.kind);
  return answer.value;
}

function refusal(allocator: FrameAllocator, request: ChunkRequest, count: number): string {
  const answer = allocator.acquire(request, unitCount(count));
  return answer.ok ? "given" : answer.failure.kind;
}

describe("a map of memory", () => {
  test("means the same in any order, and however its entries are cut", () => {
    const entry = fc.record({
      first: fc.nat(60).map(unitNumber),
      count: fc.nat(12).map(unitCount),
    });
    const entries = fc.array(entry, { maxLength: 8 });
    const property = fc.property(entries, entries, fc.integer({ min: -1, max: 40 }), (...of) => {
      const [general, reserved, last] = of;
      const claimableLast = last < 0 ? undefined : (last as FrameNumber);
      const has = (list: readonly Chunk[], unit: number): boolean =>
        list.some(({ first, count }) => first <= unit && unit < first + count);

      const layout = frameLayout({ general, reserved, claimableLast });

      for (let unit = 0; unit < 80; unit++) {
        const isIn = (ranges: typeof layout.extents): boolean =>
          ranges.some((each) => each.first <= unit && unit <= each.last);
        const isGeneral = has(general, unit) && !has(reserved, unit);
        expect(isIn(layout.general)).toBe(isGeneral);
        expect(isIn(layout.unreserved)).toBe(isGeneral);
        expect(isIn(layout.extents)).toBe(has([...general, ...reserved], unit) || unit <= last);
      }
      const areApart = (ranges: typeof layout.extents): boolean =>
        ranges.every(({ last: end }, index) => (ranges[index + 1]?.first ?? end + 2) > end + 1);
      expect(areApart(layout.general) && areApart(layout.extents)).toBe(true);
    });

    fc.assert(property, { seed: 1, numRuns: 500 });
  });

  test("may have any number of entries", () => {
    const general = Array.from({ length: 1000 }, (_, place) => [place * 4, 2] as const);
    const map = { general: runs(...general), reserved: [], claimableLast: undefined };

    const allocator = frameAllocator(map);

    expect(refusal(allocator, any, 3)).toBe("too-many-units");
    expect(held(allocator, any, 2).first).toBe(0);
    expect(held(allocator, any, 2).first).toBe(4);
  });

  test("that says nothing gives no frame", () => {
    const allocator = frameAllocator({ general: [], reserved: [], claimableLast: undefined });

    expect(refusal(allocator, any, 1)).toBe("too-many-units");
    expect(refusal(allocator, at(0), 1)).toBe("too-many-units");
  });

  test("names frames of 40 bits", () => {
    const last = FRAME_COUNT - 1;
    const map = (first: number, count: number): MemoryMap => ({
      general: runs([first, count]),
      reserved: [],
      claimableLast: undefined,
    });

    expect(firstFrameOf(held(frameAllocator(map(last, 1)), any, 1))).toBe(last);
    expect(() => frameAllocator(map(last, 2))).toThrow(ContractViolation);
    expect(() => frameAllocator(map(0.5, 1))).toThrow(ContractViolation);
  });
});

describe("a frame", () => {
  test("that is reserved is never given to a request for any", () => {
    const allocator = frameAllocator(MAP);

    const general = held(allocator, any, 0x100);

    expect([general.first, general.size]).toEqual([0x100, 0x10_0000]);
    expect(refusal(allocator, any, 1)).toBe("no-run-fits");
  });

  test.each([
    { what: "reserved", first: 0x80, count: 0x80 },
    { what: "of a device", first: 0x200, count: 1 },
    { what: "reserved and of a device", first: 0x70, count: 0x20 },
    { what: "the last of a device", first: 0xffff, count: 1 },
  ])("that is $what is given by its number, and once", ({ first, count }) => {
    const allocator = frameAllocator(MAP);

    const frames = held(allocator, at(first), count);

    expect([frames.first, frames.count]).toEqual([first, count]);
    expect(refusal(allocator, at(first), count)).toBe("not-free");
  });

  test("beyond what may be claimed is not given", () => {
    const allocator = frameAllocator(MAP);

    expect(refusal(allocator, at(0x1_0000), 1)).toBe("outside");
    expect(refusal(allocator, at(0xffff), 2)).toBe("outside");
    expect(refusal(allocator, at(FRAME_COUNT - 1), Number.MAX_SAFE_INTEGER)).toBe("too-many-units");
  });

  test("that is general is not claimed by a request that begins below the first of them", () => {
    const allocator = frameAllocator({ ...MAP, reserved: [] });
    held(allocator, at(0x100), 4);

    expect(refusal(allocator, at(0xfe), 4)).toBe("not-free");
    expect(refusal(allocator, at(0xfe), 2)).toBe("given");
  });

  test("stays of its kind when chunks of two kinds are merged and released", () => {
    const allocator = frameAllocator({ ...MAP, reserved: runs([0x200, 1]) });
    const merged = held(allocator, at(0x1ff), 1).merge(held(allocator, at(0x200), 1));
    if (!merged.ok) throw new Error(merged.failure.kind);

    merged.value.release();

    expect(held(allocator, any, 0x100).last).toBe(0x1ff);
    expect(refusal(allocator, any, 1)).toBe("no-run-fits");
    expect(() => auditFreeChunks(allocator.pool, runs([0x100, 0x100]))).not.toThrow();
  });
});

import { describe, expect, test } from "vitest";
import type { ChunkRequest } from "#spec";
import { ContractViolation } from "#support";
import { type PageNumber, unitCount, unitNumber } from "#units";
import { auditFreeChunks } from "../audit/free-chunks-audit.ts";
import type { AllocatedPages } from "./allocated-pages.ts";
import { frameAllocator } from "./frame-allocator.ts";
import { pageAllocator } from "./page-allocator.ts";

const LOW_LAST = 0x3ff as PageNumber;
const LAST = 2 ** 36 - 1;

function scene(heldCountMax?: number) {
  const allocator = pageAllocator(LOW_LAST, undefined, undefined, heldCountMax);
  const hold = (first: number, count: number): AllocatedPages => {
    const request: ChunkRequest = { kind: "at", first: unitNumber(first) };
    const answer = allocator.acquire(request, unitCount(count));
    if (!answer.ok) throw new Error(answer.failure.kind);
    return answer.value;
  };
  return { allocator, hold };
}

const unit = unitNumber;

describe("a held chunk", () => {
  test.each([
    { at: 1000, below: undefined, above: [1000, 10] },
    { at: 1001, below: [1000, 1], above: [1001, 9] },
    { at: 1009, below: [1000, 9], above: [1009, 1] },
    { at: 1010, below: [1000, 10], above: undefined },
  ])("is split at $at into $below and $above", ({ at, below, above }) => {
    const { allocator, hold } = scene();

    const parts = hold(1000, 10).split(unit(at));

    if (!parts.ok) throw new Error(parts.failure.kind);
    const all = [parts.value.below, parts.value.above];
    const runs = all.map((part) => part && [part.first, part.count]);
    expect(runs).toEqual([below, above]);
    expect(() =>
      auditFreeChunks(
        allocator.pool,
        all.filter((part) => part !== undefined),
      ),
    ).not.toThrow();
  });

  test.each([999, 1011, 0, Number.MAX_SAFE_INTEGER])("is not split at %i", (at) => {
    const chunk = scene().hold(1000, 10);

    const parts = chunk.split(unit(at));

    expect(parts).toEqual({ ok: false, failure: { kind: "not-inside" } });
    expect(chunk.isHeld).toBe(true);
  });

  test.each([1000.5, -1, Number.NaN])("is not split at %d, which no page is", (at) => {
    const chunk = scene().hold(1000, 10);

    expect(() => chunk.split(unit(at))).toThrow(ContractViolation);
    expect(chunk.isHeld).toBe(true);
  });

  test("is split at the last page", () => {
    const parts = scene()
      .hold(LAST - 2, 3)
      .split(unit(LAST));

    expect(parts.ok && [parts.value.below?.count, parts.value.above?.first]).toEqual([2, LAST]);
  });

  test("is cut only while there is a node for its part", () => {
    const chunk = scene(1).hold(1000, 10);

    const cut = chunk.split(unit(1001));

    expect(cut).toEqual({ ok: false, failure: { kind: "no-room-for-bookkeeping" } });
    expect(chunk.split(unit(1000)).ok).toBe(true);
  });

  test.each([
    { what: "behind", first: 1010, count: 5, whole: [1000, 15] },
    { what: "before", first: 995, count: 5, whole: [995, 15] },
  ])("takes in one right $what it", ({ first, count, whole }) => {
    const { allocator, hold } = scene();
    const chunk = hold(1000, 10);
    const other = hold(first, count);

    const merged = chunk.merge(other);

    if (!merged.ok) throw new Error(merged.failure.kind);
    expect([merged.value.first, merged.value.count]).toEqual(whole);
    expect([chunk.isHeld, other.isHeld]).toEqual([false, false]);
    expect(() => auditFreeChunks(allocator.pool, [merged.value])).not.toThrow();
  });

  test("is not merged with one further away, nor across the halves, and both are held", () => {
    const { hold } = scene();
    const lower = hold(2 ** 35 - 1, 1);

    const others = [hold(2 ** 35, 1), hold(2 ** 35 - 3, 1)];

    for (const other of others) {
      expect(lower.merge(other)).toEqual({ ok: false, failure: { kind: "not-adjacent" } });
      expect([lower.isHeld, other.isHeld]).toEqual([true, true]);
    }
  });

  test("is merged with another of the same allocator", () => {
    const chunk = scene().hold(1000, 10);
    const foreign = scene().hold(1010, 10);

    expect(() => chunk.merge(foreign)).toThrow(ContractViolation);
    expect(() => chunk.merge(chunk)).toThrow(ContractViolation);
    expect([chunk.isHeld, foreign.isHeld]).toEqual([true, true]);
  });
});

test("frames are not merged with pages, and do not compile where pages are asked for", () => {
  const pages = scene().hold(1000, 10);
  const general = [{ first: unit(1010), count: unitCount(10) }];
  const allocator = frameAllocator({ general, reserved: [], claimableLast: undefined });
  const frames = allocator.acquire({ kind: "any" }, unitCount(10));

  if (!frames.ok) throw new Error(frames.failure.kind);
  // @ts-expect-error A chunk of frames is no chunk of pages.
  expect(() => pages.merge(frames.value)).toThrow(ContractViolation);
});

describe("a chunk that is used up", () => {
  const USES: readonly (readonly [string, (chunk: AllocatedPages) => unknown])[] = [
    ["released", (chunk) => chunk.release()],
    ["split", (chunk) => chunk.split(unit(1003))],
    ["split at its start", (chunk) => chunk.split(unit(1000))],
  ];

  test.each(
    USES.flatMap(([one, use]) => USES.map(([other, again]) => [one, other, use, again] as const)),
  )("by being %s is not %s again", (_, __, use, again) => {
    const chunk = scene().hold(1000, 10);
    use(chunk);

    expect(() => again(chunk)).toThrow(new ContractViolation("a chunk is used once"));
  });

  test("is not merged, in either place", () => {
    const { hold } = scene();
    const used = hold(1000, 10);
    const other = hold(1010, 10);
    used.release();

    expect(() => used.merge(other)).toThrow(new ContractViolation("a chunk is used once"));
    expect(() => other.merge(used)).toThrow(new ContractViolation("a chunk is used once"));
    expect(other.isHeld).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import type { ChunkRequest } from "#spec";
import { ContractViolation } from "#support";
import { address, bytes, type PageNumber, unitCount, unitNumber } from "#units";
import { auditFreeChunks } from "../audit/free-chunks-audit.ts";
import { type AllocatedPages, addressIn, firstPageOf, offsetIn } from "./allocated-pages.ts";
import { ChunkRoom } from "./chunk-room.ts";
import { type PageAllocator, pageAllocator } from "./page-allocator.ts";

const LOW_LAST = 0x3ff as PageNumber;
const GENERAL = 0x400;
const UPPER = 2 ** 35;
const HEAP = 509 * 2 ** 27;
const TEXT = 511 * 2 ** 27;
const END = 2 ** 36;

const any: ChunkRequest = { kind: "any" };
const at = (first: number): ChunkRequest => ({ kind: "at", first: unitNumber(first) });
const within = (first: number, last: number): ChunkRequest => ({
  kind: "within",
  first: unitNumber(first),
  last: unitNumber(last),
});

function held(allocator: PageAllocator, request: ChunkRequest, count: number): AllocatedPages {
  const answer = allocator.acquire(request, unitCount(count));
  if (!answer.ok) throw new Error(answer.failure.kind);
  return answer.value;
}

function refusal(allocator: PageAllocator, request: ChunkRequest, count: number): string {
  const answer = allocator.acquire(request, unitCount(count));
  return answer.ok ? "given" : answer.failure.kind;
}

describe("a page", () => {
  test.each([
    { what: "just above the low pages", page: GENERAL, any: true },
    { what: "0", page: 0, any: false },
    { what: "1", page: 1, any: false },
    { what: "that begins the heap", page: HEAP, any: false },
    { what: "that ends the text", page: END - 1, any: false },
  ])("$what is given by its number", ({ page, any: isGeneral }) => {
    const allocator = pageAllocator(LOW_LAST);

    const first = held(allocator, any, 1);
    first.release();
    const pages = held(allocator, at(page), 1);

    expect(pages.first).toBe(page);
    expect(first.first === page).toBe(isGeneral);
  });

  test.each([
    { what: "of entry 508", first: 508 * 2 ** 27, count: 1 },
    { what: "of entry 510", first: 510 * 2 ** 27, count: 1 },
    { what: "of entry 510, behind the heap", first: 510 * 2 ** 27 - 1, count: 2 },
    { what: "on both sides of the hole between the halves", first: UPPER - 1, count: 2 },
    { what: "beyond the last", first: END, count: 1 },
    { what: "beyond the last, behind it", first: END - 1, count: 2 },
    { what: "that no number has", first: Number.MAX_SAFE_INTEGER, count: 1 },
  ])("$what is never given", ({ first, count }) => {
    const allocator = pageAllocator(LOW_LAST);

    expect(refusal(allocator, at(first), count)).toBe("outside");
    expect(refusal(allocator, within(first, first + count - 1), count)).toBe("no-run-fits");
  });

  test("0 is not given for a window", () => {
    const allocator = pageAllocator(LOW_LAST);

    const pages = held(allocator, within(0, 5), 5);

    expect(pages.first).toBe(1);
    expect(refusal(allocator, within(0, 5), 1)).toBe("no-run-fits");
  });
});

describe("a request for any pages", () => {
  test("is given the whole lower half, and then the upper one", () => {
    const allocator = pageAllocator(LOW_LAST);

    const lower = held(allocator, any, UPPER - GENERAL);
    const next = held(allocator, any, 1);

    expect([lower.first, lower.last, next.first]).toEqual([GENERAL, UPPER - 1, UPPER]);
    expect(refusal(allocator, at(UPPER), 1)).toBe("not-free");
  });

  test.each([
    { fallback: "general-pages-only", first: undefined },
    { fallback: "designated-pages-last", first: 1 },
  ] as const)("when no general page is left: $fallback", ({ fallback, first }) => {
    const allocator = pageAllocator(LOW_LAST, fallback);
    held(allocator, any, UPPER - GENERAL);
    held(allocator, any, 508 * 2 ** 27 - UPPER);

    const answer = allocator.acquire(any, unitCount(1));

    expect(answer.ok ? answer.value.first : undefined).toBe(first);
  });

  test.each([2 ** 36, 2 ** 52, Number.MAX_SAFE_INTEGER])("is refused for %i", (count) => {
    const allocator = pageAllocator(LOW_LAST);

    expect(refusal(allocator, any, count)).toBe("too-many-units");
    expect(refusal(allocator, at(TEXT), count)).toBe("too-many-units");
  });
});

describe("pages by their bytes", () => {
  test.each([
    { start: 0x40_0000, size: 1, first: 0x400, count: 1 },
    { start: 0x40_0fff, size: 1, first: 0x400, count: 1 },
    { start: 0x40_0fff, size: 2, first: 0x400, count: 2 },
    { start: 0x40_0001, size: 0x1000, first: 0x400, count: 2 },
    { start: 0x40_0000, size: 0x1000, first: 0x400, count: 1 },
  ])("$size from $start on are $count", ({ start, size, first, count }) => {
    const allocator = pageAllocator(LOW_LAST);

    const answer = allocator.acquireBytesAt(address(start), bytes(size));

    expect(answer.ok && [answer.value.first, answer.value.count]).toEqual([first, count]);
  });

  test.each([
    { size: 0, kind: "zero-units" },
    { size: Number.MAX_SAFE_INTEGER, kind: "too-many-units" },
  ])("$size of them are refused: $kind", ({ size, kind }) => {
    const allocator = pageAllocator(LOW_LAST);

    const answers = [
      allocator.acquireBytes(bytes(size)),
      allocator.acquireBytesAt(address(0x40_0fff), bytes(size)),
    ];

    expect(answers.map((answer) => answer.ok || answer.failure.kind)).toEqual([kind, kind]);
  });

  test("are of whole numbers", () => {
    const allocator = pageAllocator(LOW_LAST);

    for (const wrong of [-1, 0.5, Number.NaN]) {
      expect(() => allocator.acquireBytes(bytes(wrong))).toThrow(ContractViolation);
      expect(() => allocator.acquireBytesAt(address(wrong), bytes(1))).toThrow(ContractViolation);
      expect(() => allocator.acquireBytesAt(address(1), bytes(wrong))).toThrow(ContractViolation);
    }
  });

  test("know their addresses", () => {
    const pages = held(pageAllocator(LOW_LAST), at(HEAP), 2);

    expect(firstPageOf(pages)).toBe(HEAP);
    expect(addressIn(pages, bytes(0))).toBe(0xfe80_0000_0000);
    expect(pages.size).toBe(8192);
    expect(addressIn(pages, bytes(8191))).toBe(0xfe80_0000_1fff);
    expect(offsetIn(pages, address(0xfe80_0000_1fff))).toBe(8191);
    expect(() => addressIn(pages, bytes(8192))).toThrow(ContractViolation);
    expect(() => offsetIn(pages, address(0xfe80_0000_2000))).toThrow(ContractViolation);
  });
});

describe("pages that are released", () => {
  test("in five pieces, in any order, are one run again", () => {
    const allocator = pageAllocator(LOW_LAST);
    const pieces = [0, 25, 15, 20, 10].map((first) =>
      held(allocator, at(GENERAL + first), first === 0 ? 10 : 5),
    );

    for (const piece of pieces) piece.release();

    expect(held(allocator, at(GENERAL), 30).count).toBe(30);
  });

  test("serve a request that takes part of several pieces, and nothing beyond is lost", () => {
    const allocator = pageAllocator(LOW_LAST);
    const lower = held(allocator, at(GENERAL), 15);
    const upper = held(allocator, at(GENERAL + 15), 5);
    const fence = held(allocator, at(GENERAL + 20), 1);
    upper.release();
    lower.release();

    const middle = held(allocator, at(GENERAL + 5), 8);

    expect(refusal(allocator, at(GENERAL + 13), 8)).toBe("not-free");
    const rest = held(allocator, at(GENERAL + 13), 7);
    expect(() => auditFreeChunks(allocator.pool, [fence, middle, rest])).not.toThrow();
  });

  test("need no memory, though the growth of a heap holds every node there is", () => {
    const allocator = pageAllocator(LOW_LAST, undefined, undefined, 2);
    const first = held(allocator, at(HEAP), 2);
    const fence = held(allocator, at(HEAP + 3), 1);
    expect(refusal(allocator, at(HEAP + 2), 1)).toBe("no-room-for-bookkeeping");

    first.release();
    const again = held(allocator, at(HEAP + 1), 2);
    allocator.moveTo(new ChunkRoom(64));
    const more = held(allocator, at(HEAP), 1);

    expect(() => auditFreeChunks(allocator.pool, [fence, again, more])).not.toThrow();
  });
});

test("a heap that keeps the bookkeeping of its pages in these pages grows as often as it likes", () => {
  const allocator = pageAllocator(LOW_LAST, undefined, undefined, 4);
  const all: AllocatedPages[] = [];
  let roomPages: AllocatedPages | undefined;
  let moves = 0;
  const grow = (): void => {
    all.push(held(allocator, within(HEAP, TEXT - 1), 2));
    if (allocator.spareNodeCount > 2) return;
    const nodeCount = 2 * allocator.pool.free.nodeCount;
    const pages = held(allocator, within(HEAP, TEXT - 1), Math.ceil((nodeCount * 33) / 4096));
    allocator.moveTo(new ChunkRoom(nodeCount));
    roomPages?.release();
    roomPages = pages;
    moves += 1;
  };

  for (let growth = 0; growth < 1000; growth++) grow();
  for (const pages of all.filter((_, place) => place % 2 === 0)) pages.release();

  const kept = all.filter(({ isHeld }) => isHeld);
  const everything = roomPages === undefined ? kept : [...kept, roomPages];
  expect(moves).toBe(7);
  expect(() => auditFreeChunks(allocator.pool, everything)).not.toThrow();
});

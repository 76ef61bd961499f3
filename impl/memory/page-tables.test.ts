import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ContractViolation } from "#support";
import {
  type CoreId,
  type FrameNumber,
  firstByteOf,
  frameNumber,
  type LeafLevel,
  type PageNumber,
} from "#units";
import { auditPageTables } from "../audit/page-tables-audit.ts";
import { leavesOf } from "../interpretation/page-table-meaning.ts";
import { type FrameSource, NO_FRAME } from "./frame-source.ts";
import { Mmu } from "./mmu.ts";
import { EXECUTING, isFault, READING, WRITING } from "./page-rights.ts";
import {
  ACCESSED,
  DIRTY,
  type EntryFlags,
  entryFlags,
  NO_EXECUTE,
  USER,
  WRITABLE,
} from "./page-table-entry.ts";
import { PageTables } from "./page-tables.ts";
import { PageWalk } from "./page-walk.ts";
import { USUAL_SETUP } from "./paging-controls.ts";
import { PhysicalMemory } from "./physical-memory.ts";
import { RECURSIVE_INDEX, windowPage } from "./recursive-window.ts";
import { TableFrames } from "./table-frames.ts";
import { Tlb } from "./tlb.ts";

const FRAME_COUNT = 64;
const RW = entryFlags(WRITABLE | NO_EXECUTE);
const RO = entryFlags(NO_EXECUTE);

/** Frames from a stack, and how many more may be taken. */
class CountedFrames implements FrameSource {
  left = FRAME_COUNT;
  readonly #free: number[] = Array.from({ length: FRAME_COUNT }, (_, frame) => frame).reverse();

  acquireFrame(): FrameNumber {
    if (this.left === 0) return NO_FRAME;
    this.left--;
    return (this.#free.pop() ?? NO_FRAME) as FrameNumber;
  }

  releaseFrame(frame: FrameNumber): void {
    this.left++;
    this.#free.push(frame);
  }

  free(): number {
    return this.#free.length;
  }
}

function fixture() {
  const source = new CountedFrames();
  const memory = new PhysicalMemory(FRAME_COUNT * 4096);
  const frames = new TableFrames(memory, source);
  const root = frames.acquire();
  const tables = new PageTables(frames, root);
  return { source, memory, frames, root, tables };
}

const pageAt = (number: number): PageNumber => number as PageNumber;
const upFrom = (first: number) => (index: number) => frameNumber(first + index);
const one = (page: number, level: LeafLevel = 1, count = 1) => ({
  first: pageAt(page),
  count,
  level,
});

/** Pages at the edges of tables of every level, in both halves. */
const EDGES = [0, 510, 511, 512, 262_143, 262_144, 134_217_727, 2 ** 35 - 2, 2 ** 35, 2 ** 36 - 3];

describe("page tables", () => {
  test("show what was mapped last and nothing else, whatever is mapped, unmapped and changed", () => {
    const step = fc.record({
      kind: fc.constantFrom("map", "map", "unmap", "remap"),
      edge: fc.nat(EDGES.length - 1),
      count: fc.integer({ min: 1, max: 3 }),
      frame: fc.nat(900),
      flags: fc.constantFrom(RW, RO),
    });
    const law = fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const { memory, frames, root, tables, source } = fixture();
      const model = new Map<number, { frame: number; flags: EntryFlags }>();
      for (const { kind, edge, count, frame, flags } of steps) {
        const first = EDGES[edge] as number;
        if (first + count > 2 ** 36 || (first < 2 ** 35 && first + count > 2 ** 35)) continue;
        const pages = Array.from({ length: count }, (_, index) => first + index);
        const run = one(first, 1, count);
        if (kind === "map") {
          const { ok } = tables.map(run, upFrom(1000 + frame), flags);
          expect(ok).toBe(pages.every((page) => !model.has(page)));
          if (ok)
            pages.forEach(
              (page, index) => void model.set(page, { frame: 1000 + frame + index, flags }),
            );
        } else {
          const result = kind === "unmap" ? tables.unmap(run) : tables.remap(run, flags);
          expect(result.ok).toBe(pages.every((page) => model.has(page)));
          if (!result.ok) continue;
          result.value.complete();
          for (const page of pages) {
            const { frame: kept } = model.get(page) as { frame: number };
            if (kind === "unmap") model.delete(page);
            else model.set(page, { frame: kept, flags });
          }
        }
        auditPageTables(frames, [root], USUAL_SETUP);
      }

      const shown = leavesOf(memory, root, RECURSIVE_INDEX).map(({ page, entry }) => [
        page,
        entry.frame,
        entry.isWritable,
      ]);
      const wanted = [...model]
        .sort(([a], [b]) => a - b)
        .map(([page, { frame, flags }]) => [page, frame, (flags & WRITABLE) !== 0]);
      expect(shown).toEqual(wanted);
      for (const page of model.keys()) {
        const pending = tables.unmap(one(page));
        if (pending.ok) pending.value.complete();
      }
      expect(source.free()).toBe(FRAME_COUNT - 1);
    });

    fc.assert(law, { seed: 1, numRuns: 150 });
  });

  test("change nothing when frames run out, wherever that happens", () => {
    const needed = 6;
    for (let left = 0; left <= needed; left++) {
      const { memory, frames, root, tables, source } = fixture();
      const before = memory.bytes().slice(0, 4096);
      source.left = left;

      const answer = tables.map(one(262_143, 1, 2), upFrom(7), RW);

      expect(answer.ok).toBe(left >= 5);
      if (!answer.ok) {
        expect(answer.failure).toEqual({ kind: "out-of-frames" });
        expect([source.left, memory.bytes().slice(0, 4096)]).toEqual([left, before]);
      }
      auditPageTables(frames, [root], USUAL_SETUP);
    }
  });

  test("keep a table back until its flush is complete", () => {
    const { frames, root, tables, source } = fixture();
    tables.map(one(5), upFrom(9), RW);
    const free = source.free();
    const pending = tables.unmap(one(5));
    if (!pending.ok) throw new Error("a mapped page is unmapped");

    auditPageTables(frames, [root], USUAL_SETUP, pending.value.tables);
    expect(source.free()).toBe(free);
    pending.value.complete();

    expect(source.free()).toBe(free + 3);
    expect(() => pending.value.complete()).toThrow(ContractViolation);
  });

  test("keep the marks of the processor when a page gets other rights", () => {
    const { tables, memory, root } = fixture();
    tables.map(one(5), upFrom(9), RW);
    new PageWalk(memory, USUAL_SETUP).run(root, firstByteOf(pageAt(5)), WRITING);

    const pending = tables.remap(one(5), RO);

    const flags = tables.leafOf(pageAt(5))?.flags ?? 0;
    expect(pending.ok && [pending.value.first, pending.value.count]).toEqual([5, 1]);
    expect([flags & WRITABLE, flags & (ACCESSED | DIRTY)]).toEqual([0, ACCESSED | DIRTY]);
  });

  test.each([
    { level: 2 as const, page: 512 * 3, frame: 512 },
    { level: 3 as const, page: 512 * 512 * 7, frame: 512 * 512 },
  ])(
    "have large pages of level $level, in which no smaller one is mapped",
    ({ level, page, frame }) => {
      const { frames, root, tables } = fixture();

      const answer = tables.map(one(page, level), () => frameNumber(frame), RW);

      expect(answer.ok).toBe(true);
      expect(tables.map(one(page + 3), upFrom(1), RW)).toEqual({
        ok: false,
        failure: { kind: "page-already-mapped", page: page + 3 },
      });
      expect(tables.leafOf(pageAt(page + 300))).toMatchObject({ first: page, level, frame });
      expect(tables.unmap(one(page)).ok).toBe(false);
      auditPageTables(frames, [root], USUAL_SETUP);
    },
  );

  test("are pages of the recursive window, and of no other", () => {
    const { memory, root, tables } = fixture();
    const page = pageAt(0x1_2345_6789);
    tables.map(one(page), upFrom(9), RW);
    const walk = new PageWalk(memory, USUAL_SETUP);
    const shown = (at: PageNumber): number => walk.run(root, firstByteOf(at), READING);

    const found = ([4, 3, 2, 1] as const).map((level) => shown(windowPage(page, level)));

    expect(found[0]).toBe(root);
    expect(found.every((frame) => !isFault(frame) && frame < FRAME_COUNT)).toBe(true);
    expect(new Set(found).size).toBe(4);
    expect(shown(page)).toBe(9);
  });

  test("allow of a page exactly what is asked, whatever was mapped beside it before", () => {
    const { memory, root, tables } = fixture();
    const walk = new PageWalk(memory, USUAL_SETUP);
    const asked = [0, WRITABLE, USER, WRITABLE | USER].flatMap((bits) => [bits, bits + NO_EXECUTE]);
    const found = asked.map((bits, page) => {
      tables.map(one(page), upFrom(20), entryFlags(bits));
      walk.run(root, firstByteOf(pageAt(page)), READING);
      const isExecutable = (walk.rights & EXECUTING) !== 0;
      return (walk.rights & (WRITABLE | USER)) + (isExecutable ? 0 : NO_EXECUTE);
    });

    expect(found).toEqual(asked);
  });

  test("are gone from the recursive window when their flush is done", () => {
    const { memory, root, tables } = fixture();
    const page = pageAt(0x1_2345_6789);
    tables.map(one(page), upFrom(9), RW);
    const mmu = new Mmu(memory, root, new Tlb(0 as CoreId));
    const see = (level: 1 | 2 | 3): number =>
      mmu.translate(firstByteOf(windowPage(page, level)), READING);
    const before = ([1, 2, 3] as const).map(see);
    const pending = tables.unmap(one(page));
    if (!pending.ok) throw new Error("a mapped page is unmapped");

    const stale = ([1, 2, 3] as const).map(see);
    pending.value.flush(mmu);
    const after = ([1, 2, 3] as const).map(see);

    expect(stale).toEqual(before);
    expect(after.map(isFault)).toEqual([true, true, true]);
  });

  test("are closed when no page is mapped, and give the root back", () => {
    const { tables, source } = fixture();
    tables.map(one(5), upFrom(9), RW);

    expect(() => tables.close()).toThrow(ContractViolation);
    const pending = tables.unmap(one(5));
    if (pending.ok) pending.value.complete();
    tables.close();

    expect(source.free()).toBe(FRAME_COUNT);
  });
});

test.each([
  { why: "the window", run: one(510 * 2 ** 27) },
  { why: "across the seam", run: one(2 ** 35 - 1, 1, 2) },
  { why: "beyond the end", run: one(2 ** 36 - 1, 1, 2) },
  { why: "no pages", run: one(3, 1, 0) },
  { why: "a large page that begins anywhere", run: one(3, 2) },
])("$why is not mapped", ({ run }) => {
  const { tables } = fixture();

  expect(() => tables.map(run, upFrom(1), RW)).toThrow(ContractViolation);
});

import { describe, expect, test } from "vitest";
import type { MachineMove, Rights } from "#spec";
import { ContractViolation, DEAF } from "#support";
import {
  bytes,
  type CoreId,
  KERNEL_SPACE,
  type PageNumber,
  physicalAddress,
  type SpaceId,
  type UnitCount,
  type UnitNumber,
} from "#units";
import { DEAF_HARDWARE } from "../memory/hardware-observer.ts";
import type { MappedPages } from "../memory/mapped-pages.ts";
import { EXECUTING, isFault, READING, WRITING } from "../memory/page-rights.ts";
import { Machine } from "./machine.ts";

const ONE = 0 as CoreId;
const TWO = 1 as CoreId;
const ALL: Rights = { isWritable: true, isExecutable: true };
const READ_ONLY: Rights = { isWritable: false, isExecutable: false };
const FIRST = 0x1000 as PageNumber;

/** A machine of two cores in one space, and the kinds of moves that it made. */
function started(frameCount = 32): { machine: Machine; space: SpaceId; moves: MachineMove[] } {
  const moves: MachineMove[] = [];
  const software = { isWatching: true, moved: (move: MachineMove) => void moves.push(move) };
  const machine = new Machine({ frameCount }, { software, hardware: DEAF_HARDWARE, marks: DEAF });
  const space = successOf(machine.createSpace());
  machine.startCore(ONE, space);
  machine.startCore(TWO, space);
  return { machine, space, moves };
}

function mapped(machine: Machine, space: SpaceId, count: number, rights = ALL): MappedPages {
  const request = { kind: "at", first: FIRST as number as UnitNumber } as const;
  return successOf(machine.alone(machine.map(space, request, count as UnitCount, rights)));
}

function successOf<Value>(
  result: { ok: true; value: Value } | { ok: false; failure: unknown },
): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function pageAt(index: number): PageNumber {
  return (FIRST + index) as PageNumber;
}

describe("pages that are mapped", () => {
  test("show frames of their own, each page another one", () => {
    const { machine, space } = started();
    mapped(machine, space, 3);

    const frames = [0, 1, 2].map((index) => machine.access(ONE, pageAt(index), WRITING));

    expect(new Set(frames).size).toBe(3);
    expect(frames.some(isFault)).toBe(false);
  });

  test("allow what was asked for them and no more", () => {
    const { machine, space } = started();
    mapped(machine, space, 1, READ_ONLY);

    const faults = [READING, WRITING, EXECUTING].map((access) =>
      isFault(machine.access(ONE, FIRST, access)),
    );

    expect(faults).toEqual([false, true, true]);
  });

  test("are unmapped when every core has forgotten them, and not before", () => {
    const { machine, space, moves } = started();
    const pages = mapped(machine, space, 2);
    machine.access(TWO, FIRST, READING);
    const operation = machine.release(ONE, pages);
    for (let step = 0; step < 10; step++) operation.next();
    const isStale = !isFault(machine.access(TWO, FIRST, READING));

    machine.interrupt(TWO);
    const end = operation.next();
    const kinds = moves.map(({ kind }) => kind);

    expect(isStale).toBe(true);
    expect(end.done).toBe(true);
    expect(isFault(machine.access(TWO, FIRST, READING))).toBe(true);
    expect(kinds.indexOf("shootdown.close")).toBeLessThan(kinds.indexOf("page.settle"));
    expect(kinds.filter((kind) => kind === "shootdown.acknowledge")).toHaveLength(2);
  });

  test("are cut and joined without a change of what they show", () => {
    const { machine, space } = started();
    const pages = mapped(machine, space, 3);
    const before = [0, 1, 2].map((index) => machine.access(ONE, pageAt(index), READING));

    const { below, above } = successOf(pages.split(pageAt(1)));
    const after = [0, 1, 2].map((index) => machine.access(ONE, pageAt(index), READING));
    const whole = successOf(below.merge(above));

    expect(after).toEqual(before);
    expect([below.count, above.count, whole.count]).toEqual([1, 2, 3]);
  });

  test("are used once", () => {
    const { machine, space } = started();
    const pages = mapped(machine, space, 1);
    machine.alone(machine.release(ONE, pages));

    expect(() => machine.alone(machine.release(ONE, pages))).toThrow(ContractViolation);
    expect(() => pages.split(pageAt(1))).toThrow(ContractViolation);
  });
});

describe("physical memory that is mapped by its address", () => {
  // biome-ignore format: one range per line
  test.each<[string, number, number, number]>([
    ["of one frame takes one page",                               0x8000, 0x1000, 1],
    ["that begins in the middle takes a page for its last byte",  0x8800, 0x1000, 2],
    ["of one byte takes one page",                                0x8fff, 1,      1],
  ])("%s", (_, start, size, count) => {
    const { machine, space } = started();

    const pages = successOf(machine.alone(machine.mapPhysical(space, physicalAddress(start), bytes(size), ALL)));
    const frame = machine.access(ONE, pages.first, READING);

    expect([frame, pages.count]).toEqual([8, count]);
  });

  test("is refused if somebody has it, or it asks for nothing, and nothing is left behind", () => {
    const { machine, space } = started();
    const before = machine.frames.pool.heldCount;

    const root = machine.alone(machine.mapPhysical(space, physicalAddress(0), bytes(1), ALL));
    const nothing = machine.alone(
      machine.mapPhysical(space, physicalAddress(0x8000), bytes(0), ALL),
    );

    expect(root).toEqual({ ok: false, failure: { kind: "no-frames", reason: "not-free" } });
    expect(nothing).toEqual({ ok: false, failure: { kind: "no-frames", reason: "zero-units" } });
    expect(machine.frames.pool.heldCount).toBe(before);
  });
});

describe("a request that cannot be met", () => {
  test("leaves nothing behind, neither pages nor frames nor tables", () => {
    const { machine, space } = started(9);
    const most = successOf(machine.acquireFrames(3 as UnitCount));
    const request = { kind: "any" } as const;

    const refused = machine.alone(machine.map(space, request, 5 as UnitCount, ALL));
    for (const run of most) machine.releaseFrames(run);
    const granted = machine.alone(machine.map(space, request, 4 as UnitCount, ALL));

    expect(refused.ok).toBe(false);
    expect(granted.ok).toBe(true);
  });

  test("is refused where a page is already mapped", () => {
    const { machine, space } = started();
    mapped(machine, space, 1);
    const request = { kind: "at", first: FIRST as number as UnitNumber } as const;

    const again = machine.alone(machine.map(space, request, 1 as UnitCount, ALL));

    expect(again).toEqual({ ok: false, failure: { kind: "no-pages", reason: "not-free" } });
  });
});

describe("an interrupt", () => {
  test("that no shootdown asked for is nobody's acknowledgement", () => {
    const { machine, space, moves } = started();
    mapped(machine, space, 1);

    machine.interrupt(TWO);

    expect(moves.some(({ kind }) => kind === "shootdown.acknowledge")).toBe(false);
  });

  test("that comes twice is acknowledged once", () => {
    const { machine, space, moves } = started();
    const operation = machine.release(ONE, mapped(machine, space, 1));
    for (let step = 0; step < 10; step++) operation.next();

    machine.interrupt(TWO);
    machine.interrupt(TWO);

    const acknowledged = moves.filter((move) => move.kind === "shootdown.acknowledge");
    expect(acknowledged.map((move) => move.core)).toEqual([ONE, TWO]);
  });
});

test("a right that is taken away is taken from every core", () => {
  const { machine, space } = started();
  const pages = mapped(machine, space, 1);
  machine.access(TWO, FIRST, WRITING);

  machine.alone(machine.remap(ONE, pages, READ_ONLY));

  expect(isFault(machine.access(TWO, FIRST, WRITING))).toBe(true);
  expect(isFault(machine.access(TWO, FIRST, READING))).toBe(false);
});

describe("a view of mapped pages", () => {
  test("has the words that are written through it, on every core", () => {
    const { machine, space } = started();
    const pages = mapped(machine, space, 2);
    const words = successOf(machine.view(ONE, pages, bytes(4092), 2, "read and write"));

    words.set(0, 7);
    words.set(1, 8);
    const seen = successOf(machine.view(TWO, pages, bytes(4092), 2, "read"));

    expect([seen.get(0), seen.get(1)]).toEqual([7, 8]);
  });

  // biome-ignore format: one view per line
  test.each<[string, number, number, "read" | "read and write", Rights, string]>([
    ["that ends with the pages is made",           4096, 1024, "read",           READ_ONLY, "made"],
    ["of nothing at the very end is made",         8192, 0,    "read",           READ_ONLY, "made"],
    ["that ends behind the pages is refused",      4096, 1025, "read",           READ_ONLY, "beyond-the-end"],
    ["that is too large to count is refused",      4,    Number.MAX_SAFE_INTEGER, "read", READ_ONLY, "beyond-the-end"],
    ["that begins behind the pages is refused",    8196, 0,    "read",           READ_ONLY, "beyond-the-end"],
    ["that begins within a word is refused",       2,    1,    "read",           READ_ONLY, "misaligned"],
    ["for writing what may be read is refused",    0,    1,    "read and write", READ_ONLY, "not-writable"],
    ["for writing what may be written is made",    0,    1,    "read and write", ALL,       "made"],
  ])("%s", (_, offset, count, access, rights, outcome) => {
    const { machine, space } = started();
    const pages = mapped(machine, space, 2, rights);

    const view = machine.view(ONE, pages, bytes(offset), count, access);

    expect(view.ok ? "made" : view.failure.kind).toBe(outcome);
  });

  test("ends with the pages", () => {
    const { machine, space } = started();
    const pages = mapped(machine, space, 1);
    const words = successOf(machine.view(ONE, pages, bytes(0), 1, "read"));
    machine.alone(machine.release(ONE, pages));

    expect(() => words.get(0)).toThrow(ContractViolation);
  });
});

describe("the half of the kernel", () => {
  const UPPER = { kind: "any" } as const;

  test("shows the same in every space, in those that there were and those that come", () => {
    const { machine } = started();
    const other = successOf(machine.createSpace());
    const pages = successOf(machine.alone(machine.map(KERNEL_SPACE, UPPER, 1 as UnitCount, ALL)));
    const third = successOf(machine.createSpace());
    const frame = machine.access(ONE, pages.first, READING);

    machine.enter(TWO, other);
    const inOther = machine.access(TWO, pages.first, READING);
    machine.enter(TWO, third);
    const inThird = machine.access(TWO, pages.first, READING);

    expect([isFault(frame), inOther, inThird]).toEqual([false, frame, frame]);
  });

  test("is forgotten by every core, whatever space it is in", () => {
    const { machine } = started();
    const other = successOf(machine.createSpace());
    machine.enter(TWO, other);
    const pages = successOf(machine.alone(machine.map(KERNEL_SPACE, UPPER, 1 as UnitCount, ALL)));
    const { first } = pages;
    machine.access(TWO, first, READING);

    machine.alone(machine.release(ONE, pages));

    expect(isFault(machine.access(ONE, first, READING))).toBe(true);
    expect(isFault(machine.access(TWO, first, READING))).toBe(true);
  });

  test("is nobody else's to map", () => {
    const { machine, space } = started();
    const request = { kind: "at", first: (2 ** 35) as UnitNumber } as const;

    const refused = machine.alone(machine.map(space, request, 1 as UnitCount, ALL));

    expect(refused).toEqual({ ok: false, failure: { kind: "no-pages", reason: "outside" } });
  });
});

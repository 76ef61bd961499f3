import { describe, expect, test } from "vitest";
import { ContractViolation } from "#support";
import { type CoreId, KERNEL_SPACE, type PageNumber, type SpaceId, type UnitCount } from "#units";
import { isFault, READING } from "../memory/page-rights.ts";
import { windowPage } from "../memory/recursive-window.ts";
import { Machine } from "./machine.ts";

const ONE = 0 as CoreId;
const TWO = 1 as CoreId;
const RIGHTS = { isWritable: true, isExecutable: false };

/** A machine of two cores that are in one space. */
function started(frameCount = 16): Machine {
  const machine = new Machine({ frameCount });
  const space = made(machine);
  machine.startCore(ONE, space);
  machine.startCore(TWO, space);
  return machine;
}

function made(machine: Machine): SpaceId {
  const space = machine.createSpace();
  if (!space.ok) throw new Error(space.failure.kind);
  return space.value;
}

describe("a space that is closed", () => {
  test("leaves no frame behind", () => {
    const machine = started(8);
    const request = { kind: "any" } as const;
    machine.alone(machine.map(KERNEL_SPACE, request, 1 as UnitCount, RIGHTS));
    const before = machine.frames.pool.heldCount;
    const space = made(machine);

    machine.alone(machine.closeSpace(ONE, space));

    expect(machine.frames.pool.heldCount).toBe(before);
    expect(() => machine.space(space)).toThrow(ContractViolation);
  });

  test("gives its number to another, and not before every core has forgotten it", () => {
    const machine = started();
    const space = made(machine);
    const closing = machine.closeSpace(ONE, space);
    for (let step = 0; step < 3; step++) closing.next();
    const during = made(machine);

    machine.interrupt(TWO);
    const end = closing.next();
    const afterwards = made(machine);

    expect(during).not.toBe(space);
    expect(end.done).toBe(true);
    expect(afterwards).toBe(space);
  });

  test("is nothing that a core knows of in the next one with its number", () => {
    const machine = started();
    const home = machine.core(TWO).space.id;
    const old = made(machine);
    const root = windowPage(0 as PageNumber, 4);
    machine.enter(TWO, old);
    const before = machine.access(TWO, root, READING);
    machine.enter(TWO, home, "preserved");
    machine.alone(machine.closeSpace(ONE, old));
    machine.acquireFrames(1 as UnitCount);

    const next = made(machine);
    machine.enter(TWO, next, "preserved");
    const after = machine.access(TWO, root, READING);

    expect([next, isFault(before), isFault(after)]).toEqual([old, false, false]);
    expect(after).toBe(machine.space(next).tables.root);
    expect(after).not.toBe(before);
  });

  test("is empty, and nobody is in it", () => {
    const machine = started();
    const home = machine.core(ONE).space.id;
    const full = made(machine);
    machine.alone(machine.map(full, { kind: "any" }, 1 as UnitCount, RIGHTS));

    expect(() => machine.alone(machine.closeSpace(ONE, home))).toThrow(ContractViolation);
    expect(() => machine.alone(machine.closeSpace(ONE, full))).toThrow(ContractViolation);
    expect(() => machine.alone(machine.closeSpace(ONE, KERNEL_SPACE))).toThrow(ContractViolation);
  });
});

test("what a window shows of the tables of the kernel is forgotten in every space", () => {
  const machine = started();
  const request = { kind: "any" } as const;
  const mapped = machine.alone(machine.map(KERNEL_SPACE, request, 1 as UnitCount, RIGHTS));
  if (!mapped.ok) throw new Error(mapped.failure.kind);
  const table = windowPage(mapped.value.first, 1);
  const before = machine.access(TWO, table, READING);

  machine.alone(machine.release(ONE, mapped.value));
  const after = machine.access(TWO, table, READING);

  expect([isFault(before), isFault(after)]).toEqual([false, true]);
});

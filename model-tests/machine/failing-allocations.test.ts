/**
 * Failure at every internal allocation: whatever an operation asks for, at some point it is not given.
 * What is seen of the machine then is what was seen before.
 */
import { expect, test } from "vitest";
import { KERNEL } from "./machine-book.ts";
import type { MachineCall } from "./machine-call.ts";
import { MachineSession } from "./machine-session.ts";
import { OurMachine } from "./our-machine.ts";
import { settle } from "./run-machine.ts";

const RIGHTS = { isWritable: true, isExecutable: false };
const SPACE: MachineCall = { call: "space", id: 1 };
const CORE: MachineCall = { call: "start", core: 0, space: 1 };
const FAR = 2 ** 20;

const map = (id: number, at: number, count: number): MachineCall => {
  return { call: "map", id, space: 1, at, count, rights: RIGHTS };
};

/** Two mappings with a hole between their frames that is as large as the one that was released. */
const HOLES: readonly MachineCall[] = [
  ...[1, 2, 3, 4, 5].map((id) => map(id, 512 + 2 * id, 2)),
  { call: "release", id: 12, core: 0, of: 2 },
  { call: "release", id: 14, core: 0, of: 4 },
];

interface Case {
  readonly name: string;
  readonly before: readonly MachineCall[];
  readonly call: MachineCall;
  readonly frameCount: number;
  readonly allocations: number;
}

const CASES: readonly Case[] = [
  {
    name: "an address space needs a root",
    before: [],
    call: SPACE,
    frameCount: 64,
    allocations: 1,
  },
  {
    name: "a page needs a frame and three tables",
    before: [SPACE, CORE],
    call: map(1, 512, 1),
    frameCount: 64,
    allocations: 4,
  },
  {
    name: "a page beside another needs a frame",
    before: [SPACE, CORE, map(1, 512, 1)],
    call: map(2, 513, 1),
    frameCount: 64,
    allocations: 1,
  },
  {
    name: "pages on both sides of a table's end need two tables of the lowest level",
    before: [SPACE, CORE],
    call: map(1, 1022, 4),
    frameCount: 64,
    allocations: 5,
  },
  {
    name: "pages of three runs of frames need a request for each, and those that are too large",
    before: [SPACE, CORE, ...HOLES],
    call: map(9, 600, 6),
    frameCount: 17,
    allocations: 5,
  },
  {
    name: "pages that are borrowed need tables only",
    before: [SPACE, CORE, map(1, FAR, 2)],
    call: { call: "borrow", id: 2, of: 1, space: 1, rights: RIGHTS },
    frameCount: 64,
    allocations: 2,
  },
  {
    name: "a page of the kernel needs a frame and three tables",
    before: [SPACE, CORE],
    call: { call: "map", id: 1, space: KERNEL, count: 1, rights: RIGHTS },
    frameCount: 64,
    allocations: 4,
  },
];

/** A machine after `calls`, of whose acquisitions the one with the number `failAt` fails. */
function after(calls: readonly MachineCall[], frameCount: number, failAt?: number) {
  const config = failAt === undefined ? { frameCount } : { frameCount, failAt };
  let ours: OurMachine | undefined;
  const session = new MachineSession((listener) => {
    ours = new OurMachine(listener, config);
    return ours;
  }, config);
  for (const call of calls) playWhole(session, call);
  return { session, ours: ours as OurMachine };
}

/** Makes `call`, goes on until it has ended, and says how. */
function playWhole(session: MachineSession, call: MachineCall): string | undefined {
  let answer = session.play(call)?.answer?.kind;
  settle(session, (next) => {
    answer = session.play(next)?.answer?.kind ?? answer;
  });
  return answer;
}

test.each(CASES)("$name: failing any of these leaves nothing behind", (each) => {
  const { before, call, frameCount, allocations } = each;
  const first = after(before, frameCount).ours.acquisitionCount;

  let failed = 0;
  for (; ; failed++) {
    const { session, ours } = after(before, frameCount, first + failed);
    const seen = session.subject.look();
    const answer = playWhole(session, call);
    expect(session.broken).toBeUndefined();
    if (answer === "done") break;
    expect(answer).toBe("refused");
    expect(session.subject.look()).toEqual(seen);
    ours.audit();
  }

  expect(failed).toBe(allocations);
});

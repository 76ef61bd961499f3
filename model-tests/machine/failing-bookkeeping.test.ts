/**
 * No room for bookkeeping, at every point of every operation: an allocator that cannot note one chunk more
 * refuses, and then what is seen of the machine is what was seen before. What only gives back needs no
 * note, and so is never refused.
 *
 * Chunks that nobody uses are held until an allocator has room for so many notes and no more. Every
 * move is judged, and what is seen is compared with what was announced.
 */
import { describe, expect, test } from "vitest";
import type { AllocatedFrames, MappedPages } from "#impl";
import {
  bytes,
  type CoreId,
  KERNEL_SPACE,
  type PageNumber,
  physicalAddress,
  unitCount,
  unitNumber,
} from "#units";
import { type Answer, answerOf, JudgedMachine, successOf } from "./judged-machine.ts";

const ONE = 0 as CoreId;
const COUNT_1 = unitCount(1);
const RIGHTS = { isWritable: true, isExecutable: false };
const READ_ONLY = { isWritable: false, isExecutable: false };

interface Case {
  readonly name: string;
  /** Brings the machine to where the operation is made, and answers what makes it. */
  readonly prepare: (at: JudgedMachine) => () => Answer;
  /** How many notes it needs of frames, and of pages. */
  readonly frames: number;
  readonly pages: number;
}

const at = (first: number) => ({ kind: "at", first: unitNumber(first) }) as const;

const CASES: readonly Case[] = [
  {
    name: "an address space that is made",
    prepare: (prepared) => () => answerOf(prepared.machine.createSpace()),
    frames: 1,
    pages: 0,
  },
  {
    name: "frames that are acquired",
    prepare: (prepared) => () => answerOf(prepared.machine.acquireFrames(unitCount(3))),
    frames: 1,
    pages: 0,
  },
  {
    name: "pages that are acquired",
    prepare:
      ({ machine, space }) =>
      () =>
        answerOf(machine.acquirePages(space, { kind: "any" }, unitCount(3))),
    frames: 0,
    pages: 1,
  },
  {
    name: "pages that are mapped, with three tables",
    prepare:
      ({ machine, space }) =>
      () =>
        answerOf(machine.alone(machine.map(space, at(512), unitCount(3), RIGHTS))),
    frames: 4,
    pages: 1,
  },
  {
    name: "pages that are mapped to frames in four runs",
    prepare: (prepared) => {
      const { machine, space } = prepared;
      const [one, , two] = [1, 2, 3, 4].map((place) => prepared.mapped(512 + place, 1));
      for (const each of [one, two]) machine.alone(machine.release(ONE, each as MappedPages));
      const count = unitCount(prepared.freeFrameCount());
      return () => answerOf(machine.alone(machine.map(space, at(600), count, RIGHTS)));
    },
    frames: 4,
    pages: 1,
  },
  {
    name: "a page of the kernel that is mapped",
    prepare:
      ({ machine }) =>
      () =>
        answerOf(machine.alone(machine.map(KERNEL_SPACE, { kind: "any" }, COUNT_1, RIGHTS))),
    frames: 4,
    pages: 0,
  },
  {
    name: "frames that pages are made to show",
    prepare: ({ machine, space }) => {
      const pages = successOf(machine.acquirePages(space, at(512), unitCount(2)));
      const [frames] = successOf(machine.acquireFrames(unitCount(2)));
      return () =>
        answerOf(machine.alone(machine.mapTo(space, pages, frames as AllocatedFrames, RIGHTS)));
    },
    frames: 3,
    pages: 0,
  },
  {
    name: "physical memory that is mapped by its address",
    prepare:
      ({ machine, space }) =>
      () => {
        const start = physicalAddress(0xc800);
        return answerOf(machine.alone(machine.mapPhysical(space, start, bytes(0x1000), RIGHTS)));
      },
    frames: 4,
    pages: 1,
  },
  {
    name: "frames that are borrowed",
    prepare: (prepared) => {
      const { machine, space } = prepared;
      const lender = prepared.mapped(512, 2);
      const frames = prepared.framesOf(lender);
      const pages = successOf(machine.acquirePages(space, at(2 ** 29), unitCount(2)));
      return () => answerOf(machine.alone(machine.borrow(space, pages, frames, RIGHTS)));
    },
    frames: 3,
    pages: 0,
  },
  {
    name: "a mapping that is cut within a run of frames",
    prepare: (prepared) => {
      const mapped = prepared.mapped(512, 3);
      return () => answerOf(mapped.split(513 as PageNumber));
    },
    frames: 1,
    pages: 1,
  },
  {
    name: "mappings that are joined",
    prepare: (prepared) => {
      const [below, above] = [prepared.mapped(512, 1), prepared.mapped(513, 1)];
      return () => answerOf(below.merge(above));
    },
    frames: 0,
    pages: 0,
  },
  {
    name: "a mapping that gets other rights",
    prepare: (prepared) => {
      const mapped = prepared.mapped(512, 2);
      const { machine } = prepared;
      return () => endOf(() => machine.alone(machine.remap(ONE, mapped, READ_ONLY)));
    },
    frames: 0,
    pages: 0,
  },
  {
    name: "a mapping that is undone",
    prepare: (prepared) => {
      const mapped = prepared.mapped(512, 2);
      const { machine } = prepared;
      return () => endOf(() => machine.alone(machine.unmap(ONE, mapped)));
    },
    frames: 0,
    pages: 0,
  },
  {
    name: "a mapping that is released",
    prepare: (prepared) => {
      const mapped = prepared.mapped(512, 2);
      const { machine } = prepared;
      return () => endOf(() => machine.alone(machine.release(ONE, mapped)));
    },
    frames: 0,
    pages: 0,
  },
  {
    name: "an address space that is closed",
    prepare: ({ machine }) => {
      const other = successOf(machine.createSpace());
      return () => endOf(() => machine.alone(machine.closeSpace(ONE, other)));
    },
    frames: 0,
    pages: 0,
  },
];

describe.each(["frames", "pages"] as const)("without room for notes of %s", (unit) => {
  test.each(CASES)("$name: refused at each note, without a trace, and then done", (each) => {
    let spare = 0;
    for (; ; spare++) {
      const prepared = new JudgedMachine();
      const operate = each.prepare(prepared);
      prepared.leaveRoomFor(unit, spare);
      const before = prepared.seen();
      const answer = operate();
      prepared.audit();
      if (answer === "done") break;
      expect(answer).toMatch(/no-room-for-bookkeeping|out-of-frames/);
      expect(prepared.seen()).toEqual(before);
    }

    expect(spare).toBe(each[unit]);
  });
});

function endOf(operation: () => unknown): Answer {
  operation();
  return "done";
}

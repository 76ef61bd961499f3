/** The walk of the implementation beside that of the specification, over the same bytes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  accessMeaning,
  codeOfFault,
  controlsMeaning,
  DIRTY,
  faultMeaning,
  GLOBAL,
  isFault,
  LARGE,
  NO_EXECUTE,
  type PageAccess,
  PageWalk,
  type PhysicalBits,
  type PhysicalMemory,
  PRESENT,
  type ProcessorSetup,
  pathTo,
  USER,
  USUAL_SETUP,
  WRITABLE,
} from "#impl";
import { isMarkedRightly, walk } from "#spec";
import {
  type FrameNumber,
  firstByteOf,
  frameNumber,
  type PageNumber,
  type TableLevel,
} from "#units";
import { layOut, ROOT, smallMemory, writeEntry } from "./tables-in-memory.ts";

const ACCESSES = [0, 2, 16, 4, 6, 20].map((bits) => bits as PageAccess);

/** Whether both say the same of `access`, and the marks that are left are right. */
function agree(
  memory: PhysicalMemory,
  page: PageNumber,
  access: PageAccess,
  setup: ProcessorSetup,
): boolean {
  const controls = controlsMeaning(setup);
  const asked = accessMeaning(access);
  const before = pathTo(memory, ROOT, page);
  const expected = walk(before, asked, controls);
  const pageWalk = new PageWalk(memory, setup);

  const answer = pageWalk.run(ROOT, firstByteOf(page), access);

  const after = pathTo(memory, ROOT, page);
  if (!isMarkedRightly(before, after, asked, controls)) return false;
  if (expected.kind === "fault") {
    const { code } = expected;
    const said = isFault(answer) ? faultMeaning(codeOfFault(answer)) : undefined;
    return JSON.stringify(said) === JSON.stringify(code);
  }
  const { rights, isGlobal, level, frame } = expected;
  return (
    answer === frame &&
    pageWalk.level === level &&
    ((pageWalk.rights & WRITABLE) !== 0) === rights.isWritable &&
    ((pageWalk.rights & USER) !== 0) === rights.isUser &&
    ((pageWalk.rights & 16) !== 0) === rights.isExecutable &&
    ((pageWalk.rights & GLOBAL) !== 0) === isGlobal &&
    ((pageWalk.rights & DIRTY) !== 0) === after[`level${level}`].isDirty
  );
}

test("the walks agree on every combination of rights, sizes, accesses and modes", () => {
  const page = 0x8_1234_5678 as PageNumber;
  const rights = ["", "W", "U", "N", "WU", "WN", "UN", "WUN"];
  const memory = smallMemory();
  let wrong = 0;
  let count = 0;
  for (const leaf of [1, 2, 3] as const) {
    for (let code = 0; code < 8 ** (5 - leaf); code++) {
      const entries = Array.from({ length: 5 - leaf }, (_, depth) => {
        const letters = rights[Math.floor(code / 8 ** depth) % 8] as string;
        return `P${letters}${depth === 4 - leaf && leaf > 1 ? "L" : ""}`;
      });
      for (const isWriteProtected of [true, false]) {
        const setup = { ...USUAL_SETUP, isWriteProtected };
        layOut(memory, page, entries, setup);
        for (const access of ACCESSES) {
          count++;
          if (!agree(memory, page, access, setup)) wrong++;
        }
      }
    }
  }

  expect([wrong, count]).toEqual([0, (8 ** 4 + 8 ** 3 + 8 ** 2) * 2 * 6]);
});

const anEntry = fc.record({
  isPresent: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
  flags: fc.nat(0x1ff),
  isNoExecute: fc.boolean(),
  isLarge: fc.integer({ min: 0, max: 3 }).map((value) => value === 0),
  exponent: fc.nat(40),
  isWild: fc.integer({ min: 0, max: 7 }).map((value) => value === 0),
  low: fc.constantFrom(0, 0, 0, 1, 2, 256, 512),
});

const aSetup = fc.record({
  isWriteProtected: fc.boolean(),
  isNoExecuteEnabled: fc.boolean(),
  isGlobalEnabled: fc.boolean(),
  hasLargestPages: fc.boolean(),
  physicalBits: fc.integer({ min: 32, max: 52 }) as fc.Arbitrary<PhysicalBits>,
});

test("the walks agree on any entries", () => {
  const law = fc.property(
    fc.tuple(anEntry, anEntry, anEntry, anEntry),
    fc.nat(2 ** 30).map((value) => (value * 63) as PageNumber),
    fc.constantFrom(...ACCESSES),
    aSetup,
    (entries, page, access, setup) => {
      const memory = smallMemory();
      entries.forEach((entry, depth) => {
        const level = (4 - depth) as TableLevel;
        const flags =
          (entry.flags & ~(LARGE | PRESENT)) |
          (entry.isPresent ? PRESENT : 0) |
          (entry.isLarge ? LARGE : 0) |
          (entry.isNoExecute ? NO_EXECUTE : 0);
        const frame = frameAt(level, depth, entry, setup);
        writeEntry(memory, frameNumber(depth), page, level, frame, flags);
      });

      return agree(memory, page, access, setup);
    },
  );

  fc.assert(law, { seed: 1, numRuns: 20_000 });
});

/** A frame of any size for a leaf; for a table the next one, or one that no address reaches. */
function frameAt(
  level: TableLevel,
  depth: number,
  {
    exponent,
    isWild,
    isLarge,
    low,
  }: { exponent: number; isWild: boolean; isLarge: boolean; low: number },
  { physicalBits }: ProcessorSetup,
): FrameNumber {
  const limit = 2 ** (physicalBits - 12);
  const beyond = limit < 2 ** 40 ? limit : 0;
  if (level === 1 || (isLarge && level < 4)) {
    const step = level === 1 ? 1 : 2 ** (9 * (level - 1));
    const near = Math.floor((2 ** exponent - 1) / step) * step;
    return frameNumber(Math.min(near, 2 ** 40 - 2 ** 18) + (isWild || level === 1 ? low : low % 2));
  }
  return frameNumber(depth + 1 + (isWild ? beyond : 0));
}

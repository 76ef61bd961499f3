/** Memory of a few frames that are tables of each other, or of themselves, and what is asked of a walk there. */
import fc from "fast-check";
import { type PageAccess, PhysicalMemory, PlainColumn } from "#impl";
import { address, type FrameNumber, type VirtualAddress } from "#units";
import { accessBits, aSetup } from "./hardware.arbitrary.ts";
import type { AskedWalk } from "./table-walk.obligation.ts";

const FRAMES = 6;
const INDICES = [0, 1, 511] as const;

const often = fc.integer({ min: 0, max: 11 }).map((value) => value > 0);
const seldom = fc.integer({ min: 0, max: 7 }).map((value) => value === 0);

/** The words of an entry: mostly a table in memory, now and then a large leaf or a frame that is far away. */
const entries: fc.Arbitrary<readonly [high: number, low: number]> = fc
  .record({
    isPresent: often,
    isLarge: seldom,
    isFar: fc.integer({ min: 0, max: 30 }).map((value) => value === 0),
    isNoExecute: seldom,
    flags: fc.nat(0x1ff),
    frame: fc.nat(FRAMES - 1),
    far: fc.constantFrom(0x200, 0x4_0001, 0x10_0000, 0x8000_0000),
  })
  .map(({ isPresent, isLarge, isFar, isNoExecute, flags, frame, far }) => {
    const shown = isFar ? far : isLarge ? frame % 2 : frame;
    const low = (flags & 0x17e) | (isPresent ? 1 : 0) | (isLarge ? 0x80 : 0);
    const high = Math.floor(shown / 2 ** 20) + (isNoExecute ? 2 ** 31 : 0);
    return [high, (shown % 2 ** 20) * 4096 + low] as const;
  });

/** Every frame is a table, and any of the few entries of each may lead to any. */
export const memories: fc.Arbitrary<PhysicalMemory> = fc
  .array(entries, { minLength: FRAMES * INDICES.length, maxLength: FRAMES * INDICES.length })
  .map((drawn) => {
    const memory = new PhysicalMemory(FRAMES * 4096);
    for (const [place, [high, low]] of drawn.entries()) {
      const index = INDICES[place % INDICES.length] as number;
      const at = Math.floor(place / INDICES.length) * 4096 + index * 8;
      memory.writeWord(address(at), low);
      memory.writeWord(address(at + 4), high);
    }
    return memory;
  });

const index = fc.constantFrom(...INDICES);

export const addresses: fc.Arbitrary<VirtualAddress> = fc
  .tuple(index, index, index, index, fc.nat(4095))
  .map(([four, three, two, one, offset]) => {
    const page = ((four * 512 + three) * 512 + two) * 512 + one;
    return (page * 4096 + offset) as VirtualAddress;
  });

export const walks: fc.Arbitrary<AskedWalk> = fc
  .record({
    memory: memories,
    root: fc.nat(FRAMES - 1).map((frame) => frame as FrameNumber),
    address: addresses,
    access: fc.oneof(
      accessBits,
      fc.constantFrom<PageAccess>(...[2, 2, 6].map((bits) => bits as PageAccess)),
    ),
    setup: aSetup,
  })
  .map(({ memory, ...asked }) => ({
    ...asked,
    words: memory.words,
    found: new PlainColumn(new Int32Array(2)),
  }));

/** The row of any word of such a memory, mostly one of an entry that may be used. */
export const rows: fc.Arbitrary<number> = fc.oneof(
  fc.nat(FRAMES * 1024 - 1),
  fc.tuple(fc.nat(FRAMES - 1), index).map(([frame, entry]) => frame * 1024 + entry * 2),
);

/** Entries, paths, accesses and what is kept of them, for running the theorems about the hardware. */
import fc from "fast-check";
import type { KeptTranslation, PageAccess, PageRights, PhysicalBits, ProcessorSetup } from "#impl";
import type { Access, CachedTranslation, PagingControls, TableEntry, WalkPath } from "#spec";
import type { FrameNumber, LeafLevel, PageNumber, VirtualAddress, Word32 } from "#units";

const often = fc.integer({ min: 0, max: 7 }).map((value) => value > 0);
const seldom = fc.integer({ min: 0, max: 5 }).map((value) => value === 0);

export const anAddress: fc.Arbitrary<VirtualAddress> = fc
  .oneof(
    fc.bigInt(0n, 2n ** 48n - 1n),
    fc.bigInt(2n ** 47n - 9n, 2n ** 47n + 9n),
    fc.bigInt(0n, 9n),
  )
  .map((exact) => Number(exact) as VirtualAddress);

export const aWord: fc.Arbitrary<Word32> = fc
  .oneof(
    fc.nat(0xffff),
    fc.nat(0xffff).map((value) => value * 65_537),
    fc.nat(31).map((bit) => 2 ** bit),
  )
  .map((value) => value as Word32);

export const aFrame: fc.Arbitrary<FrameNumber> = fc
  .oneof(fc.constantFrom(0, 1, 2, 512, 513, 2 ** 18, 2 ** 39), fc.nat(2 ** 20))
  .map((value) => value as FrameNumber);

export const anEntry: fc.Arbitrary<TableEntry> = fc.record({
  isPresent: often,
  isWritable: fc.boolean(),
  isUser: fc.boolean(),
  isAccessed: often,
  isDirty: fc.boolean(),
  isLarge: seldom,
  isGlobal: fc.boolean(),
  frame: aFrame,
  isNoExecute: seldom,
});

export const aPath: fc.Arbitrary<WalkPath> = fc.record({
  level4: anEntry.map((entry) => ({ ...entry, isLarge: false })),
  level3: anEntry,
  level2: anEntry,
  level1: anEntry,
});

export const someControls: fc.Arbitrary<PagingControls> = fc.record({
  isWriteProtected: fc.boolean(),
  isNoExecuteEnabled: often,
  isGlobalEnabled: often,
  hasLargestPages: often,
  frameLimit: fc.constantFrom(2 ** 28, 2 ** 40),
});

export const aSetup: fc.Arbitrary<ProcessorSetup> = fc.record({
  isWriteProtected: fc.boolean(),
  isNoExecuteEnabled: fc.boolean(),
  isGlobalEnabled: fc.boolean(),
  hasLargestPages: fc.boolean(),
  physicalBits: fc.integer({ min: 32, max: 52 }) as fc.Arbitrary<PhysicalBits>,
});

export const anAccess: fc.Arbitrary<Access> = fc.record({
  kind: fc.constantFrom("read" as const, "write" as const, "fetch" as const),
  isUser: fc.boolean(),
});

export const accessBits: fc.Arbitrary<PageAccess> = fc
  .constantFrom(0, 2, 4, 6, 16, 20)
  .map((bits) => bits as PageAccess);

export const aPage: fc.Arbitrary<PageNumber> = fc
  .oneof(
    fc.nat(1500),
    fc.nat(2 ** 20).map((value) => value * 2 ** 16),
  )
  .map((value) => value as PageNumber);

const aLevel = fc.constantFrom<LeafLevel>(1, 2, 3);

export const aKeptTranslation: fc.Arbitrary<KeptTranslation> = fc.record({
  page: aPage,
  level: aLevel,
  space: fc.nat(2),
  frame: aFrame,
  rights: fc.nat(511).map((bits) => bits as PageRights),
});

export const aCachedTranslation: fc.Arbitrary<CachedTranslation> = fc.record({
  page: aPage,
  level: aLevel,
  frame: aFrame,
  rights: fc.record({ isWritable: fc.boolean(), isUser: fc.boolean(), isExecutable: fc.boolean() }),
  isDirty: fc.boolean(),
  isGlobal: fc.boolean(),
  tag: fc.nat(2),
});

/** A translation of a page on a path, as a processor would keep it, and now and then something else. */
export const aKeptWalk: fc.Arbitrary<readonly [CachedTranslation, WalkPath, PageNumber]> = fc
  .tuple(aPath, aPage, aCachedTranslation, often, fc.boolean())
  .map(([path, page, other, isTaken, isDirty]) => {
    const level = path.level3.isLarge ? 3 : path.level2.isLarge ? 2 : 1;
    const leaf = path[`level${level}`];
    const used = [path.level4, path.level3, path.level2, path.level1].slice(0, 5 - level);
    const size = 512 ** (level - 1);
    const cached: CachedTranslation = {
      page: (page - (page % size)) as PageNumber,
      level,
      frame: (level === 1 ? leaf.frame : leaf.frame - (leaf.frame % 2)) as FrameNumber,
      rights: {
        isWritable: used.every(({ isWritable }) => isWritable),
        isUser: used.every(({ isUser }) => isUser),
        isExecutable: !used.some(({ isNoExecute }) => isNoExecute),
      },
      isDirty: isDirty && leaf.isDirty,
      isGlobal: leaf.isGlobal,
      tag: 0,
    };
    return [isTaken ? cached : other, path, page];
  });

/**
 * A core among address spaces whose tables change under it, without a flush and with one: every answer is
 * one that the specification allows a processor, stale ones included.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  accessMeaning,
  cachedMeaning,
  codeOfFault,
  controlsMeaning,
  type EntryFlags,
  entryFlags,
  faultMeaning,
  GLOBAL,
  isFault,
  type KeptTranslation,
  Mmu,
  NO_EXECUTE,
  type PageAccess,
  PageTables,
  PhysicalMemory,
  pathTo,
  TableFrames,
  Tlb,
  type TlbSize,
  USER,
  USUAL_SETUP,
  WRITABLE,
} from "#impl";
import { covers, isFor, mayBeCached, useOf, walk } from "#spec";
import {
  type CoreId,
  type FrameNumber,
  firstByteOf,
  frameNumber,
  type LeafLevel,
  type PageNumber,
  virtualAddress,
} from "#units";
import { FollowedTlb } from "./followed-tlb.ts";

const CORE = 0 as CoreId;
const CONTROLS = controlsMeaning(USUAL_SETUP);
const ACCESSES = [0, 2, 16, 4, 6, 20].map((bits) => bits as PageAccess);
const FLAGS = [
  0,
  WRITABLE,
  WRITABLE | USER,
  USER | NO_EXECUTE,
  WRITABLE | GLOBAL,
  USER | GLOBAL | NO_EXECUTE,
].map(entryFlags);

/** Two small pages inside what is also a large and a largest one, and two elsewhere. */
const PAGES = [0, 1, 512, 2 ** 35 + 7] as readonly number[];

type Step =
  | { readonly kind: "access"; readonly page: number; readonly access: PageAccess }
  | {
      readonly kind: "map";
      readonly page: number;
      readonly level: LeafLevel;
      readonly frame: number;
      readonly flags: EntryFlags;
    }
  | {
      readonly kind: "unmap" | "remap";
      readonly page: number;
      readonly flags: EntryFlags;
      readonly flush: boolean;
    }
  | { readonly kind: "invalidate"; readonly page: number }
  | { readonly kind: "evict"; readonly which: number }
  | { readonly kind: "flush-all" }
  | {
      readonly kind: "load";
      readonly space: 0 | 1;
      readonly tag: number;
      readonly kept: "flushed" | "preserved";
    };

const aPage = fc.constantFrom(...PAGES);
const someFlags = fc.constantFrom(...FLAGS);
const aLevel = fc.constantFrom<LeafLevel>(1, 1, 1, 2, 3);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("access" as const),
      page: aPage,
      access: fc.constantFrom(...ACCESSES),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("map" as const),
      page: aPage,
      level: aLevel,
      frame: fc.nat(2),
      flags: someFlags,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("unmap" as const, "remap" as const),
      page: aPage,
      flags: someFlags,
      flush: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant("invalidate" as const), page: aPage }),
  fc.record({ kind: fc.constant("evict" as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant("flush-all" as const) }),
  fc.record({
    kind: fc.constant("load" as const),
    space: fc.constantFrom(0 as const, 1 as const),
    tag: fc.nat(2),
    kept: fc.constantFrom("flushed" as const, "preserved" as const),
  }),
);

const SIZES: readonly TlbSize[] = [
  { small: { sets: 1, ways: 1 }, large: { sets: 1, ways: 1 }, largest: { sets: 1, ways: 1 } },
  { small: { sets: 1, ways: 2 }, large: { sets: 2, ways: 1 }, largest: { sets: 1, ways: 1 } },
  { small: { sets: 64, ways: 4 }, large: { sets: 8, ways: 4 }, largest: { sets: 1, ways: 4 } },
];

/** What was met, so that a test can see that nothing was left out. */
const met = new Set<string>();

test("a core answers as the specification allows, and keeps what it may and no more", () => {
  const law = fc.property(
    fc.constantFrom(...SIZES),
    fc.array(aStep, { minLength: 20, maxLength: 60 }),
    (size, steps) => {
      const { memory, spaces, mmu, heard } = machine(size);
      for (const step of steps) {
        heard.fresh = [];
        if (step.kind === "access")
          judgeAccess(memory, mmu, heard, step.page as PageNumber, step.access);
        else perform(step, spaces, mmu);

        expect(sorted(mmu.tlb.kept())).toEqual(sorted(heard.kept));
      }
    },
  );

  fc.assert(law, { seed: 1, numRuns: 1000 });
  expect([...met].toSorted()).toEqual(
    ["deny", "fault", "fill 1", "fill 2", "fill 3", "global", "serve", "stale", "walk"].toSorted(),
  );
});

function machine(size: TlbSize) {
  const memory = new PhysicalMemory(48 * 4096);
  const free = Array.from({ length: 48 }, (_, frame) => frameNumber(frame));
  const frames = new TableFrames(memory, {
    acquireFrame: () => free.shift() as FrameNumber,
    releaseFrame: (frame) => void free.push(frame),
  });
  const spaces = [0, 1].map(() => new PageTables(frames, frames.acquire()));
  const heard = new FollowedTlb();
  const mmu = new Mmu(memory, spaces[0]?.root as FrameNumber, new Tlb(CORE, size, heard));
  return { memory, spaces, mmu, heard };
}

/** Accesses `page`, and asserts that the answer is one of those that are allowed. */
function judgeAccess(
  memory: PhysicalMemory,
  mmu: Mmu,
  heard: FollowedTlb,
  page: PageNumber,
  bits: PageAccess,
): void {
  const access = accessMeaning(bits);
  const before = heard.kept.map(cachedMeaning);
  const outcome = walk(pathTo(memory, mmu.root(), page), access, CONTROLS);
  const uses = before
    .filter((cached) => isFor(cached, page, mmu.space()))
    .map((cached) => ({ cached, use: useOf(cached, access, CONTROLS) }));
  for (const { use } of uses) met.add(use);

  const answer = mmu.translate(virtualAddress(firstByteOf(page) + 0x123), bits);

  if (isFault(answer)) {
    met.add("fault");
    const code = outcome.kind === "fault" ? outcome.code : undefined;
    expect(faultMeaning(codeOfFault(answer))).toEqual(code);
    expect(heard.kept.some((kept) => isFor(cachedMeaning(kept), page, mmu.space()))).toBe(false);
    return;
  }
  const frame = Math.floor(answer / 4096);
  expect(answer % 4096).toBe(0x123);
  const served = uses.filter(({ use }) => use === "serve").map(({ cached }) => cached);
  const isServed = served.some((cached) => cached.frame + page - cached.page === frame);
  const isWalked =
    outcome.kind === "translation" && outcome.frame + (page % 512 ** (outcome.level - 1)) === frame;
  expect(isServed || isWalked).toBe(true);
  if (!isWalked) met.add("stale");

  const after = pathTo(memory, mmu.root(), page);
  for (const fresh of heard.fresh) {
    const cached = cachedMeaning(fresh);
    met.add(`fill ${fresh.level}`);
    if (cached.isGlobal) met.add("global");
    expect(covers(cached, page) && mayBeCached(cached, after, page, CONTROLS)).toBe(true);
  }
}

function perform(
  step: Exclude<Step, { kind: "access" }>,
  spaces: readonly PageTables[],
  mmu: Mmu,
): void {
  const tables = spaces.find(({ root }) => root === mmu.root()) as PageTables;
  if (step.kind === "map") {
    const size = 512 ** (step.level - 1);
    const first = (Math.floor(step.page / size) * size) as PageNumber;
    const run = { first, count: 1, level: step.level };
    tables.map(run, () => frameNumber((step.frame + 1) * size), step.flags);
  } else if (step.kind === "unmap" || step.kind === "remap") {
    const leaf = tables.leafOf(step.page as PageNumber);
    if (leaf === undefined) return;
    const run = { ...leaf, count: 1 };
    const result = step.kind === "unmap" ? tables.unmap(run) : tables.remap(run, step.flags);
    if (!result.ok) throw new Error("a mapped page is unmapped");
    if (step.flush) result.value.flush(mmu);
    result.value.complete();
  } else if (step.kind === "invalidate") mmu.invalidate(step.page as PageNumber);
  else if (step.kind === "evict") evictOne(mmu, step.which);
  else if (step.kind === "flush-all") mmu.tlb.flushAll();
  else if (step.kind === "load")
    mmu.load((spaces[step.space] as PageTables).root, step.tag, step.kept);
}

/** Drops one of the translations that are kept, if there is any. */
function evictOne({ tlb }: Mmu, which: number): void {
  const slots = ([1, 2, 3] as const).flatMap((level) =>
    Array.from({ length: tlb.bank(level).slotCount }, (_, slot) => ({ level, slot })),
  );
  const kept = slots.filter(({ level, slot }) => !tlb.bank(level).isEmpty(slot));
  const victim = kept[which % Math.max(kept.length, 1)];
  if (victim !== undefined) tlb.evict(victim.level, victim.slot);
}

function sorted(kept: readonly KeptTranslation[]): readonly string[] {
  return kept.map((each) => JSON.stringify(Object.entries(each).toSorted())).toSorted();
}

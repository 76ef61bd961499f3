/**
 * Makes pages show frames, and makes them stop: the operations of a kernel on its mappings.
 *
 *     map       pages ── frames ── entries                           all, or everything is put back
 *     unmap     entries ── every core forgets ── frames and pages are somebody's again
 *     remap     entries ── every core forgets, if they allow less
 *
 * Nothing that a core may still reach is given to anybody else: between the change of an entry and the
 * answers of all cores, pages, frames and tables belong to the operation.
 */
import type { ChunkRequest, Rights } from "#spec";
import { assert, demand, failure, type Result, success } from "#support";
import {
  type ByteCount,
  type FrameNumber,
  firstByteOfFrame,
  frameContaining,
  KERNEL_SPACE,
  type PageNumber,
  type PhysicalAddress,
  pageName,
  type SpaceId,
  type UnitCount,
} from "#units";
import type { AllocatedFrames } from "../memory/allocated-frames.ts";
import { type AllocatedPages, firstPageOf } from "../memory/allocated-pages.ts";
import { MappedPages } from "../memory/mapped-pages.ts";
import {
  type EntryFlags,
  EXCLUSIVE,
  entryFlags,
  GLOBAL,
  NO_EXECUTE,
  WRITABLE,
} from "../memory/page-table-entry.ts";
import type { PendingFlush } from "../memory/pending-flush.ts";
import type { LeafRun } from "../memory/table-plan.ts";
import { unitsFor } from "../memory/unit-bytes.ts";
import type { AddressSpace } from "./address-space.ts";
import { announcePages, announceRights } from "./announce.ts";
import type { Core } from "./core.ts";
import {
  acquireFrames,
  acquireFramesAt,
  acquirePages,
  type MapFailure,
  releaseFrames,
  releasePages,
} from "./holdings.ts";
import { Holding } from "./lock.ts";
import type { MachineParts } from "./machine-parts.ts";
import { RunCursor } from "./run-cursor.ts";
import type { Sections } from "./section.ts";

/** What there is again when pages were unmapped; the frames only if the pages owned them. */
export interface UnmappedParts {
  readonly pages: AllocatedPages;
  readonly frames: readonly AllocatedFrames[];
}

/** Acquires `count` pages as asked for, and frames of their own for them. */
export function* mapNew(
  parts: MachineParts,
  space: AddressSpace,
  request: ChunkRequest,
  count: UnitCount,
  rights: Rights,
): Sections<Result<MappedPages, MapFailure>> {
  const pages = acquirePages(parts, space, request, count);
  if (!pages.ok) return pages;
  yield "between";
  const frames = acquireFrames(parts, pages.value.count);
  if (!frames.ok) {
    releasePages(parts, space, pages.value);
    return frames;
  }
  const mapped = yield* enter(parts, space, pages.value, frames.value, true, rights);
  if (mapped.ok) return mapped;
  for (const run of frames.value) releaseFrames(parts, run);
  yield "between";
  releasePages(parts, space, pages.value);
  return mapped;
}

/**
 * Makes pages show the frames that have the `size` bytes from `start` on, owning them: as many pages as
 * the bytes lie in, though they begin in the middle of a frame.
 */
export function* mapPhysical(
  parts: MachineParts,
  space: AddressSpace,
  start: PhysicalAddress,
  size: ByteCount,
  rights: Rights,
): Sections<Result<MappedPages, MapFailure>> {
  const first = frameContaining(start);
  const offset = (start - firstByteOfFrame(first)) as ByteCount;
  const frames = acquireFramesAt(parts, first, unitsFor(size, offset));
  if (!frames.ok) return frames;
  yield "between";
  const pages = acquirePages(parts, space, { kind: "any" }, frames.value.count);
  const mapped = pages.ok
    ? yield* mapTo(parts, space, pages.value, frames.value, rights)
    : failure(pages.failure);
  if (mapped.ok) return mapped;
  if (pages.ok) releasePages(parts, space, pages.value);
  releaseFrames(parts, frames.value);
  return mapped;
}

/** Makes `pages` show `frames`, owning them, and uses both up; a failure uses up neither. */
export function* mapTo(
  parts: MachineParts,
  space: AddressSpace,
  pages: AllocatedPages,
  frames: AllocatedFrames,
  rights: Rights,
): Sections<Result<MappedPages, MapFailure>> {
  if (pages.count !== frames.count) return failure({ kind: "counts-differ" });
  return yield* enter(parts, space, pages, [frames], true, rights);
}

/** Makes `pages` show `frames`, which stay whose they are and must outlive the mapping. */
export function* borrow(
  parts: MachineParts,
  space: AddressSpace,
  pages: AllocatedPages,
  frames: readonly FrameNumber[],
  rights: Rights,
): Sections<Result<MappedPages, MapFailure>> {
  if (pages.count !== frames.length) return failure({ kind: "counts-differ" });
  return yield* enterFrames(parts, space, pages, [], (index) => frames[index], false, rights);
}

/** Gives `mapped` other rights, and uses it up; every core has them when this ends. */
export function* remap(
  parts: MachineParts,
  core: Core,
  space: AddressSpace,
  mapped: MappedPages,
  rights: Rights,
): Sections<MappedPages> {
  const holding = new Holding();
  const before = mapped.take();
  const { first, count } = before.pages;
  yield* space.lock.take(holding);
  const pending = space.tables.remap(runOf(before.pages), flagsOf(space.id, rights, false));
  assert(pending.ok, "mapped pages are mapped");
  announceRights(parts.observer, space.id, { first, count }, rights);
  space.lock.release(holding);

  const losesWrite = before.rights.isWritable && !rights.isWritable;
  const losesExecute = before.rights.isExecutable && !rights.isExecutable;
  if (losesWrite || losesExecute) {
    yield* forgetPages(parts, core, space, pending.value, holding);
  }
  pending.value.complete();
  return new MappedPages({ ...before, rights });
}

/** Makes `mapped` show nothing, and uses it up; no core remembers it when this ends. */
export function* unmap(
  parts: MachineParts,
  core: Core,
  space: AddressSpace,
  mapped: MappedPages,
): Sections<UnmappedParts> {
  const holding = new Holding();
  const { pages, frames } = mapped.take();
  yield* space.lock.take(holding);
  const pending = space.tables.unmap(runOf(pages));
  assert(pending.ok, "mapped pages are mapped");
  parts.spaces.share(space, pages);
  announcePages(parts.observer, "page.unmap", space.id, pages);
  for (const frame of pending.value.tables) {
    parts.observer.moved({ kind: "table.unlink", frame });
  }
  space.lock.release(holding);

  yield* forgetPages(parts, core, space, pending.value, holding);
  announcePages(parts.observer, "page.settle", space.id, pages);
  pending.value.complete();
  return { pages, frames };
}

/** Makes every core forget all of `space`, in which nothing is mapped, and the way to its root. */
export function* forgetSpace(
  { observer, shootdown, cores }: MachineParts,
  core: Core,
  { id, tables }: AddressSpace,
): Sections<void> {
  observer.moved({ kind: "table.unlink", frame: tables.root });
  const first = pageName(id, 0 as PageNumber);
  const forget = ({ mmu }: Core): void => mmu.tlb.flushSpace(id);
  yield* shootdown.run(cores, core, { first, last: first, forget }, new Holding());
}

/**
 * Makes every core forget what `flush` says of `space`. The recursive window of each space shows the tables
 * of the kernel, so what is said of these is said under every tag.
 */
function* forgetPages(
  { shootdown, cores, spaces }: MachineParts,
  core: Core,
  space: AddressSpace,
  flush: PendingFlush,
  holding: Holding,
): Sections<void> {
  const others = space === spaces.kernel ? spaces.all().filter((other) => other !== space) : [];
  const lastPage = flush.first + (flush.count - 1) * flush.stride;
  const first = pageName(space.id, flush.first);
  const last = pageName(space.id, lastPage as PageNumber);
  const forget = ({ mmu: { tlb } }: Core): void => {
    flush.flush({ invalidate: (page) => tlb.invalidate(page, space.id) });
    for (const { id } of others) {
      for (const page of flush.windows) tlb.invalidate(page, id);
    }
  };
  yield* shootdown.run(cores, core, { first, last, forget }, holding);
}

function* enter(
  parts: MachineParts,
  space: AddressSpace,
  pages: AllocatedPages,
  runs: readonly AllocatedFrames[],
  isExclusive: boolean,
  rights: Rights,
): Sections<Result<MappedPages, MapFailure>> {
  const cursor = new RunCursor(runs);
  const frameAt = (index: number): FrameNumber => cursor.frameAt(index);
  return yield* enterFrames(parts, space, pages, runs, frameAt, isExclusive, rights);
}

function* enterFrames(
  parts: MachineParts,
  space: AddressSpace,
  pages: AllocatedPages,
  frames: readonly AllocatedFrames[],
  frameAt: (index: number) => FrameNumber | undefined,
  isExclusive: boolean,
  rights: Rights,
): Sections<Result<MappedPages, MapFailure>> {
  const holding = new Holding();
  const frameOf = (index: number): FrameNumber => {
    const frame = frameAt(index);
    demand(frame !== undefined, "every page has a frame");
    return frame;
  };
  yield* space.lock.take(holding);
  const entered = space.tables.map(runOf(pages), frameOf, flagsOf(space.id, rights, isExclusive));
  parts.tableSource.announceLinked(space.id, firstPageOf(pages));
  if (entered.ok) parts.spaces.share(space, pages);
  if (entered.ok) announceMapped(parts, space, pages, frameOf, isExclusive, rights);
  space.lock.release(holding);
  if (!entered.ok) return entered;
  return success(new MappedPages({ space: space.id, pages, frames, isExclusive, rights }));
}

function announceMapped(
  { observer }: MachineParts,
  space: AddressSpace,
  pages: AllocatedPages,
  frameOf: (index: number) => FrameNumber,
  isExclusive: boolean,
  rights: Rights,
): void {
  if (!observer.isWatching) return;
  for (let index = 0; index < pages.count; index++) {
    const page = pageName(space.id, (pages.first + index) as PageNumber);
    observer.moved({ kind: "page.map", page, frame: frameOf(index), isExclusive, rights });
  }
}

function runOf(pages: AllocatedPages): LeafRun {
  return { first: firstPageOf(pages), count: pages.count, level: 1 };
}

function flagsOf(space: SpaceId, rights: Rights, isExclusive: boolean): EntryFlags {
  const everywhere = space === KERNEL_SPACE ? GLOBAL : 0;
  const write = rights.isWritable ? WRITABLE : 0;
  const execute = rights.isExecutable ? 0 : NO_EXECUTE;
  return entryFlags(everywhere | write | execute | (isExclusive ? EXCLUSIVE : 0));
}

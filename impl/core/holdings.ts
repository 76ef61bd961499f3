/** Takes pages and frames for an operation of a machine, gives them back, and says so to whoever watches. */
import type { ChunkRequest } from "#spec";
import { failure, type Result, success } from "#support";
import type { FrameNumber, UnitCount, UnitNumber } from "#units";
import type { AllocatedFrames } from "../memory/allocated-frames.ts";
import type { AllocatedPages } from "../memory/allocated-pages.ts";
import type { ChunkRefusal } from "../memory/chunk-refusal.ts";
import type { OutOfFrames } from "../memory/page-tables.ts";
import type { PageAlreadyMapped } from "../memory/table-plan.ts";
import type { AddressSpace } from "./address-space.ts";
import { announceFrames, announcePages } from "./announce.ts";
import type { MachineParts } from "./machine-parts.ts";

/** Why nothing was mapped. Nothing has changed then. */
export type MapFailure =
  | { readonly kind: "no-pages"; readonly reason: ChunkRefusal["kind"] }
  | { readonly kind: "no-frames"; readonly reason: ChunkRefusal["kind"] }
  | { readonly kind: "counts-differ" }
  | OutOfFrames
  | PageAlreadyMapped;

/** `count` pages of `space` as asked for, or why not. */
export function acquirePages(
  { observer }: MachineParts,
  space: AddressSpace,
  request: ChunkRequest,
  count: UnitCount,
): Result<AllocatedPages, MapFailure> {
  const pages = space.pages.acquire(request, count);
  if (!pages.ok) return failure({ kind: "no-pages", reason: pages.failure.kind });
  announcePages(observer, "page.acquire", space.id, pages.value);
  return pages;
}

/** Gives back `pages`, and uses them up. */
export function releasePages(
  { observer }: MachineParts,
  space: AddressSpace,
  pages: AllocatedPages,
): void {
  announcePages(observer, "page.release", space.id, pages);
  pages.release();
}

/** Gives back `frames`, and uses them up. */
export function releaseFrames({ observer }: MachineParts, frames: AllocatedFrames): void {
  announceFrames(observer, "frame.release", frames);
  frames.release();
}

/** `count` frames in as few runs as the longest ones that are found, or why not, and none. */
export function acquireFrames(
  parts: MachineParts,
  count: UnitCount,
): Result<readonly AllocatedFrames[], MapFailure> {
  const runs: AllocatedFrames[] = [];
  let most: number = count;
  for (let left: number = count; left > 0; ) {
    const asked = Math.min(most, left) as UnitCount;
    const run = parts.frames.acquire({ kind: "any" }, asked);
    if (run.ok) {
      announceFrames(parts.observer, "frame.acquire", run.value);
      runs.push(run.value);
      left -= asked;
    } else if (asked === 1 || run.failure.kind === "no-room-for-bookkeeping") {
      for (const each of runs) releaseFrames(parts, each);
      return failure({ kind: "no-frames", reason: run.failure.kind });
    } else {
      most = Math.ceil(asked / 2);
    }
  }
  return success(runs);
}

/** The `count` frames from `first` on, or why not. */
export function acquireFramesAt(
  parts: MachineParts,
  first: FrameNumber,
  count: UnitCount,
): Result<AllocatedFrames, MapFailure> {
  const request = { kind: "at", first: first as number as UnitNumber } as const;
  const frames = parts.frames.acquire(request, count);
  if (!frames.ok) return failure({ kind: "no-frames", reason: frames.failure.kind });
  announceFrames(parts.observer, "frame.acquire", frames.value);
  return frames;
}

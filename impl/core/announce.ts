/** Says what happens to runs of frames and pages, unit by unit, to whoever watches. */
import type { Rights } from "#spec";
import { type FrameNumber, type PageNumber, pageName, type SpaceId } from "#units";
import type { MachineObserver } from "./machine-observer.ts";

/** A run of frames or pages, as its holder has it. */
interface Run {
  readonly first: number;
  readonly count: number;
}

/** Says that somebody has the frames of `run` from now on, or has them no more. */
export function announceFrames(
  observer: MachineObserver,
  kind: "frame.acquire" | "frame.release",
  run: Run,
): void {
  if (!observer.isWatching) return;
  for (let frame = run.first; frame < run.first + run.count; frame++) {
    observer.moved({ kind, frame: frame as FrameNumber });
  }
}

/** Says of each page of `run` that it is acquired, released, unmapped, or settled. */
export function announcePages(
  observer: MachineObserver,
  kind: "page.acquire" | "page.release" | "page.unmap" | "page.settle",
  space: SpaceId,
  run: Run,
): void {
  if (!observer.isWatching) return;
  for (let page = run.first; page < run.first + run.count; page++) {
    observer.moved({ kind, page: pageName(space, page as PageNumber) });
  }
}

/** Says of each page of `run` that it has `rights` from now on. */
export function announceRights(
  observer: MachineObserver,
  space: SpaceId,
  run: Run,
  rights: Rights,
): void {
  if (!observer.isWatching) return;
  for (let page = run.first; page < run.first + run.count; page++) {
    observer.moved({ kind: "page.remap", page: pageName(space, page as PageNumber), rights });
  }
}

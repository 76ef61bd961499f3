/**
 * Whoever watches what processors do by themselves: what a core keeps of a walk, and when it lets go.
 *
 * Only what changes a TLB is said, and a hit changes nothing, so the path that matters never speaks.
 */
import type { CoreId, FrameNumber, LeafLevel, PageNumber } from "#units";
import type { PageRights } from "./page-rights.ts";

export interface HardwareObserver {
  /** A core keeps a translation; `page` is the first one of the leaf. */
  filled(
    core: CoreId,
    space: number,
    page: PageNumber,
    level: LeafLevel,
    frame: FrameNumber,
    rights: PageRights,
  ): void;
  /** A core drops a translation for want of room, or because it likes to. */
  evicted(core: CoreId, space: number, page: PageNumber, level: LeafLevel): void;
  /** A core drops every translation of its space that the byte of `page` has. */
  invalidated(core: CoreId, space: number, page: PageNumber): void;
  /** A core drops the translations of `space`, or all of them, those of global pages included. */
  flushed(core: CoreId, space: number, scope: "space" | "all"): void;
}

/** Hears nothing. */
export const DEAF_HARDWARE: HardwareObserver = {
  filled: () => {},
  evicted: () => {},
  invalidated: () => {},
  flushed: () => {},
};

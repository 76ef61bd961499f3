/**
 * A TLB as it is heard of: every translation that a core said to keep and has not said to have dropped.
 *
 * It is what the specification says must be gone that is taken away here, so a core that keeps more than
 * that, or less, is not what is heard of it.
 */
import { cachedMeaning, type HardwareObserver, type KeptTranslation } from "#impl";
import { type Invalidation, mustBeGone } from "#spec";
import type { CoreId, FrameNumber, LeafLevel, PageNumber } from "#units";

export class FollowedTlb implements HardwareObserver {
  kept: KeptTranslation[] = [];
  /** What was kept since somebody looked last. */
  fresh: KeptTranslation[] = [];

  filled(
    _core: CoreId,
    space: number,
    page: PageNumber,
    level: LeafLevel,
    frame: FrameNumber,
    rights: KeptTranslation["rights"],
  ): void {
    const kept = { page, level, space, frame, rights };
    this.kept.push(kept);
    this.fresh.push(kept);
  }

  evicted(_core: CoreId, space: number, page: PageNumber, level: LeafLevel): void {
    const index = this.kept.findIndex(
      (each) => each.page === page && each.level === level && each.space === space,
    );
    if (index < 0) throw new Error("only what is kept is dropped");
    this.kept.splice(index, 1);
  }

  invalidated(_core: CoreId, space: number, page: PageNumber): void {
    this.#drop({ kind: "page", page, tag: space });
  }

  flushed(_core: CoreId, space: number, scope: "space" | "all"): void {
    this.#drop(
      scope === "all" ? { kind: "all" } : { kind: "load", tag: space, isPreserving: false },
    );
  }

  #drop(invalidation: Invalidation): void {
    this.kept = this.kept.filter((each) => !mustBeGone(cachedMeaning(each), invalidation));
  }
}

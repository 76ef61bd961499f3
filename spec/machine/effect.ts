/**
 * What an operation has done, by its own moves and on balance: what it took and still has, what it gave
 * back, which pages it made show something, and which it made stop.
 *
 * Operations come between each other, so the machine before one and the machine after it say nothing
 * about it alone. What one operation put back itself is no effect of it.
 */
import { type FiniteMap, finiteMap } from "../support/index.ts";
import type { FrameNumber, PageName } from "../units/index.ts";
import type { MachineMove } from "./moves.ts";

export type Holding = "taken" | "given";

export interface Effect {
  readonly frames: FiniteMap<FrameNumber, Holding>;
  readonly tables: FiniteMap<FrameNumber, "linked" | "unlinked">;
  readonly pages: FiniteMap<PageName, Holding>;
  readonly shown: FiniteMap<PageName, "mapped" | "remapped" | "unmapped">;
}

/** What an operation has done that has not begun. */
export function noEffect(): Effect {
  return { frames: finiteMap(), tables: finiteMap(), pages: finiteMap(), shown: finiteMap() };
}

/** Whether everything is as it was, as far as the operation goes. */
export function isNothing({ frames, tables, pages, shown }: Effect): boolean {
  return (
    !frames.some(() => true) &&
    !tables.some(() => true) &&
    !pages.some(() => true) &&
    !shown.some(() => true)
  );
}

/** The effect of an operation that makes `move` after it had `effect`. */
export function effectAfter(effect: Effect, move: MachineMove): Effect {
  const { frames, tables, pages, shown } = effect;
  switch (move.kind) {
    case "frame.acquire":
      return { ...effect, frames: exchanged(frames, move.frame, "taken", "given") };
    case "frame.release":
      return { ...effect, frames: exchanged(frames, move.frame, "given", "taken") };
    case "page.acquire":
      return { ...effect, pages: exchanged(pages, move.page, "taken", "given") };
    case "page.release":
      return { ...effect, pages: exchanged(pages, move.page, "given", "taken") };
    case "table.link":
      return { ...effect, tables: exchanged(tables, move.frame, "linked", "unlinked") };
    case "table.unlink":
      return { ...effect, tables: exchanged(tables, move.frame, "unlinked", "linked") };
    case "page.map":
      return { ...effect, shown: exchanged(shown, move.page, "mapped", "unmapped") };
    case "page.unmap":
      return { ...effect, shown: exchanged(shown, move.page, "unmapped", "mapped") };
    case "page.remap":
      if (shown.has(move.page)) return effect;
      return { ...effect, shown: shown.with(move.page, "remapped") };
    case "page.mark-dirty":
    case "page.settle":
    case "table.settle":
    case "tlb.fill":
    case "tlb.evict":
    case "tlb.invalidate":
    case "walk.fill":
    case "walk.evict":
    case "walk.invalidate":
    case "core.start":
    case "core.enter":
    case "shootdown.request":
    case "shootdown.acknowledge":
    case "shootdown.close":
    case "access":
      return effect;
  }
}

/** `map`, where `key` has `now`, or has nothing if it had the `opposite`. */
function exchanged<Key, Value>(
  map: FiniteMap<Key, Value>,
  key: Key,
  now: Value,
  opposite: Value,
): FiniteMap<Key, Value> {
  return map.has(key) && map.get(key) === opposite ? map.without(key) : map.with(key, now);
}

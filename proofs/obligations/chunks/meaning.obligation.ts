/**
 * What the words of the rules about chunks mean, unit by unit: in both directions, so that none of them may say
 * too little, nor what can never be.
 */
import {
  type AreaKind,
  type Areas,
  CHUNK_INVARIANTS,
  type Chunk,
  type ChunkRequest,
  heldChunks,
  isCovered,
  isInWindow,
  type Kinds,
  type Run,
  type Window,
  windowOf,
} from "#spec";
import type { FiniteMap } from "#support";
import { type ChunkName, interval, type UnitCount, type UnitNumber } from "#units";
import { assume } from "../assume.ts";
import { chunksBefore, type HeldStep } from "./chunk-step.ts";

/**
 * A single unit is among those of some kinds exactly if an area of one of the kinds has it, at its ends too;
 * no seam matters to it.
 *
 * @proves is-covered
 * @split kinds
 */
export function unitIsCoveredByAnAreaThatHasIt(
  areas: Areas,
  kinds: Kinds,
  unit: UnitNumber,
): boolean {
  const isAny = areas.areas.some(({ kind, first, last }) => {
    const isGiven = kinds === "all" || kind === "general" || isLastResort(kinds, kind);
    return isGiven && first <= unit && unit <= last;
  });
  return isCovered(areas, kinds, { first: unit, count: 1 as UnitCount }) === isAny;
}

/**
 * Units in a row are of some kinds exactly if each is, and no seam is between two of them.
 *
 * @proves is-covered
 */
export function runIsCoveredUnitByUnit(areas: Areas, kinds: Kinds, run: Run): boolean {
  assume(run.count >= 1 && run.first <= Number.MAX_SAFE_INTEGER - run.count);
  const { first, count } = run;
  const one = 1 as UnitCount;
  const areAll = interval<UnitNumber>(first, first + (count - 1)).every((unit) =>
    isCovered(areas, kinds, { first: unit, count: one }),
  );
  const isCut = areas.seams.some((seam) => first < seam && seam < first + count);
  return isCovered(areas, kinds, run) === (areAll && !isCut);
}

/**
 * A request for any units allows every run, one for aligned units those that begin at a multiple, and one
 * for a window those that lie in it.
 *
 * @proves chunk-as-asked
 * @split request.kind
 */
export function requestAllowsWhatItSays(request: ChunkRequest, run: Run): boolean {
  assume(run.count >= 1 && run.count - 1 <= Number.MAX_SAFE_INTEGER - run.first);
  assume(request.kind !== "aligned" || request.align >= 1);
  const isAllowed = isInWindow(windowOf(request, run.count), run);
  switch (request.kind) {
    case "any":
      return isAllowed;
    case "at":
      return isAllowed === (run.first === request.first);
    case "aligned":
      return isAllowed === (run.first % request.align === 0);
    case "within": {
      const isBelow = run.first + (run.count - 1) <= request.last;
      return isAllowed === (request.first <= run.first && isBelow);
    }
  }
}

/**
 * There is room only where a run would be admitted: if every run in the window meets a unit that is of another kind,
 * or a seam, or somebody's chunk, there is none.
 *
 * @proves chunk-refusal-justified, held-chunks
 */
export function roomIsFreeUnits(
  chunks: FiniteMap<ChunkName, Chunk>,
  areas: Areas,
  kinds: Kinds,
  window: Window,
  count: UnitCount,
): boolean {
  const held = heldChunks(chunks);
  assume(window.align >= 1);
  assume(
    areas.areas.every((area) =>
      interval<UnitNumber>(area.first, area.last).every((first) => {
        const isAllowed = isInWindow(window, { first, count });
        const isThere = held.covers(areas, kinds, { first, count });
        return !isAllowed || !isThere || held.overlapping({ first, count });
      }),
    ),
  );
  return !held.hasRoom(areas, kinds, window, count);
}

/**
 * Of a sound state every chunk has a unit, and is held under its own name and where units are.
 *
 * @proves chunk-under-its-name, chunks-where-units-are
 */
export function chunksOfASoundStateAreSound(step: HeldStep, name: ChunkName): boolean {
  const state = chunksBefore(step);
  const { held, contract } = state;
  assume(held.has(name));
  const chunk = held.at(name);
  const isSound = CHUNK_INVARIANTS.every(
    (each) => each.name === "chunks-apart" || each.holds(state),
  );
  if (!isSound) return true;
  return chunk.name === name && chunk.count >= 1 && held.covers(contract, "all", chunk);
}

function isLastResort(kinds: Kinds, kind: AreaKind): boolean {
  return kinds === "unreserved" && kind === "designated";
}

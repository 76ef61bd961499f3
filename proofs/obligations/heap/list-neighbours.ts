/** The holes of a list that a step comes between, when bytes are freed or a block gets another size. */
import type { Granule, HoleSet } from "#impl";

/** The hole below and the hole above: each may be none, be apart from the bytes between, or touch them. */
export interface ListNeighbours {
  readonly lower: "none" | "apart" | "joined";
  readonly upper: "none" | "apart" | "joined";
  readonly below: Granule;
  readonly above: Granule;
}

/** The hole below, if there is one. */
export function belowOf({ lower, below }: ListNeighbours): Granule | undefined {
  return lower === "none" ? undefined : below;
}

/** The hole above, if there is one. */
export function aboveOf({ upper, above }: ListNeighbours): Granule | undefined {
  return upper === "none" ? undefined : above;
}

/** Whether each of the two that is not none is one of `holes`. */
export function areHoles(holes: HoleSet, { lower, upper, below, above }: ListNeighbours): boolean {
  return (lower === "none" || holes.has(below)) && (upper === "none" || holes.has(above));
}

/** Whether every other hole lies below the hole below or above the hole above, and touches neither. */
export function areNearest(
  holes: HoleSet,
  { lower, upper, below, above }: ListNeighbours,
  start: Granule,
): boolean {
  return holes.every((size, hole) =>
    hole <= start
      ? lower !== "none" && hole <= below && (hole === below || hole + size < below)
      : upper !== "none" && hole >= above && (hole === above || above + holes.get(above) < hole),
  );
}

/**
 * Where units are, and what they may be given for.
 *
 *     kind          given to
 *     general       whoever asks
 *     designated    who names a place or a window, and others only as a last resort, where promised
 *     reserved      who asks for exactly these units, by their number
 *
 * A kind belongs to units, never to chunks: what is merged and released again is of the kind it was. What
 * nobody knows and anybody may claim by its number, memory of devices say, is reserved.
 */
import { interval, type UnitCount, type UnitNumber } from "../units/index.ts";
import type { ChunkRequest, Run } from "./calls.ts";

export type AreaKind = "general" | "designated" | "reserved";

export interface Area {
  readonly first: UnitNumber;
  readonly last: UnitNumber;
  readonly kind: AreaKind;
}

/** All units that there are. */
export interface Areas {
  readonly areas: readonly Area[]; // no two have a unit in common; they may touch
  /** Units that no chunk has together with the unit before: the numbers go on there, space does not. */
  readonly seams: readonly UnitNumber[];
}

/** General units only; those and designated ones; all. */
export type Kinds = "general" | "unreserved" | "all";

/** Which starts and ends a request allows. */
export interface Window {
  readonly first: UnitNumber;
  readonly last: UnitNumber;
  readonly align: UnitCount;
}

/** The window of a request for `count` units. */
export function windowOf(request: ChunkRequest, count: UnitCount): Window {
  const first = 0 as UnitNumber;
  const last = Number.MAX_SAFE_INTEGER as UnitNumber;
  const align = 1 as UnitCount;
  switch (request.kind) {
    case "any":
      return { first, last, align };
    case "aligned":
      return { first, last, align: request.align };
    case "within":
      return { first: request.first, last: request.last, align };
    case "at": {
      const end = Math.min(request.first + (count - 1), Number.MAX_SAFE_INTEGER) as UnitNumber;
      return { first: request.first, last: end, align };
    }
  }
}

/** Whether `run` lies in `window`, from its first unit to its last. Nothing is added up, so nothing wraps. */
export function isInWindow({ first, last, align }: Window, run: Run): boolean {
  const isStart = first <= run.first && run.first <= last && run.first % align === 0;
  return isStart && run.count - 1 <= last - run.first;
}

/** Whether every unit of `run` is of these kinds, and no seam is in between. */
export function isCovered({ areas, seams }: Areas, kinds: Kinds, { first, count }: Run): boolean {
  const isOfKind = (unit: UnitNumber): boolean =>
    areas.some((area) => isAmong(kinds, area.kind) && area.first <= unit && unit <= area.last);
  return (
    interval<UnitNumber>(first, first + (count - 1)).every(isOfKind) &&
    seams.every((seam) => seam <= first || count <= seam - first)
  );
}

/** Whether `kind` is one of `kinds`. */
export function isAmong(kinds: Kinds, kind: AreaKind): boolean {
  if (kinds === "all") return true;
  return kind === "general" || (kind === "designated" && kinds === "unreserved");
}

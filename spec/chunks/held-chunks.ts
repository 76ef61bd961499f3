/**
 * The chunks that are held, and what is left, seen through the few questions that the rules ask. Here
 * each question has its plain meaning, unit by unit; whoever judges traces of an address space asks an
 * index instead, which is tested to agree.
 */
import type { FiniteMap } from "../support/index.ts";
import { type ChunkName, interval, type UnitCount, type UnitNumber } from "../units/index.ts";
import { type Areas, isCovered, isInWindow, type Kinds, type Window } from "./areas.ts";
import type { Run } from "./calls.ts";

/** Units that somebody holds; at least one. */
export interface Chunk extends Run {
  readonly name: ChunkName;
}

export interface HeldChunks {
  has(name: ChunkName): boolean;
  at(name: ChunkName): Chunk;
  every(claim: (chunk: Chunk, name: ChunkName) => boolean): boolean;
  /** Whether every unit of `run` is of these kinds, and no seam is in between. */
  covers(areas: Areas, kinds: Kinds, run: Run): boolean;
  /** Whether somebody holds one of the units of `run`, of which there is at least one. */
  overlapping(run: Run): boolean;
  /** Whether `window` has `count` units in a row, of these kinds, that nobody holds; at least 1. */
  hasRoom(areas: Areas, kinds: Kinds, window: Window, count: UnitCount): boolean;
  with(chunk: Chunk): HeldChunks;
  without(name: ChunkName): HeldChunks;
}

/** The chunks in `chunks`, each under its own name. */
export function heldChunks(chunks: FiniteMap<ChunkName, Chunk>): HeldChunks {
  const overlapping = (run: Run): boolean => chunks.some((chunk) => overlaps(chunk, run));

  return {
    has: (name) => chunks.has(name),
    at: (name) => chunks.get(name),
    every: (claim) => chunks.every(claim),
    covers: isCovered,
    overlapping,
    // No run begins outside of all areas. What is free on both sides of a border is one run.
    hasRoom: (areas, kinds, window, count) =>
      areas.areas.some((area) =>
        interval<UnitNumber>(area.first, area.last).some(
          (first) =>
            isInWindow(window, { first, count }) &&
            isCovered(areas, kinds, { first, count }) &&
            !overlapping({ first, count }),
        ),
      ),
    with: (chunk) => heldChunks(chunks.with(chunk.name, chunk)),
    without: (name) => heldChunks(chunks.without(name)),
  };
}

/** Whether two runs have a unit in common: each begins before the other ends. */
export function overlaps(one: Run, other: Run): boolean {
  return other.first - one.first < one.count && one.first - other.first < other.count;
}

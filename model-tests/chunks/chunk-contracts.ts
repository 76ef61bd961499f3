/** What allocators of pages and frames promise in the tests: as large as they come, and very small. */
import type { AreaKind, ChunkContract } from "#spec";
import { unitNumber } from "#units";

const P4 = 2 ** 27; // pages below one entry of the topmost table
const HALF = 2 ** 35; // the first page of the upper half, which space does not reach from the lower

/**
 * Pages by the number that the low 48 bits of their address give them: page 0 for nobody who does not name
 * it, low pages, the heap and the text designated, entries 508 and 510 for nobody at all.
 */
export const PAGES: ChunkContract = {
  areas: [
    area(0, 0, "reserved"),
    area(1, 1024, "designated"),
    area(1025, HALF - 1, "general"),
    area(HALF, 508 * P4 - 1, "general"),
    area(509 * P4, 510 * P4 - 1, "designated"),
    area(511 * P4, 512 * P4 - 1, "designated"),
  ],
  seams: [unitNumber(HALF)],
  fallsBack: true,
  mergesBelow: false,
  chunkCountMax: undefined,
};

/** Few frames, in pieces, and memory that nobody knows up to a bound; no chunk is of two kinds. */
export const FRAMES: ChunkContract = {
  areas: [
    area(0, 15, "reserved"),
    area(16, 79, "general"),
    area(80, 95, "reserved"),
    area(96, 127, "general"),
    area(128, 255, "reserved"),
  ],
  seams: [16, 80, 96, 128].map(unitNumber),
  fallsBack: false,
  mergesBelow: true,
  chunkCountMax: undefined,
};

/** Six units in one row, of all three kinds. */
export const SIX: ChunkContract = {
  areas: [area(0, 0, "reserved"), area(1, 1, "designated"), area(2, 5, "general")],
  seams: [],
  fallsBack: true,
  mergesBelow: true,
  chunkCountMax: undefined,
};

/** Before there is memory: four chunks, and no more. */
export const EARLY: ChunkContract = { ...FRAMES, chunkCountMax: 4 };

export function area(first: number, last: number, kind: AreaKind): ChunkContract["areas"][number] {
  return { first: unitNumber(first), last: unitNumber(last), kind };
}

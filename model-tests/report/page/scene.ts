/** What is shown of a film, whether it is one of a heap or of a machine. */
import type { Band, Piece } from "./map.ts";
import type { Reel } from "./reel.ts";
import type { Range, Rows } from "./rows.ts";
import type { Bar } from "./strip.ts";

/** A table of which only the rows that are shown are ever made. */
export interface Table {
  readonly title: string;
  readonly heads: readonly string[];
  readonly count: number;
  readonly row: (index: number) => readonly string[];
}

export interface Scene {
  readonly rows: Rows;
  /** Finer rows, of what ever lay somewhere and nothing else: for all steps at once. */
  readonly fine: Rows;
  readonly bars: readonly Bar[];
  readonly hasAddresses: boolean;
  readonly pieces: (reel: Reel) => readonly Piece[];
  readonly bands: (reel: Reel) => readonly Band[];
  readonly inside: (reel: Reel) => readonly Range[];
  readonly tables: (reel: Reel) => readonly Table[];
  readonly summary: (reel: Reel) => string;
  /** What lies at an address. */
  readonly lineAt: (reel: Reel, space: number, address: number) => string;
}

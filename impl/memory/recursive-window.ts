/**
 * The recursive window: entry 510 of the root shows the root, so page tables are pages too.
 *
 *     address of a page      index 4    index 3    index 2    index 1
 *     its table of level 1     510      index 4    index 3    index 2
 *     of level 2               510        510      index 4    index 3
 *     of level 3               510        510        510      index 4
 *     the root                 510        510        510        510
 *
 * Each time through entry 510 a walk stays where it is, and so ends one table early. What a core keeps
 * of the window is kept like anything else: when a table is given back, its page of the window has to be
 * invalidated too.
 */
import type { PageNumber, TableIndex, TableLevel } from "#units";
import { pagesUnder } from "#units";

/** The entry of the root that shows the root. */
export const RECURSIVE_INDEX: TableIndex = 510 as TableIndex;

/** The page of the window that shows the table of `level` on the way to `page`. */
export function windowPage(page: PageNumber, level: TableLevel): PageNumber {
  const below = Math.floor(page / (pagesUnder(level) * 512));
  switch (level) {
    case 4:
      return (510 * (134_217_728 + 262_144 + 512 + 1)) as PageNumber;
    case 3:
      return (510 * (134_217_728 + 262_144 + 512) + below) as PageNumber;
    case 2:
      return (510 * (134_217_728 + 262_144) + below) as PageNumber;
    case 1:
      return (510 * 134_217_728 + below) as PageNumber;
  }
}

/** What has to be known to read the table of a comparison. */
import type { Measured } from "./measure-trace.ts";
import type { TimeRatio } from "./race.ts";

/** The notes on what was measured of both. */
export function compareNotes(
  base: readonly Measured[],
  candidate: readonly Measured[],
  isSaved: boolean,
  isVacuous: boolean,
  time: TimeRatio | { readonly why: string } | undefined,
): readonly string[] {
  const arePages = (side: readonly Measured[]): boolean => side.every((one) => one.pages);
  const made = [...base, ...candidate];
  const skipped = made.reduce((sum, one) => sum + one.skipped, 0);
  const calls = made.reduce((sum, one) => sum + one.calls, 0);
  const percent = Math.round((100 * skipped) / Math.max(1, calls));
  const refused = (side: readonly Measured[]) => side.reduce((sum, one) => sum + one.refused, 0);
  return [
    ...(isVacuous
      ? ["too much was skipped: more than 5 % of a recorded trace, or half of all"]
      : []),
    ...(percent > 0 ? [`${percent} % of all calls were about blocks that had been refused`] : []),
    ...(arePages(base) === arePages(candidate)
      ? []
      : ["only one of the two tells its pages, so blocks are measured by where they lie"]),
    ...(refused(base) === refused(candidate)
      ? []
      : ["one refused more than the other, and needs less memory for that"]),
    ...(isSaved ? ["the base is not here, so time is not compared"] : []),
    ...(time !== undefined && "why" in time ? [`time is not compared: ${time.why}`] : []),
  ];
}

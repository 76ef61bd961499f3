/**
 * Memory in rows, low addresses first: only rows in which something ever lies, so that what is far apart
 * stands close together, and how much was left out between two rows is known.
 */

export interface Range {
  readonly space: number;
  readonly start: number;
  /** Behind the last byte. */
  readonly end: number;
}

export interface Row {
  readonly space: number;
  readonly start: number;
  /** How many bytes lie between this row and the one above it; -1 if that is in another space. */
  readonly skipped: number;
}

export interface Rows {
  /** How many bytes a row has. */
  readonly bytes: number;
  readonly rows: readonly Row[];
}

/** Rows may be as many as this, and twice as many again where blocks would be too small to see. */
const ROWS_MAX = 24;
const SMALL_ROWS_MAX = 64;
/** A block of half of all sizes should be at least this part of a row. */
const LEGIBLE = 1 / 160;

/** The rows for `ranges`, of at least `bytesMin` bytes each; `around` is added where there is room. */
export function rowsFor(
  ranges: readonly Range[],
  around: readonly Range[],
  bytesMin: number,
): Rows {
  const sizes = ranges.map(({ start, end }) => end - start).sort((one, other) => one - other);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 1;
  let bytes = bytesMin;
  let starts = startsIn(ranges, bytes, ROWS_MAX);
  while (starts === undefined && bytes < 2 ** 52) {
    const isSmall = median / (bytes * 2) < LEGIBLE;
    const denser = isSmall ? startsIn(ranges, bytes, SMALL_ROWS_MAX) : undefined;
    if (denser !== undefined) starts = denser;
    else {
      bytes *= 2;
      starts = startsIn(ranges, bytes, ROWS_MAX);
    }
  }
  const wider = startsIn([...ranges, ...around], bytes, ROWS_MAX) ?? starts ?? new Map();
  return { bytes, rows: rowsAt(wider, bytes) };
}

/** Where on the whole of `rows` an address is, from 0 to 1; undefined if it is in none of them. */
export function placeIn({ bytes, rows }: Rows, space: number, address: number): number | undefined {
  const index = rowOf({ bytes, rows }, space, address);
  const row = rows[index];
  if (row === undefined) return undefined;
  return (index + (address - row.start) / bytes) / rows.length;
}

/** The index of the row that has `address`, or -1. */
export function rowOf({ bytes, rows }: Rows, space: number, address: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle] as Row;
    if (row.space < space || (row.space === space && row.start + bytes <= address))
      low = middle + 1;
    else if (row.space > space || row.start > address) high = middle - 1;
    else return middle;
  }
  return -1;
}

/** The first bytes of the rows that `ranges` touch, by space, or undefined if they are more than `max`. */
function startsIn(
  ranges: readonly Range[],
  bytes: number,
  max: number,
): ReadonlyMap<number, ReadonlySet<number>> | undefined {
  const starts = new Map<number, Set<number>>();
  let count = 0;
  for (const { space, start, end } of ranges) {
    const known = starts.get(space) ?? new Set();
    starts.set(space, known);
    for (let at = start - (start % bytes); at < end; at += bytes) {
      if (known.has(at)) continue;
      known.add(at);
      count += 1;
      if (count > max) return undefined;
    }
  }
  return starts;
}

function rowsAt(starts: ReadonlyMap<number, ReadonlySet<number>>, bytes: number): readonly Row[] {
  const rows: Row[] = [];
  for (const space of [...starts.keys()].sort((one, other) => one - other)) {
    const sorted = [...(starts.get(space) ?? [])].sort((one, other) => one - other);
    for (const [index, start] of sorted.entries()) {
      const above = sorted[index - 1];
      const isFirst = above === undefined && rows.length > 0;
      const skipped = above === undefined ? 0 : start - above - bytes;
      rows.push({ space, start, skipped: isFirst ? -1 : skipped });
    }
  }
  return rows;
}

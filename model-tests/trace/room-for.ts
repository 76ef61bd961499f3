/** How much memory suits the calls of a program. */

/** Twice the bytes that are ever live, for what an allocator adds, as a power of two. */
export function roomFor(peakLiveBytes: number): number {
  let room = 4_096;
  while (room < 2 * peakLiveBytes) room *= 2;
  return room;
}

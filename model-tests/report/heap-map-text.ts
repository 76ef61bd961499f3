/**
 * The heap at the offending call, as text: one sign a stretch of bytes, low addresses first.
 *
 *     V0x0000  ····aaaaaa··bbbbbb##bbcccc
 *
 * A letter is a block, `·` is nobody's, `+` is where the last call wants to place a block, and `#` is
 * where it does so on bytes of another block.
 */
import { virtualText } from "#units";
import type { Story, StoryBlock } from "../conformance/story.ts";

const COLUMNS = 64;
const ROWS_MAX = 6;

/** The lines of the map; none if nothing is known of where memory is. */
export function heapMapText(story: Story): readonly string[] {
  const { start, end } = boundsOf(story);
  if (end <= start || !Number.isSafeInteger(end)) return [];

  const scale = scaleOf(end - start);
  const first = Math.floor(start / (scale * COLUMNS)) * scale * COLUMNS;
  const unit = scale === 1 ? "each byte" : `${scale} bytes`;
  const lines = [`heap map, one sign for ${unit}: · nobody's, + placed now, # placed on another's`];
  for (let row = first; row < end && lines.length <= ROWS_MAX; row += scale * COLUMNS) {
    let signs = "";
    for (let at = row; at < row + scale * COLUMNS && at < end; at += scale) {
      signs += at < start ? " " : sign(story, at, at + scale);
    }
    lines.push(`${virtualText(row as never).padEnd(10)} ${signs}`);
  }
  return lines;
}

/** From the lowest byte that matters to the highest: of the extent, or of the blocks if that is vast. */
function boundsOf({ blocks, extent, placed }: Story): { start: number; end: number } {
  const spots = [...blocks, ...(placed === undefined ? [] : [placed])];
  const limit = Math.max(...extent.map((part) => part.start + part.size), 0);
  const inside = spots.filter(({ start }) => start <= limit + 4096);
  const start = Math.min(
    ...extent.map((part) => part.start as number),
    ...inside.map((spot) => spot.start),
  );
  const end = Math.max(
    ...inside.map((spot) => Math.min(spot.start + spot.size, limit + 4096)),
    start,
  );
  const margin = Math.min(limit, end + Math.max(16, Math.ceil((end - start) / 8)));
  return { start, end: Math.max(end, margin) };
}

function scaleOf(bytes: number): number {
  let scale = 1;
  while (bytes / scale > COLUMNS * (ROWS_MAX - 1)) scale *= 2;
  return scale;
}

function sign({ blocks, placed }: Story, start: number, end: number): string {
  const block = blocks.find((candidate) => meets(candidate, start, end));
  const isPlaced = placed !== undefined && meets(placed, start, end);
  if (isPlaced) return block === undefined ? "+" : "#";
  return block === undefined ? "·" : letter(block);
}

function meets(spot: { start: number; size: number }, start: number, end: number): boolean {
  return spot.start < end && start < spot.start + spot.size;
}

function letter({ name }: StoryBlock): string {
  return "abcdefghijklmnopqrstuvwxyz"[name % 26] ?? "?";
}

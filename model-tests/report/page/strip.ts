/**
 * All steps at once: time from left to right, memory from top to bottom. Whatever was there from one step
 * to another is a bar as long as it was there.
 */
import type { Film } from "../../film/film.ts";
import { type Colours, toneOf } from "./canvas.ts";
import type { Brush } from "./document.ts";
import { placeIn, type Rows } from "./rows.ts";
import type { Span } from "./spans.ts";

/** What a bar is drawn as. */
export interface Bar extends Span {
  readonly space: number;
  readonly start: number;
  readonly size: number;
  readonly tone: number;
}

/** Draws `bars` on `width` by `height` points. */
export function drawStrip(
  brush: Brush,
  { film, rows, bars, colours }: StripView,
  width: number,
  height: number,
): void {
  const columns = film.steps.length + 1;
  const step = width / columns;
  brush.fillStyle = colours.hole;
  brush.fillRect(0, 0, width, height);
  for (const bar of bars) {
    const { top, tall } = heightOf(bar, rows, height);
    const left = bar.from * step;
    const wide = Math.max(0.6, (bar.to - bar.from) * step - (step > 6 ? 1 : 0));
    brush.globalAlpha = 0.9;
    brush.fillStyle = toneOf(colours, bar.tone);
    brush.fillRect(left, top, wide, tall);
  }
  brush.globalAlpha = 1;
  const { fault } = film;
  if (fault === undefined) return;
  const left = width - Math.max(4, step);
  if (fault.placed !== undefined) {
    const { instance: space, start, size } = fault.placed;
    const { top, tall } = heightOf({ space, start, size }, rows, height);
    brush.fillStyle = colours.fault;
    brush.fillRect(left, top, width - left, Math.max(2, tall));
  }
  brush.strokeStyle = colours.fault;
  brush.lineWidth = 3;
  brush.strokeRect(left + 1.5, 1.5, width - left - 3, height - 3);
}

export interface StripView {
  readonly film: Film;
  readonly rows: Rows;
  readonly bars: readonly Bar[];
  readonly colours: Colours;
}

/** Draws where the reader is, between 0 and the number of steps. */
export function drawNeedle(
  brush: Brush,
  { film: { steps }, colours }: StripView,
  at: number,
  width: number,
  height: number,
): void {
  const step = width / (steps.length + 1);
  const middle = Math.min(width - 1, Math.max(1, (at + 0.5) * step));
  brush.fillStyle = colours.ink;
  brush.fillRect(middle - 0.75, 0, 1.5, height);
}

function heightOf(
  { space, start, size }: Pick<Bar, "space" | "start" | "size">,
  rows: Rows,
  height: number,
): { readonly top: number; readonly tall: number } {
  const from = placeIn(rows, space, start);
  if (from === undefined) return { top: 0, tall: 0 };
  const tall = (Math.max(1, size) / rows.bytes / rows.rows.length) * height;
  const isRoomy = tall > 5;
  return { top: from * height, tall: Math.max(1.2, isRoomy ? tall - 1 : tall) };
}

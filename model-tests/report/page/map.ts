/** The memory at one step: rows of bytes, with what lies in them, whose it is, and what is wrong. */
import { type Colours, toneOf } from "./canvas.ts";
import type { Brush } from "./document.ts";
import { type Range, type Rows, rowOf } from "./rows.ts";
import { addressText, bytesText } from "./words.ts";

/** Something that is drawn where it lies. */
export interface Piece extends Range {
  readonly tone: number;
  readonly label: string;
  /** Two shades, so that neighbours can be told apart. */
  readonly isLight: boolean;
  /** `new` with this step, `gone` with it, wrongly `placed`, or what the broken rule is about. */
  readonly mark?: "new" | "gone" | "placed" | "blamed";
}

/** A run of pages of one owner. */
export interface Band extends Range {
  readonly owner: number;
}

export interface MapView {
  readonly rows: Rows;
  readonly pieces: readonly Piece[];
  readonly bands: readonly Band[];
  /** Where something may lie; what is outside is not drawn as a hole. Everything, if it is empty. */
  readonly inside: readonly Range[];
  readonly colours: Colours;
  readonly hasAddresses: boolean;
}

/** Where the rows of a map are on the page. */
export interface MapPlan {
  readonly left: number;
  readonly width: number;
  readonly rowHeight: number;
  readonly tops: readonly number[];
  readonly height: number;
}

const GAP_HEIGHT = 18;
const BAND_HEIGHT = 3;
/** How wide a sign of an address is, at most. */
const SIGN_WIDTH = 6.9;

/** Plans the map for a page that is `width` points wide. */
export function planMap({ rows }: Rows, width: number, hasAddresses: boolean): MapPlan {
  const count = rows.length;
  const names = rows.map(({ start }) => nameOf(start, hasAddresses).length);
  const rowHeight = count <= 6 ? 34 : count <= 12 ? 26 : count <= 26 ? 19 : 12;
  const left = 10 + SIGN_WIDTH * Math.max(4, ...names);
  const tops: number[] = [];
  let top = 2;
  for (const { skipped } of rows) {
    if (skipped !== 0) top += GAP_HEIGHT;
    tops.push(top);
    top += rowHeight;
  }
  return { left, width: Math.max(1, width - left), rowHeight, tops, height: top + 2 };
}

/** Draws the map. */
export function drawMap(brush: Brush, view: MapView, plan: MapPlan): void {
  brush.textBaseline = "middle";
  drawRows(brush, view, plan);
  for (const piece of view.pieces) drawPiece(brush, view, plan, piece);
  for (const band of view.bands) drawBand(brush, view, plan, band);
}

/** The address under a point of the map, or undefined if no row is there. */
export function addressAt(
  { bytes, rows }: Rows,
  plan: MapPlan,
  x: number,
  y: number,
): { readonly space: number; readonly address: number } | undefined {
  const index = plan.tops.findIndex((top) => y >= top && y < top + plan.rowHeight);
  const row = rows[index];
  if (row === undefined || x < plan.left) return undefined;
  const offset = Math.floor(((x - plan.left) / plan.width) * bytes);
  return { space: row.space, address: row.start + Math.min(bytes - 1, offset) };
}

function drawRows(brush: Brush, view: MapView, plan: MapPlan): void {
  const { rows, colours, inside, hasAddresses } = view;
  const { left, width, tops, rowHeight } = plan;
  const deep = rowHeight - (rowHeight > 15 ? 6 : 2);
  for (const [index, { space, start, skipped }] of rows.rows.entries()) {
    const top = tops[index] ?? 0;
    brush.font = "11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
    brush.fillStyle = colours.faint;
    brush.textAlign = "left";
    if (skipped > 0) {
      brush.fillText(`${bytesText(skipped)} nobody ever has`, left, top - GAP_HEIGHT / 2 - 1);
    }
    if (skipped < 0) brush.fillText(`instance ${space}`, left, top - GAP_HEIGHT / 2 - 1);
    const isNamed = rowHeight > 15 || index % 4 === 0 || skipped !== 0;
    if (isNamed) {
      brush.textAlign = "right";
      brush.fillText(nameOf(start, hasAddresses), left - 8, top + deep / 2);
    }
    const whole = { space, start, end: start + rows.bytes };
    const parts = inside.length === 0 ? [whole] : inside;
    brush.fillStyle = colours.hole;
    for (const part of parts) {
      const from = Math.max(part.start, whole.start);
      const to = Math.min(part.end, whole.end);
      if (part.space !== space || from >= to) continue;
      const x = left + ((from - start) / rows.bytes) * width;
      brush.fillRect(x, top, ((to - from) / rows.bytes) * width, deep);
    }
  }
}

function nameOf(start: number, hasAddresses: boolean): string {
  return hasAddresses ? addressText(start) : String(start);
}

function drawPiece(brush: Brush, view: MapView, plan: MapPlan, piece: Piece): void {
  const { colours } = view;
  const deep = plan.rowHeight - (plan.rowHeight > 15 ? 6 : 2);
  let isFirst = true;
  for (const { x, y, wide } of stretches(view.rows, plan, piece)) {
    const inner = wide > 4 ? wide - 1 : wide;
    if (piece.mark === "gone") {
      outline(brush, colours.ink, x, y, inner, deep, [3, 2]);
    } else if (piece.mark === "placed") {
      hatch(brush, colours.fault, x, y, inner, deep);
    } else {
      brush.globalAlpha = piece.isLight ? 0.72 : 1;
      brush.fillStyle = toneOf(colours, piece.tone);
      brush.fillRect(x, y, Math.max(0.7, inner), deep);
      brush.globalAlpha = 1;
      if (piece.mark === "new") outline(brush, colours.ink, x, y, inner, deep, []);
      if (piece.mark === "blamed") outline(brush, colours.fault, x, y, inner, deep, []);
    }
    if (isFirst) drawLabel(brush, colours, piece, x, y, inner, deep);
    isFirst = false;
  }
}

function drawLabel(
  brush: Brush,
  colours: Colours,
  { label, mark }: Piece,
  x: number,
  y: number,
  wide: number,
  deep: number,
): void {
  if (deep < 12 || label === "") return;
  brush.font = "600 11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
  const textWidth = brush.measureText(label).width;
  if (textWidth + 6 > wide) return;
  const isOutlined = mark === "gone" || mark === "placed";
  brush.textAlign = "left";
  if (isOutlined) {
    brush.fillStyle = colours.paper;
    brush.fillRect(x + 3, y + 3, textWidth + 4, deep - 6);
  }
  brush.fillStyle = mark === "placed" ? colours.fault : isOutlined ? colours.ink : colours.onTone;
  brush.fillText(label, x + 4, y + deep / 2 + 0.5);
}

function drawBand(brush: Brush, { rows, colours }: MapView, plan: MapPlan, band: Band): void {
  const deep = plan.rowHeight - (plan.rowHeight > 15 ? 6 : 2);
  for (const { x, y, wide } of stretches(rows, plan, band)) {
    brush.fillStyle = toneOf(colours, band.owner);
    const high = plan.rowHeight > 15 ? BAND_HEIGHT : 1;
    brush.fillRect(x, y + deep + 1, Math.max(1, wide - 1), high);
  }
}

/** What is wrong is filled and crossed, so that it is not known by its colour alone. */
function hatch(brush: Brush, colour: string, x: number, y: number, wide: number, deep: number) {
  brush.save();
  brush.beginPath();
  brush.rect(x, y, Math.max(2, wide), deep);
  brush.clip();
  brush.globalAlpha = 0.3;
  brush.fillStyle = colour;
  brush.fillRect(x, y, Math.max(2, wide), deep);
  brush.globalAlpha = 1;
  brush.strokeStyle = colour;
  brush.lineWidth = 1;
  brush.beginPath();
  for (let at = x - deep; at < x + wide; at += 6) {
    brush.moveTo(at, y + deep);
    brush.lineTo(at + deep, y);
  }
  brush.stroke();
  brush.restore();
  outline(brush, colour, x, y, wide, deep, []);
}

function outline(
  brush: Brush,
  colour: string,
  x: number,
  y: number,
  wide: number,
  deep: number,
  dashes: readonly number[],
): void {
  brush.strokeStyle = colour;
  brush.lineWidth = 2;
  brush.setLineDash(dashes);
  brush.strokeRect(x + 1, y + 1, Math.max(0.5, wide - 2), deep - 2);
  brush.setLineDash([]);
}

/** The parts of a range, one for each row that it lies in. */
function stretches(
  { bytes, rows }: Rows,
  { left, width, tops }: MapPlan,
  { space, start, end }: Range,
): readonly { readonly x: number; readonly y: number; readonly wide: number }[] {
  const parts: { x: number; y: number; wide: number }[] = [];
  for (let at = start; at < end; at = at - (at % bytes) + bytes) {
    const index = rowOf({ bytes, rows }, space, at);
    const row = rows[index];
    if (row === undefined) continue;
    const to = Math.min(end, row.start + bytes);
    const x = left + ((at - row.start) / bytes) * width;
    parts.push({ x, y: tops[index] ?? 0, wide: ((to - at) / bytes) * width });
  }
  return parts;
}

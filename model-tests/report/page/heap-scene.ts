/** A heap, or a system of heaps, at one step: what is drawn, and what the tables say. */
import { type Film, HEAP_THINGS } from "../../film/film.ts";
import type { Band, Piece } from "./map.ts";
import type { Reel, Thing } from "./reel.ts";
import { type Range, type Rows, rowsFor } from "./rows.ts";
import type { Scene, Table } from "./scene.ts";
import { spansOf } from "./spans.ts";
import type { Bar } from "./strip.ts";
import { addressText, blockLine, blockText, bytesText, countText, groupedText } from "./words.ts";

/** A row has at least so many bytes. */
const ROW_BYTES_MIN = 64;
const FINE_BYTES_MIN = 8;

/** The scene of a film of a heap. */
export function heapScene(film: Film): Scene {
  const bars = spansOf(film, HEAP_THINGS.block).map(barOf);
  const parts = partsIn(film);
  const placed = placedIn(film, parts);
  const used = [...bars.map(rangeOf), ...placed];
  const spaces = new Set(used.map(({ space }) => space));
  const around = parts.filter(({ space }) => spaces.has(space));
  const shown = used.length > 0 ? used : parts;
  const rows = rowsFor(shown, around, ROW_BYTES_MIN);
  const fine = rowsFor(shown, [], FINE_BYTES_MIN);
  return {
    rows,
    fine,
    bars,
    hasAddresses: true,
    pieces: (reel) => piecesAt(reel, rows, placed),
    bands: (reel) => bandsAt(reel, rows),
    inside: (reel) => reel.all(HEAP_THINGS.part).map(partOf),
    tables: (reel) => [blocksTable(reel), pagesTable(reel)].flatMap((table) => table ?? []),
    summary: summaryAt,
    lineAt,
  };
}

function barOf({ change, from, to }: ReturnType<typeof spansOf>[number]): Bar {
  const [, , instance, start, size, owner] = change;
  const place = { space: Number(instance), start: Number(start), size: Number(size) };
  return { change, from, to, ...place, tone: Number(owner) };
}

function rangeOf({ space, start, size }: Bar): Range {
  return { space, start, end: start + Math.max(1, size) };
}

/** Every part of the extent that there ever was. */
function partsIn(film: Film): readonly Range[] {
  return spansOf(film, HEAP_THINGS.part).map(({ change }) => partOf({ change }));
}

function partOf({ change: [, , instance, start, size] }: Pick<Thing, "change">): Range {
  return { space: Number(instance), start: Number(start), end: Number(start) + Number(size) };
}

/** Where a block was placed that should not have been; what is far beyond the heap is cut off. */
function placedIn({ fault }: Film, parts: readonly Range[]): readonly Range[] {
  if (fault?.placed === undefined) return [];
  const { instance: space, start, size } = fault.placed;
  const ends = parts.filter((part) => part.space === space).map(({ end }) => end);
  const limit = ends.length === 0 ? start + size : Math.max(...ends) + 4096;
  const end = start < limit ? Math.min(start + Math.max(1, size), limit) : start + 64;
  return [{ space, start, end }];
}

function piecesAt(reel: Reel, rows: Rows, placed: readonly Range[]): readonly Piece[] {
  const { film, at } = reel;
  const now = film.before + at;
  const isFault = film.fault !== undefined && at === film.steps.length;
  const blamed = isFault ? (film.fault?.blamed ?? []) : [];
  const blocks = reel.all(HEAP_THINGS.block);
  const pieces = blocks.map(({ change, since }): Piece => {
    const piece = pieceOf(change);
    if (blamed.includes(change[1])) return { ...piece, mark: "blamed" };
    return since === now && at > 0 ? { ...piece, mark: "new" } : piece;
  });
  for (const change of reel.replaced()) {
    if (change[0] === HEAP_THINGS.block) pieces.push({ ...pieceOf(change), mark: "gone" });
  }
  if (isFault) {
    const label = blockText(film.fault?.placed?.name ?? -1);
    for (const range of placed) {
      pieces.push({ ...range, tone: 0, label, isLight: false, mark: "placed" });
    }
  }
  return pieces.map((piece) => within(piece, rows));
}

function pieceOf([, name, instance, start, size, owner]: Thing["change"]): Piece {
  const from = Number(start);
  return {
    space: Number(instance),
    start: from,
    end: from + Number(size),
    tone: Number(owner),
    label: blockText(name),
    isLight: name % 2 === 1,
  };
}

/** A piece that ends in the last row at the latest. */
function within(piece: Piece, { bytes, rows }: Rows): Piece {
  const last = rows.filter(({ space }) => space === piece.space).at(-1);
  return last === undefined ? piece : { ...piece, end: Math.min(piece.end, last.start + bytes) };
}

/** The pages that somebody has and the map shows, neighbours of one owner joined. */
function bandsAt(reel: Reel, { bytes, rows }: Rows): readonly Band[] {
  const bands: { space: number; start: number; end: number; owner: number }[] = [];
  const pages = reel
    .all(HEAP_THINGS.page)
    .filter(({ change: [, , , owner] }) => Number(owner) >= 0);
  const limit = Math.max(...rows.map(({ start }) => start + bytes), 0);
  for (const { change } of pages) {
    const [, start, size, owner] = change;
    if (start >= limit) continue;
    const end = Math.min(start + Number(size), limit);
    const last = bands.at(-1);
    if (last !== undefined && last.end === start && last.owner === Number(owner)) last.end = end;
    else bands.push({ space: 0, start, end, owner: Number(owner) });
  }
  return bands;
}

function blocksTable(reel: Reel): Table {
  const blocks = reel.all(HEAP_THINGS.block);
  const rows = [...blocks].sort((one, other) => Number(one.change[3]) - Number(other.change[3]));
  return {
    title: `Blocks (${groupedText(blocks.length)})`,
    heads: ["block", "address", "bytes", "owner", "placed at call"],
    count: rows.length,
    row: (index) => {
      const { change, since } = rows[index] ?? { change: [0, 0], since: 0 };
      const [, name, , start, size, owner] = change;
      const placed = since === 0 ? "before" : groupedText(since);
      const place = addressText(Number(start));
      return [blockText(name), place, groupedText(Number(size)), String(owner), placed];
    },
  };
}

function pagesTable(reel: Reel): Table | undefined {
  const all = reel.all(HEAP_THINGS.page);
  if (all.length === 0) return undefined;
  const pages = all.filter(({ change }) => Number(change[4]) > 0);
  return {
    title: `Pages with blocks (${groupedText(pages.length)} of ${groupedText(all.length)})`,
    heads: ["page", "bytes", "heap", "blocks", "size class"],
    count: pages.length,
    row: (index) => {
      const [, start, size, owner, used, sizeClass] = pages[index]?.change ?? [1, 0];
      const heap = Number(owner) < 0 ? "given back" : String(owner);
      const kept = Number(sizeClass) < 0 ? "–" : String(sizeClass);
      return [addressText(start), groupedText(Number(size)), heap, String(used), kept];
    },
  };
}

function summaryAt(reel: Reel): string {
  const blocks = reel.all(HEAP_THINGS.block);
  const bytes = blocks.reduce((sum, { change }) => sum + Number(change[4]), 0);
  const pages = reel.all(HEAP_THINGS.page);
  const owned = pages.filter(({ change }) => Number(change[3]) >= 0);
  const heaps = new Set(owned.map(({ change }) => change[3])).size;
  const system =
    pages.length === 0 ? "" : `; ${countText(owned.length, "page")} of ${countText(heaps, "heap")}`;
  return `${countText(blocks.length, "live block")}, ${bytesText(bytes)}${system}`;
}

function lineAt(reel: Reel, space: number, address: number): string {
  const covers = ({ change: [, , instance, start, size] }: Thing): boolean => {
    const from = Number(start);
    return Number(instance) === space && from <= address && address < from + Number(size);
  };
  const block = reel.all(HEAP_THINGS.block).find(covers);
  const page = reel.all(HEAP_THINGS.page).find(({ change: [, start, size] }) => {
    return start <= address && address < start + Number(size);
  });
  const of = page === undefined ? "" : `; page of heap ${page.change[3]}`;
  if (block !== undefined) return `${blockLine(block.change, block.since)}${of}`;
  return `${addressText(address)}  nobody's${of}`;
}

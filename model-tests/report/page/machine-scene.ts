/** A machine at one step: its frames, its page tables, what its cores keep, and who is waited for. */
import { type Film, MACHINE_THINGS } from "../../film/film.ts";
import type { Piece } from "./map.ts";
import type { Reel } from "./reel.ts";
import { rowsFor } from "./rows.ts";
import type { Scene, Table } from "./scene.ts";
import { spansOf } from "./spans.ts";
import { countText, frameLine, groupedText } from "./words.ts";

/** What a frame may be used for, in the order of its colours. */
export const FRAME_USES: readonly string[] = ["held", "mapped", "zombie", "table", "unlinked"];

/** A row has at least so many frames. */
const ROW_FRAMES_MIN = 16;

/** The scene of a film of a machine. */
export function machineScene(film: Film): Scene {
  const { frameCount = 1 } = film;
  const memory = { space: 0, start: 0, end: Math.max(1, frameCount) };
  const bars = spansOf(film, MACHINE_THINGS.frame).map(({ change, from, to }) => {
    const [, start, use] = change;
    return { change, from, to, space: 0, start, size: 1, tone: toneOfUse(String(use)) };
  });
  return {
    rows: rowsFor([memory], [], Math.min(ROW_FRAMES_MIN, Math.max(4, frameCount))),
    fine: rowsFor([memory], [], 1),
    bars,
    hasAddresses: false,
    pieces: piecesAt,
    bands: () => [],
    inside: () => [memory],
    tables: (reel) => [pagesTable(reel), kept(reel), rounds(reel)],
    summary: summaryAt,
    lineAt,
  };
}

function toneOfUse(use: string): number {
  return FRAME_USES.indexOf(use);
}

function piecesAt(reel: Reel): readonly Piece[] {
  const { film, at } = reel;
  const now = film.before + at;
  const shown = new Map<number, string>();
  for (const { change } of reel.all(MACHINE_THINGS.page)) {
    const [, , , page, use, frame] = change;
    if (use !== "held" && !shown.has(Number(frame))) shown.set(Number(frame), String(page));
  }
  const pieces = reel.all(MACHINE_THINGS.frame).map(({ change, since }): Piece => {
    const [, frame, use] = change;
    const isPage = use === "mapped" || use === "zombie";
    const label = isPage ? (shown.get(frame) ?? String(use)) : String(use);
    const piece = { space: 0, start: frame, end: frame + 1, tone: toneOfUse(String(use)) };
    const whole = { ...piece, label, isLight: false };
    return since === now && at > 0 ? { ...whole, mark: "new" } : whole;
  });
  const live = new Set(pieces.map(({ start }) => start));
  for (const [kind, frame, use] of reel.replaced()) {
    if (kind !== MACHINE_THINGS.frame || live.has(frame)) continue;
    const tone = toneOfUse(String(use));
    const piece = { space: 0, start: frame, end: frame + 1, tone, label: "", isLight: false };
    pieces.push({ ...piece, mark: "gone" });
  }
  return pieces;
}

function pagesTable(reel: Reel): Table {
  const pages = reel.all(MACHINE_THINGS.page);
  return {
    title: `Page tables (${countText(pages.length, "page")})`,
    heads: ["page", "is", "shows frame", "rights", "waits for core"],
    count: pages.length,
    row: (index) => {
      const [, , space, page, use, frame, how, waiting] = pages[index]?.change ?? [0, 0];
      const shows = Number(frame) < 0 ? "–" : String(frame);
      return [`${space}:${page}`, String(use), shows, String(how), String(waiting)];
    },
  };
}

function kept(reel: Reel): Table {
  const entries = [...reel.all(MACHINE_THINGS.translation)];
  entries.sort((one, other) => Number(one.change[2]) - Number(other.change[2]));
  const cores = reel.all(MACHINE_THINGS.core);
  const places = cores.map(({ change: [, core, space] }) => `core ${core} in space ${space}`);
  return {
    title: `TLBs (${countText(entries.length, "translation")}; ${places.join(", ") || "no core runs"})`,
    heads: ["core", "page", "frame", "rights", "since call"],
    count: entries.length,
    row: (index) => {
      const { change, since } = entries[index] ?? { change: [2, 0], since: 0 };
      const [, , core, space, page, frame, rights] = change;
      const made = since === 0 ? "before" : groupedText(since);
      return [String(core), `${space}:${page}`, String(frame), String(rights), made];
    },
  };
}

function rounds(reel: Reel): Table {
  const open = reel.all(MACHINE_THINGS.round);
  return {
    title: `Shootdowns under way (${groupedText(open.length)})`,
    heads: ["round", "first page", "last page", "waits for core"],
    count: open.length,
    row: (index) => {
      const [, round, first, last, waiting] = open[index]?.change ?? [3, 0];
      return [String(round), String(first), String(last), String(waiting)];
    },
  };
}

function summaryAt(reel: Reel): string {
  const { frameCount = 0 } = reel.film;
  const used = reel.all(MACHINE_THINGS.frame).length;
  const count = reel.all(MACHINE_THINGS.translation).length;
  const pages = reel.all(MACHINE_THINGS.page).filter(({ change }) => change[4] === "mapped").length;
  const frames = `${groupedText(used)} of ${countText(frameCount, "frame")} in use`;
  return `${frames}, ${countText(pages, "page")} mapped, ${countText(count, "translation")} kept`;
}

function lineAt(reel: Reel, _: number, frame: number): string {
  if (frame >= (reel.film.frameCount ?? 0)) return "";
  const found = reel.all(MACHINE_THINGS.frame).find(({ change }) => change[1] === frame);
  const [, , use, waiting] = found?.change ?? [0, 0, "free", ""];
  const pages = reel.all(MACHINE_THINGS.page).filter(({ change }) => change[5] === frame);
  const names = pages.map(({ change: [, , space, page] }) => `${space}:${page}`);
  const shown = names.length === 0 ? "" : `; shown by page ${names.join(", ")}`;
  return `${frameLine(frame, String(use), String(waiting))}${shown}`;
}

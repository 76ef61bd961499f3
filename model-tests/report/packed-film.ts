/**
 * A film as a page carries it: as it is, if it is short, and else packed, so that twenty thousand calls
 * fit into a page that opens at once. What does not fit even so is taken off its beginning.
 */
import { deflateRawSync } from "node:zlib";
import type { Film } from "../film/film.ts";
import { fitFilm } from "../film/fit-film.ts";
import { scriptJson } from "./script-json.ts";

export interface PackedFilm {
  /** What the page tells of it. */
  readonly film: Film;
  /** What its script reads: a film, or the text of one, deflated, in base 64. */
  readonly data: Film | string;
}

/** A film up to here stands in the page as it is. */
const PLAIN_BYTES_MAX = 250_000;
/** A packed one may be as long as this, so that its page stays below a million bytes. */
const PACKED_BYTES_MAX = 850_000;
/** So many bytes may be packed at first; most films become a quarter or less. */
const UNPACKED_BYTES_MAX = 6_000_000;

/** Packs `whole`, or as much of its end as there is room for. */
export function packedFilm(whole: Film): PackedFilm {
  let budget = UNPACKED_BYTES_MAX;
  for (;;) {
    const film = fitFilm(whole, budget, costOf);
    const text = JSON.stringify(film);
    if (costOf(film) <= PLAIN_BYTES_MAX) return { film, data: film };

    const data = deflateRawSync(text, { level: 9 }).toString("base64");
    if (data.length <= PACKED_BYTES_MAX) return { film, data };
    budget = Math.floor((0.95 * budget * PACKED_BYTES_MAX) / data.length);
  }
}

function costOf(part: unknown): number {
  return Buffer.byteLength(scriptJson(part));
}

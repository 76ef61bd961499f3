/**
 * Pages acquired and released among many chunks, in the tree and in sorted arrays.
 *
 * Every other page is held, so each one between is a chunk. A round releases one held page anywhere,
 * asks for any three pages, which only those around it are, releases these, and asks for the one in
 * the middle again by its number: two searches, a chunk that becomes one with both neighbours and
 * a chunk that is cut in two.
 */
import { NaivePages } from "./naive-pages.ts";
import { now } from "./statistics.ts";
import { TreePages } from "./tree-pages.ts";

/** Pages as a loop wants them. */
export interface RawPages {
  acquire(count: number): number;
  acquireAt(first: number, count: number): void;
  release(first: number, count: number): void;
}

export type PagesKind = "tree" | "sorted arrays";

export const PAGES_KINDS: readonly PagesKind[] = ["tree", "sorted arrays"];

const FIRST = 1024;
const CALLS_PER_ROUND = 4;
const PATIENCE_NS = 1e9;

/** Nanoseconds for a call among `chunkCount` free chunks, in `rounds` rounds or as many as bearable. */
export function nsPerChunkCall(kind: PagesKind, chunkCount: number, rounds: number): number {
  const pages = kind === "tree" ? new TreePages(FIRST - 1, chunkCount + 1) : naive();
  for (let chunk = 0; chunk < chunkCount; chunk++) pages.acquireAt(heldAt(chunk), 1);
  makeRounds(pages, chunkCount, 1 + rounds / 10);
  const start = now();
  const made = makeRounds(pages, chunkCount, rounds);
  return (now() - start) / (CALLS_PER_ROUND * made);
}

/** Makes rounds until there are `rounds` or patience ends; answers how many. */
function makeRounds(pages: RawPages, chunkCount: number, rounds: number): number {
  const end = now() + PATIENCE_NS;
  let place = 0;
  let made = 0;
  while (made < rounds && (made % 16 !== 0 || now() < end)) {
    place = (place + 7_919 * 104_729) % chunkCount;
    const held = heldAt(place);
    pages.release(held, 1);
    const first = pages.acquire(3);
    if (first !== held - 1) throw new Error("three pages are where one was released");
    pages.release(first, 3);
    pages.acquireAt(held, 1);
    made += 1;
  }
  return made;
}

function heldAt(chunk: number): number {
  return FIRST + 2 * chunk + 1;
}

function naive(): NaivePages {
  return new NaivePages(FIRST, 2 ** 35 - FIRST);
}

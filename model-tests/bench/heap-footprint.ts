/**
 * How much memory a heap has, at most, for the bytes that were live, at most: footprint over payload.
 *
 * Of ours every frame counts that is taken from the machine for it: the book, the initial heap, slab pages,
 * large blocks and page tables. Of the original's every page that is mapped, so not its page tables.
 */
import { DEAF_HARDWARE } from "#impl";
import { DEAF } from "#support";
import { rawCombination } from "./combination-raw.ts";
import type { RawAllocator } from "./raw-allocator.ts";
import { type FlatCalls, makeAll } from "./raw-allocators.ts";
import { rawTheseus } from "./raw-heaps.ts";

export const FOOTPRINT_NAMES = [
  "combination",
  "theseus, 64 pages a class",
  "theseus, 1 page a class",
] as const;
export type FootprintName = (typeof FOOTPRINT_NAMES)[number];

/** Bytes that the heap had at most, over bytes that were live at most. */
export function memoryOverhead(name: FootprintName, calls: FlatCalls): number {
  if (name === "combination") return overheadOfCombination(calls);
  const { allocator, mappedBytes } = rawTheseus(name.includes("64") ? 64 : 1);
  return overheadOf(allocator, mappedBytes, calls);
}

function overheadOfCombination(calls: FlatCalls): number {
  let frames = 0;
  const moved = ({ kind }: { readonly kind: string }): void => {
    if (kind === "frame.acquire") frames++;
    else if (kind === "frame.release") frames--;
  };
  const software = { isWatching: true, moved };
  const watchers = { software, hardware: DEAF_HARDWARE, marks: DEAF };
  const { allocator } = rawCombination("at once", undefined, watchers);
  if (frames === 0) throw new Error("a machine that is watched says which frames it takes");
  return overheadOf(allocator, () => frames * 4096, calls);
}

function overheadOf(allocator: RawAllocator, footprint: () => number, calls: FlatCalls): number {
  let live = 0;
  let liveMost = 0;
  let most = footprint();
  const note = (change: number): void => {
    live += change;
    liveMost = Math.max(liveMost, live);
    most = Math.max(most, footprint());
  };
  makeAll(
    {
      alloc: (size, align) => {
        const start = allocator.alloc(size, align);
        note(size);
        return start;
      },
      realloc: (start, size, align, newSize) => {
        const moved = allocator.realloc(start, size, align, newSize);
        note(newSize - size);
        return moved;
      },
      free: (start, size, align) => {
        allocator.free(start, size, align);
        note(-size);
      },
    },
    calls,
  );
  return most / liveMost;
}

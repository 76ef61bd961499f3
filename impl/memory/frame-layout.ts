/**
 * Which frames of physical memory are given, and for what, by what firmware says of them.
 *
 *     said      ├──── general ────┤  ├── general ──┤
 *     said          ├─ reserved ─┤
 *     frames    ├ G ┼ reserved ──┼─G─┼─ reserved ──┼─── G ────┼── reserved ──┤ claimable
 *
 * A frame is general if some general entry has it and no reserved one does; only such frames are
 * given to whoever asks for any. Every other frame is reserved, and given to whoever asks for it by
 * its number: those that an entry reserves, and those that no entry names, registers of devices
 * say, up to a last one that whoever builds the machine knows to exist. Nothing is found out later
 * on, so no frame is ever of two kinds.
 *
 * The entries may be in any order, overlap, touch and be empty, and there may be any number.
 */
import { demand } from "#support";
import type { FrameNumber, UnitCount, UnitNumber } from "#units";
import type { ChunkLayout } from "./chunk-pool.ts";
import type { Chunk } from "./free-chunks.ts";
import { rangesOf, runOf, without } from "./unit-ranges.ts";

/** What firmware says of physical memory. */
export interface MemoryMap {
  readonly general: readonly Chunk[];
  readonly reserved: readonly Chunk[];
  /** The last frame that may be asked for though no entry has it, or undefined if none may. */
  readonly claimableLast: FrameNumber | undefined;
}

/** A physical address has 52 bits. */
export const FRAME_COUNT: UnitCount = (2 ** 40) as UnitCount;

/** The layout of the frames that `map` tells of. */
export function frameLayout({ general, reserved, claimableLast }: MemoryMap): ChunkLayout {
  const claimable = { first: 0 as UnitNumber, count: ((claimableLast ?? -1) + 1) as UnitCount };
  const entries = [...general, ...reserved, claimable];
  const isFrame = ({ first, count }: Chunk): boolean => count <= FRAME_COUNT - first;
  demand(entries.every(isFrame), "a frame number has 40 bits");

  const given = without(rangesOf(general), rangesOf(reserved));
  return {
    extents: rangesOf(entries),
    general: rangesOf(given.map(runOf)),
    unreserved: rangesOf(given.map(runOf)),
    fallsBack: false,
  };
}

/**
 * Gives out the frames of physical memory: which frames are in use, not what is in them.
 *
 * A chunk is contiguous in physical memory, as whoever hands it to a device needs it. Which frames
 * there are is said once, by the map, and `frameLayout` makes sense of it.
 */
import { DEAF, type Observer } from "#support";
import { ChunkAllocator } from "./chunk-allocator.ts";
import { EARLY_CHUNK_COUNT } from "./chunk-room.ts";
import { frameLayout, type MemoryMap } from "./frame-layout.ts";

export type FrameAllocator = ChunkAllocator<"frame">;

export function frameAllocator(
  map: MemoryMap,
  observer: Observer = DEAF,
  heldCountMax: number = EARLY_CHUNK_COUNT,
): FrameAllocator {
  return new ChunkAllocator("frame", frameLayout(map), observer, heldCountMax);
}

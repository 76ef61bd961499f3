/**
 * Frames that somebody holds: physical memory that nobody else will be given.
 *
 * Whether a frame is general or reserved is known of the frame, not of this value: chunks of both
 * kinds may be merged, and when they are released each frame is what it was.
 */
import type { FrameNumber } from "#units";
import type { HeldChunk } from "./held-chunk.ts";

export type AllocatedFrames = HeldChunk<"frame">;

export function firstFrameOf(frames: AllocatedFrames): FrameNumber {
  return frames.first as number as FrameNumber;
}

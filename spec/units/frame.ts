/** Frames: the pieces of 4096 bytes that physical memory is made of. */
import type { Branded } from "./brand.ts";

/**
 * The number of a frame: a physical address, divided by 4096.
 *
 * @range 0..2^40-1
 */
export type FrameNumber = Branded<"FrameNumber">;

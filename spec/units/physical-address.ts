/** Physical addresses: bytes of memory as the processor asks for them, frame by frame. */
import type { Branded } from "./brand.ts";
import type { FrameNumber } from "./frame.ts";

/**
 * The number of a byte of physical memory.
 *
 * @range 0..2^52-1
 */
export type PhysicalAddress = Branded<"PhysicalAddress">;

/** Names `value` as a physical address; the caller vouches that it is an integer below 2^52. */
export function physicalAddress(value: number): PhysicalAddress {
  return value as PhysicalAddress;
}

/** Names `value` as a frame's number; the caller vouches that it is an integer below 2^40. */
export function frameNumber(value: number): FrameNumber {
  return value as FrameNumber;
}

/** The address of the first byte of `frame`. */
export function firstByteOfFrame(frame: FrameNumber): PhysicalAddress {
  return (frame * 4096) as PhysicalAddress;
}

/** The frame that the byte at `address` is in. */
export function frameContaining(address: PhysicalAddress): FrameNumber {
  return Math.floor(address / 4096) as FrameNumber;
}

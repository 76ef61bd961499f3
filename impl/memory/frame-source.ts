/** Where page tables get their frames, and give them back. */
import type { FrameNumber } from "#units";

/** No frame is left. */
export const NO_FRAME: FrameNumber = -1 as FrameNumber;

export interface FrameSource {
  /** A frame that nobody else has, or `NO_FRAME`; what it holds does not matter. */
  acquireFrame(): FrameNumber;
  /** Takes back a frame that `acquireFrame` gave. */
  releaseFrame(frame: FrameNumber): void;
}

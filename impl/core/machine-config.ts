/** How a machine is made, and who watches it. */
import { DEAF, type Observer } from "#support";
import type { PageNumber } from "#units";
import type { FrameAllocator } from "../memory/frame-allocator.ts";
import { DEAF_HARDWARE, type HardwareObserver } from "../memory/hardware-observer.ts";
import type { TlbSize } from "../memory/tlb.ts";
import { type MachineObserver, UNWATCHED } from "./machine-observer.ts";

export interface MachineConfig {
  readonly frameCount: number;
  readonly tlb?: TlbSize;
  /** The last page that belongs to the image; requests for any page get those behind it. */
  readonly lowLast?: PageNumber;
  /** How many chunks of frames, and of pages in each space, can be held. */
  readonly heldCountMax?: number;
  /** Stands between the machine and its frames; whoever wants to see it fail lets some requests fail. */
  readonly giver?: (frames: FrameAllocator) => Pick<FrameAllocator, "acquire">;
}

/** Whoever watches a machine: what software does, what hardware does, and what was reached. */
export interface MachineWatchers {
  readonly software: MachineObserver;
  readonly hardware: HardwareObserver;
  readonly marks: Observer;
}

/** Nobody watches. */
export const NOBODY: MachineWatchers = {
  software: UNWATCHED,
  hardware: DEAF_HARDWARE,
  marks: DEAF,
};

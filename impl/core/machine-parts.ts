/** What the operations of a machine work on. */
import type { FrameAllocator } from "../memory/frame-allocator.ts";
import type { TableFrames } from "../memory/table-frames.ts";
import type { AddressSpaces } from "./address-spaces.ts";
import type { Core } from "./core.ts";
import type { MachineObserver } from "./machine-observer.ts";
import type { Shootdown } from "./shootdown.ts";
import type { TableSource } from "./table-source.ts";

export interface MachineParts {
  readonly frames: Pick<FrameAllocator, "acquire">;
  readonly tableSource: TableSource;
  readonly shootdown: Shootdown;
  /** By their numbers; one that does not run is not there. */
  readonly cores: readonly (Core | undefined)[];
  readonly spaces: AddressSpaces;
  readonly tableFrames: TableFrames;
  readonly observer: MachineObserver;
}

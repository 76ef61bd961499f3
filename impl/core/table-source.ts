/**
 * Gives page tables their frames out of those of the machine, and says so to whoever watches.
 *
 * The frames of tables are held here one by one. Whether a frame that was acquired did become a table
 * is known when the mapping that asked for it has succeeded or failed.
 */
import { assert } from "#support";
import { type FrameNumber, type PageNumber, pageName, type SpaceId, type UnitCount } from "#units";
import { type AllocatedFrames, firstFrameOf } from "../memory/allocated-frames.ts";
import type { FrameAllocator } from "../memory/frame-allocator.ts";
import { type FrameSource, NO_FRAME } from "../memory/frame-source.ts";
import type { MachineObserver } from "./machine-observer.ts";

const ONE = 1 as UnitCount;

export class TableSource implements FrameSource {
  readonly #frames: Pick<FrameAllocator, "acquire">;
  readonly #observer: MachineObserver;
  readonly #held: Map<FrameNumber, AllocatedFrames>;
  /** Frames that were acquired and are not yet known to be tables. */
  #acquired: FrameNumber[];

  constructor(frames: Pick<FrameAllocator, "acquire">, observer: MachineObserver) {
    this.#frames = frames;
    this.#observer = observer;
    this.#held = new Map();
    this.#acquired = [];
  }

  acquireFrame(): FrameNumber {
    const acquired = this.#frames.acquire({ kind: "any" }, ONE);
    if (!acquired.ok) return NO_FRAME;
    const frame = firstFrameOf(acquired.value);
    this.#held.set(frame, acquired.value);
    this.#acquired.push(frame);
    this.#observer.moved({ kind: "frame.acquire", frame });
    return frame;
  }

  releaseFrame(frame: FrameNumber): void {
    const held = this.#held.get(frame);
    assert(held !== undefined, "the frame of a table came from here");
    if (this.#acquired.includes(frame)) {
      this.#acquired = this.#acquired.filter((other) => other !== frame);
    } else {
      this.#observer.moved({ kind: "table.settle", frame });
    }
    this.#observer.moved({ kind: "frame.release", frame });
    this.#held.delete(frame);
    held.release();
  }

  /** Says that the frames acquired since the last time are tables on the way to `page`, if any remained. */
  announceLinked(space: SpaceId, page: PageNumber): void {
    for (const frame of this.#acquired) {
      this.#observer.moved({ kind: "table.link", frame, page: pageName(space, page) });
    }
    this.#acquired = [];
  }
}

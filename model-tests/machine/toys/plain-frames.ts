/**
 * The frames of a plain machine: who takes one gets the lowest that is free, and all of it is told.
 *
 * A plain machine is correct, and short enough that one can see it. It has no bytes: what a frame holds
 * is a map from slots to entries, whether the frame is a page table or not, since to a processor
 * any frame is a page table that somebody calls so. The machine is made in layers, each a class, and a toy
 * replaces one of the small methods of any layer.
 */
import type { Rights } from "#spec";
import type { FrameNumber } from "#units";
import type { MoveListener, SubjectConfig } from "../machine-subject.ts";

/** An entry of a page table: what a page shows, or the table of the next level. */
export interface PlainEntry {
  frame: FrameNumber;
  isExclusive: boolean;
  rights: Rights;
  isDirty: boolean;
}

export const ALL_RIGHTS: Rights = { isWritable: true, isExecutable: true };

export class PlainFrames {
  readonly tell: MoveListener;
  /** What each frame holds, by slot; a frame that is not here holds nothing. */
  readonly contents: Map<FrameNumber, Map<number, PlainEntry>> = new Map();
  readonly taken: Set<FrameNumber> = new Set();
  readonly #config: SubjectConfig;
  #acquisitions = 0;

  constructor(tell: MoveListener, config: SubjectConfig) {
    this.tell = tell;
    this.#config = config;
  }

  /** The lowest frame that nobody has, if there is one. */
  lowestFree(): FrameNumber | undefined {
    for (let frame = 0; frame < this.#config.frameCount; frame++) {
      if (!this.taken.has(frame as FrameNumber)) return frame as FrameNumber;
    }
    return undefined;
  }

  acquireFrame(): FrameNumber | undefined {
    const isFailing = this.#acquisitions === this.#config.failAt;
    this.#acquisitions += 1;
    const frame = isFailing ? undefined : this.lowestFree();
    if (frame === undefined) return undefined;
    this.taken.add(frame);
    this.tell({ kind: "frame.acquire", frame });
    return frame;
  }

  /** As many frames as asked for, or none. */
  acquireFrames(count: number): FrameNumber[] | undefined {
    const frames: FrameNumber[] = [];
    while (frames.length < count) {
      const frame = this.acquireFrame();
      if (frame === undefined) {
        for (const each of frames) this.releaseFrame(each);
        return undefined;
      }
      frames.push(frame);
    }
    return frames;
  }

  releaseFrame(frame: FrameNumber): void {
    this.taken.delete(frame);
    this.tell({ kind: "frame.release", frame });
  }

  /** What `frame` holds. */
  held(frame: FrameNumber): Map<number, PlainEntry> {
    const held = this.contents.get(frame) ?? new Map();
    this.contents.set(frame, held);
    return held;
  }

  /** Writes zeroes to all of `frame`. */
  clear(frame: FrameNumber): void {
    this.contents.delete(frame);
  }

  /** Writes to `frame` what looks like an entry of a page table: whoever has a frame may. */
  scribble(frame: FrameNumber): void {
    this.held(frame).set(2, { frame, isExclusive: false, rights: ALL_RIGHTS, isDirty: false });
  }
}

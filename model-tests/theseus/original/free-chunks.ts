/**
 * The free pages, or the free frames, as chunks in order of their numbers, each known by a box that is
 * a heap block of its own.
 *
 *     numbers   0        8                  31     40        63
 *               ┊        ├──── chunk ───────┤ ┊    ├─ chunk ─┤
 *                              │ box                   │ box
 *
 * The box of a chunk that leaves is freed by whoever it came from, and the box of one that enters is
 * allocated on the core that calls, with the list's lock held both times. When that core's heap has no room
 * for a box it asks for pages and frames, and so for the lock again.
 */
import { KernelPanic } from "./kernel-failure.ts";
import type { Lock } from "./lock.ts";

/** Numbers from `first` to `last`, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface Chunk extends Span {
  readonly box: number;
}

/** Where boxes come from. */
export interface Boxes {
  /** The address of a box, or 0. */
  allocate(size: number): number;
  free(box: number, size: number): void;
}

/** Lists that need no boxes, as before the heap is there. */
export const NO_BOXES: Boxes = { allocate: () => -1, free: () => undefined };

export class FreeChunks {
  readonly lock: Lock;
  readonly #boxSize: number;
  readonly #boxes: Boxes;
  #chunks: readonly Chunk[] = [];

  constructor(lock: Lock, boxSize: number, boxes: Boxes) {
    this.lock = lock;
    this.#boxSize = boxSize;
    this.#boxes = boxes;
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** The last chunk that does not begin behind `number`. */
  lastUpTo(number: number): Chunk | undefined {
    return this.#chunks.findLast(({ first }) => first <= number);
  }

  /** The first chunk that does not begin before `number`. */
  firstFrom(number: number): Chunk | undefined {
    return this.#chunks.find(({ first }) => first >= number);
  }

  insert(span: Span): void {
    const box = this.#boxes.allocate(this.#boxSize);
    if (box === 0) throw new KernelPanic("allocation of a box fails");
    const chunks = [...this.#chunks, { ...span, box }];
    this.#chunks = chunks.sort((left, right) => left.first - right.first);
  }

  remove(chunk: Chunk): void {
    this.#chunks = this.#chunks.filter((other) => other !== chunk);
    this.#boxes.free(chunk.box, this.#boxSize);
  }

  fingerprint(): string {
    const held = this.lock.isHeld ? "held " : "";
    return held + this.#chunks.map(({ first, last, box }) => `${first}-${last}@${box}`).join(" ");
  }
}

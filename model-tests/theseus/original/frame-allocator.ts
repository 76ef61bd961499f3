/**
 * Who hands out physical frames, as far as heaps ask it: one after the other, the lowest of the
 * highest chunk. The contents of frames are of no consequence here, so a frame is only a number.
 */
import { type Boxes, FreeChunks, type Span } from "./free-chunks.ts";
import { Lock } from "./lock.ts";

const BOX_SIZE = 48;

export class FrameAllocator {
  readonly #free: FreeChunks;

  constructor(span: Span, boxes: Boxes) {
    this.#free = new FreeChunks(new Lock("FREE_GENERAL_FRAMES_LIST"), BOX_SIZE, boxes);
    this.#free.insert(span);
  }

  /** A frame, or undefined where there is none. What is left of its chunk is listed at once. */
  allocate(): number | undefined {
    this.#free.lock.acquire();
    const chunk = this.#free.chunks.at(-1);
    if (chunk !== undefined) this.#free.remove(chunk);
    this.#free.lock.release();
    if (chunk === undefined) return undefined;

    if (chunk.first < chunk.last) {
      this.#free.lock.acquire();
      this.#free.insert({ first: chunk.first + 1, last: chunk.last });
      this.#free.lock.release();
    }
    return chunk.first;
  }

  /** Takes frames back; they are joined with one neighbour at most. */
  drop({ first, last }: Span): void {
    this.#free.lock.acquire();
    const next = this.#free.firstFrom(first);
    const previous = this.#free.lastUpTo(first);
    if (next?.first === last + 1) {
      this.#free.remove(next);
      this.#free.insert({ first, last: next.last });
    } else if (previous?.last === first - 1) {
      this.#free.remove(previous);
      this.#free.insert({ first: previous.first, last });
    } else {
      this.#free.insert({ first, last });
    }
    this.#free.lock.release();
  }

  fingerprint(): string {
    return this.#free.fingerprint();
  }
}

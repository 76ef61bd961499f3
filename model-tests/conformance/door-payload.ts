/**
 * Memory behind a door: what an owner writes into it, and how to see that somebody else did too.
 *
 * The memory of a kernel's heap is no array. Its addresses are spread over 2^48, and each page of it lies in
 * some frame; so a piece of it is copied in or out and compared here. Nothing is allocated for a call: a
 * piece lies in one of two buffers that are always the same, and the views that a door fills are kept, one
 * for each length.
 *
 *     memory     ├─────── piece ──────┼─────── piece ──────┼─ rest ─┤
 *                 write │  ▲ read
 *     buffers    ├─ out ▼ ──┤├─ in ───┤      4 KiB each
 *
 * A door that throws leaves its reader without bytes. They are then not what was written, and the first
 * thing that was thrown is kept for whoever explains it.
 */
import type { MemoryDoor } from "../subject/subject.ts";
import { Thrown } from "./adapter.ts";
import { areEqual, holdsLoop } from "./payload.ts";
import { STRETCH_MAX, TEXT_BUFFER, TEXT_WORDS, WORD_SIZE } from "./payload-text.ts";
import { SubjectFault } from "./subject-fault.ts";

const PIECE = 4096;
const ZEROES = Buffer.alloc(PIECE);

export class DoorPayload {
  readonly #out = new Piece();
  readonly #in = new Piece();
  #door: MemoryDoor | undefined;
  #fault: string | undefined;
  #gone: SubjectFault | undefined;

  /** Looks through `door` from now on. */
  attach(door: MemoryDoor): void {
    this.#door = door;
  }

  get size(): number {
    return this.#door?.size ?? 0;
  }

  /** What the door threw first, if it ever threw. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** The end of whoever is behind the door, if it came while somebody looked through it. */
  get gone(): SubjectFault | undefined {
    return this.#gone;
  }

  /** Writes the text of `seed` into `count` bytes from `start`. */
  write(start: number, count: number, seed: number): void {
    const { words } = this.#out;
    try {
      for (let done = 0; done < count; done += PIECE) {
        const size = Math.min(PIECE, count - done);
        const from = (seed + (done % STRETCH_MAX)) / WORD_SIZE;
        for (let index = 0; index * WORD_SIZE < size; index++) {
          words[index] = TEXT_WORDS[from + index] as number;
        }
        this.#door?.write(start + done, this.#out.ofSize(size));
      }
    } catch (error) {
      this.#note(error);
    }
  }

  /** Whether `count` bytes from `start` are those that the text of `seed` has from `offset`. */
  holds(start: number, count: number, seed: number, offset = 0): boolean {
    if (count === 0) return true;
    if (start + count > this.size) return false;
    for (let done = 0; done < count; ) {
      const at = seed + ((offset + done) % STRETCH_MAX);
      const size = Math.min(seed + STRETCH_MAX - at, count - done, PIECE);
      if (!this.#read(start + done, size) || !isText(this.#in, size, at)) return false;
      done += size;
    }
    return true;
  }

  /** Whether `count` bytes from `start` are zero. */
  isZero(start: number, count: number): boolean {
    if (start + count > this.size) return false;
    for (let done = 0; done < count; done += PIECE) {
      const size = Math.min(PIECE, count - done);
      if (!this.#read(start + done, size)) return false;
      if (!areEqual(this.#in.buffer, 0, ZEROES, 0, size)) return false;
    }
    return true;
  }

  #note(error: unknown): void {
    if (error instanceof SubjectFault) this.#gone ??= error;
    this.#fault ??= new Thrown(error).reason;
  }

  #read(start: number, size: number): boolean {
    try {
      this.#door?.read(start, this.#in.ofSize(size));
      return true;
    } catch (error) {
      this.#note(error);
      return false;
    }
  }
}

/** A buffer, as whatever it is used as, and its first bytes by how many they are. */
class Piece {
  readonly bytes: Uint8Array<ArrayBuffer> = new Uint8Array(PIECE);
  readonly words: Float64Array = new Float64Array(this.bytes.buffer);
  readonly buffer: Buffer = Buffer.from(this.bytes.buffer);
  readonly #views: (Uint8Array | undefined)[] = new Array(PIECE + 1);

  ofSize(size: number): Uint8Array {
    const known = this.#views[size];
    if (known !== undefined) return known;
    const view = this.bytes.subarray(0, size);
    this.#views[size] = view;
    return view;
  }
}

function isText({ bytes, words, buffer }: Piece, size: number, at: number): boolean {
  return at % WORD_SIZE === 0
    ? holdsLoop(bytes, words, 0, size, at)
    : areEqual(buffer, 0, TEXT_BUFFER, at, size);
}

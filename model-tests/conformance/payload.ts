/**
 * Memory that is one array: what an owner writes into it, and how to see that somebody else did too.
 *
 * Eight bytes at a time are read and written as a double, which is the widest plain number there is. A
 * double is compared by value, and that says what its bytes are unless it is zero or no number: so the
 * text has no byte that can be the last of such a one.
 */
import { STRETCH_MAX, TEXT, TEXT_BUFFER, TEXT_WORDS, WORD_SIZE } from "./payload-text.ts";

/** Up to here a loop is faster than a call into the engine's own copy and compare. */
const LOOP_MAX = 1024;

const ZEROES = Buffer.alloc(STRETCH_MAX);

/** Memory as bytes, and as words where it can be. */
export class PayloadMemory {
  #bytes: Uint8Array = new Uint8Array(0);
  /** The same bytes, as what the engine compares without a view made for each comparison. */
  #buffer: Buffer = Buffer.alloc(0);
  #words: Float64Array = new Float64Array(0);
  #hasWords = false;

  /** Looks at `bytes` from now on; cheap when it is the same memory as before. */
  attach(bytes: Uint8Array): void {
    if (bytes === this.#bytes && bytes.length > 0) return;
    if (!(bytes instanceof Uint8Array)) {
      throw new TypeError(
        "memory() answers no Uint8Array, and no object with size, read and write",
      );
    }
    const isSame =
      bytes.buffer === this.#bytes.buffer &&
      bytes.byteOffset === this.#bytes.byteOffset &&
      bytes.length === this.#bytes.length;
    this.#bytes = bytes;
    if (isSame && bytes.length > 0) return;

    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#hasWords = bytes.byteOffset % WORD_SIZE === 0;
    this.#words = this.#hasWords
      ? new Float64Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / WORD_SIZE))
      : new Float64Array(0);
  }

  get size(): number {
    return this.#bytes.length;
  }

  /** Writes the text of `seed` into `count` bytes from `start`. */
  write(start: number, count: number, seed: number): void {
    if (count > LOOP_MAX || !this.#hasWords || start % WORD_SIZE !== 0) {
      for (let done = 0; done < count; done += STRETCH_MAX) {
        const part = Math.min(STRETCH_MAX, count - done);
        this.#bytes.set(TEXT.subarray(seed, seed + part), start + done);
      }
    } else {
      writeLoop(this.#bytes, this.#words, start, count, seed);
    }
  }

  /** Whether `count` bytes from `start` are those that the text of `seed` has from `offset`. */
  holds(start: number, count: number, seed: number, offset = 0): boolean {
    if (count === 0) return true;
    if (start + count > this.#bytes.length) return false;
    const phase = offset % STRETCH_MAX;
    const isLoop = count <= LOOP_MAX && this.#hasWords && phase + count <= STRETCH_MAX;
    if (!isLoop || start % WORD_SIZE !== 0 || phase % WORD_SIZE !== 0) {
      for (let done = 0; done < count; ) {
        const at = seed + ((offset + done) % STRETCH_MAX);
        const part = Math.min(seed + STRETCH_MAX - at, count - done);
        if (!areEqual(this.#buffer, start + done, TEXT_BUFFER, at, part)) return false;
        done += part;
      }
      return true;
    }
    return holdsLoop(this.#bytes, this.#words, start, count, seed + phase);
  }

  /** Whether `count` bytes from `start` are zero. */
  isZero(start: number, count: number): boolean {
    if (start + count > this.#bytes.length) return false;
    for (let done = 0; done < count; done += STRETCH_MAX) {
      const part = Math.min(STRETCH_MAX, count - done);
      if (!areEqual(this.#buffer, start + done, ZEROES, 0, part)) return false;
    }
    return true;
  }
}

/** Whether `count` bytes of `left` and `right` are the same. */
export function areEqual(
  left: Buffer,
  leftStart: number,
  right: Buffer,
  rightStart: number,
  count: number,
): boolean {
  const leftEnd = leftStart + count;
  return left.compare(right, rightStart, rightStart + count, leftStart, leftEnd) === 0;
}

function writeLoop(
  bytes: Uint8Array,
  words: Float64Array,
  start: number,
  count: number,
  seed: number,
): void {
  const whole = count >>> 3;
  const word = Math.floor(start / WORD_SIZE);
  const from = seed >>> 3;
  for (let index = 0; index < whole; index++) {
    words[word + index] = TEXT_WORDS[from + index] as number;
  }
  for (let index = whole << 3; index < count; index++) {
    bytes[start + index] = TEXT[seed + index] as number;
  }
}

/** Whether `count` bytes from `start`, a multiple of 8, are the text from `seed`, another. */
export function holdsLoop(
  bytes: Uint8Array,
  words: Float64Array,
  start: number,
  count: number,
  seed: number,
): boolean {
  const whole = count >>> 3;
  const word = Math.floor(start / WORD_SIZE);
  const from = seed >>> 3;
  for (let index = 0; index < whole; index++) {
    if (words[word + index] !== TEXT_WORDS[from + index]) return false;
  }
  for (let index = whole << 3; index < count; index++) {
    if (bytes[start + index] !== TEXT[seed + index]) return false;
  }
  return true;
}

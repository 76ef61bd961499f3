/** Reads what the binary format of a module is made of, from the beginning to the end. */

const TEXT = new TextDecoder();

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new RangeError("the module ends too early");
    this.#at += 1;
    return byte;
  }

  /** A number without a sign, seven bits a byte, the lowest first. */
  count(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.byte();
      value += (byte % 128) * weight;
      if (byte < 128) return value;
    }
  }

  name(): string {
    const size = this.count();
    this.skip(size);
    return TEXT.decode(this.#bytes.subarray(this.#at - size, this.#at));
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  /** As many as a count says, each as `read` reads it. */
  list<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.count() }, read);
  }
}

/**
 * How values of one kind lie in memory: their layout, how they are written and read, and what there is to
 * do when one is dropped.
 *
 * A plain value is as good as its bytes: a copy of them is another value, and nothing happens when it
 * goes. Any other owns something, a block or a count, so its bytes are moved and never copied.
 */
import {
  type Address,
  type Alignment,
  address,
  type ByteCount,
  bytes,
  highWord,
  lowWord,
} from "#units";
import type { BlockSource } from "./block-source.ts";

export interface Encoding<Value> {
  readonly size: ByteCount;
  readonly align: Alignment;
  /** Whether a value may be copied by copying its bytes. */
  readonly isPlain: boolean;
  write(source: BlockSource, at: Address, value: Value): void;
  /** The value whose bytes are at `at`; unless it is plain, those are nobody's from then on. */
  read(source: BlockSource, at: Address): Value;
}

/** A whole number from 0 to 2^32 - 1, in 4 bytes. */
export const WORD: Encoding<number> = {
  size: bytes(4),
  align: 4 as Alignment,
  isPlain: true,
  write: ({ memory }, at, value) => memory.writeWord(at, value),
  read: ({ memory }, at) => memory.readWord(at),
};

/** No bytes at all: there is one such value. */
export const UNIT: Encoding<undefined> = {
  size: bytes(0),
  align: 1 as Alignment,
  isPlain: true,
  write: () => {},
  read: () => undefined,
};

/** `count` words in a row, as a value of its own. */
export function wordsOf(count: number): Encoding<readonly number[]> {
  return {
    size: bytes(count * 4),
    align: 4 as Alignment,
    isPlain: true,
    write: ({ memory }, at, value) => {
      for (let index = 0; index < count; index++) {
        memory.writeWord((at + index * 4) as Address, value[index] ?? 0);
      }
    },
    read: ({ memory }, at) =>
      Array.from({ length: count }, (_, index) => memory.readWord((at + index * 4) as Address)),
  };
}

/** What has an address and nothing else, and owns what is there. */
export interface Owner {
  /** The address of what it owns; whoever has that owns it from then on. */
  intoRaw(): Address;
}

/** How an owner lies in memory: as an address of 8 bytes. `fromRaw` makes it an owner again. */
export function ownerEncoding<Value extends Owner>(
  fromRaw: (source: BlockSource, at: Address) => Value,
): Encoding<Value> {
  return {
    size: bytes(8),
    align: 8 as Alignment,
    isPlain: false,
    write: ({ memory }, at, value) => {
      const raw = value.intoRaw();
      memory.writeWord(at, lowWord(raw));
      memory.writeWord((at + 4) as Address, highWord(raw));
    },
    read: (source, at) => {
      const low = source.memory.readWord(at);
      const high = source.memory.readWord((at + 4) as Address);
      return fromRaw(source, address(high * 2 ** 32 + low));
    },
  };
}

/** Drops the value at `at`: whatever it owns is dropped with it. */
export function dropAt<Value>(source: BlockSource, encoding: Encoding<Value>, at: Address): void {
  if (encoding.isPlain) return;
  const value: unknown = encoding.read(source, at);
  if (isDroppable(value)) value.drop();
}

function isDroppable(value: unknown): value is { drop(): void } {
  return typeof value === "object" && value !== null && "drop" in value;
}

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  firstByteOf,
  pageContaining,
  pageOffset,
  pagesUnder,
  type TableLevel,
  tableIndex,
} from "./address-fields.ts";
import { firstByteOfFrame, frameContaining, frameNumber } from "./physical-address.ts";
import { type VirtualAddress, virtualAddress } from "./virtual-address.ts";
import { highWord, lowWord } from "./word.ts";

const LEVELS: readonly TableLevel[] = [1, 2, 3, 4];

/** Addresses of all sizes, and those around each power of two, where a field begins. */
const addresses = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }),
  fc.tuple(fc.nat(47), fc.bigInt({ min: -2n, max: 2n })).map(([bit, by]) => {
    const near = 2n ** BigInt(bit) + by;
    return near < 0n ? 0n : near;
  }),
);

/** Asserts `law` of addresses, each as a number and as 64 bits. */
function holds(law: (address: VirtualAddress, exact: bigint) => boolean): void {
  const property = fc.property(addresses, (exact) => law(virtualAddress(Number(exact)), exact));
  fc.assert(property, { seed: 1, numRuns: 2000 });
}

test("the indices agree with 64-bit shifts", () => {
  holds((address, exact) =>
    LEVELS.every(
      (level) => BigInt(tableIndex(address, level)) === ((exact >> BigInt(3 + 9 * level)) & 511n),
    ),
  );
});

test("the page and the offset agree with 64-bit shifts", () => {
  holds(
    (address, exact) =>
      BigInt(pageContaining(address)) === exact >> 12n &&
      BigInt(pageOffset(address)) === (exact & 4095n),
  );
});

test("the two words agree with 64-bit shifts", () => {
  holds(
    (address, exact) =>
      BigInt(highWord(address)) === exact >> 32n &&
      BigInt(lowWord(address)) === (exact & 0xffff_ffffn),
  );
});

test("an address is the first byte of its page and its offset there", () => {
  holds((address) => firstByteOf(pageContaining(address)) + pageOffset(address) === address);
});

test("an entry stands for 512 times the pages of one of the level below", () => {
  expect(LEVELS.map(pagesUnder)).toEqual([1, 512, 512 ** 2, 512 ** 3]);
});

test("a frame has its first byte, and the 4095 behind it", () => {
  const property = fc.property(fc.nat({ max: 2 ** 20 - 1 }), (half) => {
    const frame = frameNumber(half * 2 ** 20 + half);
    const first = firstByteOfFrame(frame);

    return frameContaining(first) === frame && BigInt(first) === BigInt(frame) << 12n;
  });

  fc.assert(property, { seed: 1 });
});

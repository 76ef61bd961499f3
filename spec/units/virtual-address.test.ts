import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText, parseCanonical } from "./canonical-text.ts";
import {
  canonicalAddress,
  canonicalHigh,
  isCanonical,
  UPPER_HALF,
  virtualAddress,
} from "./virtual-address.ts";
import { lowWord, word } from "./word.ts";

const addresses = fc
  .oneof(fc.bigInt(0n, 2n ** 48n - 1n), fc.bigInt(2n ** 47n - 9n, 2n ** 47n + 9n))
  .map((exact) => virtualAddress(Number(exact)));

test("an address is canonical exactly if sign extension of its lower 48 bits gives it back", () => {
  const values = fc.oneof(
    fc.bigInt(0n, 2n ** 64n - 1n),
    fc.bigInt(2n ** 47n - 9n, 2n ** 47n + 9n),
    fc.bigInt(2n ** 64n - 2n ** 47n - 9n, 2n ** 64n - 2n ** 47n + 9n),
  );
  const property = fc.property(values, (exact) => {
    const isExtended = BigInt.asUintN(64, BigInt.asIntN(48, exact)) === exact;

    return isCanonical(word(Number(exact >> 32n))) === isExtended;
  });

  fc.assert(property, { seed: 1, numRuns: 2000 });
});

test("an address that is extended to 64 bits and cut again is the same", () => {
  const property = fc.property(addresses, (address) => {
    const high = canonicalHigh(address);
    const extended = BigInt.asUintN(64, BigInt.asIntN(48, BigInt(address)));

    return (
      BigInt(high) === extended >> 32n &&
      isCanonical(high) &&
      canonicalAddress(high, lowWord(address)) === address
    );
  });

  fc.assert(property, { seed: 1, numRuns: 2000 });
});

test("an address that is written is read again", () => {
  const property = fc.property(
    addresses,
    (address) => parseCanonical(canonicalText(address)) === address,
  );

  fc.assert(property, { seed: 1, numRuns: 2000 });
});

// biome-ignore format: a table
test.each([
  ["0x0000_0000_0000_0000", 0],
  ["0x0000_7fff_ffff_ffff", UPPER_HALF - 1],
  ["0xffff_8000_0000_0000", UPPER_HALF],
  ["0xffff_fe80_0000_0000", 0xfe80_0000_0000],
  ["0xffff_ffff_ffff_ffff", 2 ** 48 - 1],
])("the address %s is %d in 48 bits", (text, value) => {
  expect(canonicalText(virtualAddress(value))).toBe(text);
  expect(parseCanonical(text)).toBe(value);
});

// biome-ignore format: a table
test.each([
  ["0x1000",                 0x1000],
  ["0xFFFFFE8000000000",     0xfe80_0000_0000],
  ["0x0000_8000_0000_0000",  undefined],
  ["0xfffe_8000_0000_0000",  undefined],
  ["0x1_0000_0000_0000_0000", undefined],
  ["0x",                     undefined],
  ["0x_1",                   undefined],
  ["1000",                   undefined],
])("the text %s is read as %s", (text, value) => {
  expect(parseCanonical(text)).toBe(value);
});

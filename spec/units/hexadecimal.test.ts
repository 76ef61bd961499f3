import fc from "fast-check";
import { expect, test } from "vitest";
import { address } from "./address.ts";
import { hexadecimal, parseHexadecimal, virtualText } from "./hexadecimal.ts";

test("an address that is written is read again", () => {
  const property = fc.property(
    fc.maxSafeNat(),
    (value) => parseHexadecimal(hexadecimal(value)) === value,
  );

  fc.assert(property, { seed: 1 });
});

// biome-ignore format: a table
test.each([
  ["0x0",                0],
  ["0x10040",            65_600],
  ["0X1f",               31],
  ["0xFF",               255],
  ["0x1fffffffffffff",   2 ** 53 - 1],
  ["0x20000000000000",   undefined],
  ["0xfffffffffffffffff", undefined],
  ["0x",                 undefined],
  ["10",                 undefined],
  ["0xg",                undefined],
  ["-0x1",               undefined],
  [" 0x1",               undefined],
  ["0x1\n",              undefined],
  ["",                   undefined],
])("the text %j is read as %s", (text, value) => {
  expect(parseHexadecimal(text)).toBe(value);
});

test("an address is shown with four digits or more", () => {
  expect(virtualText(address(0x40))).toBe("V0x0040");
  expect(virtualText(address(0x10040))).toBe("V0x10040");
});

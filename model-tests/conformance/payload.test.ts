import fc from "fast-check";
import { expect, test } from "vitest";
import { PayloadMemory } from "./payload.ts";
import { nextSeed } from "./payload-text.ts";

const SIZE = 0x4_0000;

function memoryOf(size = SIZE): { readonly bytes: Uint8Array; readonly memory: PayloadMemory } {
  const bytes = new Uint8Array(size);
  const memory = new PayloadMemory();
  memory.attach(bytes);
  return { bytes, memory };
}

const SEED = nextSeed(nextSeed(0));
const SIZES = [1, 3, 4, 7, 8, 511, 512, 513, 4096, 65_535, 65_536, 65_537, 150_001];

test.each(SIZES)("%i written bytes are there until one of them changes", (size) => {
  for (const start of [0, 64, 65, 66]) {
    const { bytes, memory } = memoryOf();
    memory.write(start, size, SEED);
    expect(memory.holds(start, size, SEED)).toBe(true);

    for (const at of [0, Math.floor(size / 2), size - 1]) {
      bytes[start + at] = ((bytes[start + at] as number) + 1) % 256;
      expect(memory.holds(start, size, SEED)).toBe(false);
      bytes[start + at] = ((bytes[start + at] as number) + 255) % 256;
    }
    expect(memory.holds(start, size, SEED)).toBe(true);
  }
});

test.each(SIZES)("writing %i bytes leaves the bytes around them alone", (size) => {
  const { bytes, memory } = memoryOf();

  memory.write(100, size, SEED);

  expect(bytes.subarray(0, 100).every((byte) => byte === 0)).toBe(true);
  expect(bytes.subarray(100 + size).every((byte) => byte === 0)).toBe(true);
  expect(bytes.subarray(100, 100 + size).every((byte) => byte !== 0)).toBe(true);
});

test("any part of what was written is there, from its own offset", () => {
  const { memory } = memoryOf();
  memory.write(64, 200_000, SEED);

  fc.assert(
    fc.property(fc.nat(199_999), fc.nat(70_000), (offset, count) => {
      const part = Math.min(count, 200_000 - offset);
      expect(memory.holds(64 + offset, part, SEED, offset)).toBe(true);
      expect(part < 8 || !memory.holds(64 + offset, part, SEED, offset + 1)).toBe(true);
    }),
    { seed: 3 },
  );
});

test("no two of a thousand seeds look alike", () => {
  const { bytes, memory } = memoryOf();
  const seen = new Set<string>();

  for (let seed = nextSeed(0), count = 0; count < 1000; seed = nextSeed(seed), count++) {
    memory.write(0, 8, seed);
    seen.add(bytes.subarray(0, 8).join());
  }

  expect(seen.size).toBe(1000);
});

test("memory that is not there holds nothing", () => {
  const { memory } = memoryOf(64);

  expect(memory.holds(60, 8, SEED)).toBe(false);
  expect(memory.isZero(60, 8)).toBe(false);
  expect(memory.holds(60, 0, SEED)).toBe(true);
});

test.each([1, 100, 65_536, 200_000])("%i bytes are zero until one of them is not", (size) => {
  const { bytes, memory } = memoryOf();
  expect(memory.isZero(8, size)).toBe(true);

  bytes[8 + size - 1] = 1;

  expect(memory.isZero(8, size)).toBe(false);
  expect(memory.isZero(8, size - 1)).toBe(true);
});

test("memory that moved is looked at where it is now", () => {
  const { memory } = memoryOf(64);
  memory.write(0, 16, SEED);
  const buffer = new ArrayBuffer(256);

  memory.attach(new Uint8Array(buffer, 2, 128));
  memory.write(0, 16, SEED);

  expect(memory.size).toBe(128);
  expect(memory.holds(0, 16, SEED)).toBe(true);
  expect(new Uint8Array(buffer).subarray(0, 2)).toEqual(new Uint8Array(2));
});

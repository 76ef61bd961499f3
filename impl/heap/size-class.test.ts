import { expect, test } from "vitest";
import { type Alignment, alignment, type ByteCount, bytes } from "#units";
import {
  hasSizeClass,
  SIZE_CLASS_COUNT,
  SIZE_CLASS_SIZE_MAX,
  type SizeClassIndex,
  sizeClassFor,
  sizeOfClass,
} from "./size-class.ts";

const SIZES = Array.from({ length: SIZE_CLASS_COUNT }, (_, index) =>
  sizeOfClass(index as SizeClassIndex),
);

test("the classes are the powers of two from 8 to 2048", () => {
  expect(SIZES).toEqual([8, 16, 32, 64, 128, 256, 512, 1024, 2048]);
});

test("a request gets the smallest class that serves its size and its alignment", () => {
  for (let size = 0; size <= SIZE_CLASS_SIZE_MAX; size++) {
    for (let align = 1; align <= SIZE_CLASS_SIZE_MAX; align *= 2) {
      const smallest = SIZES.findIndex((each) => each >= Math.max(size, align));

      expect(sizeClassFor(size as ByteCount, align as Alignment)).toBe(smallest);
    }
  }
});

test("no class serves more than 2048 bytes or a larger alignment", () => {
  expect(hasSizeClass(bytes(2048), alignment(2048))).toBe(true);
  expect(hasSizeClass(bytes(2049), alignment(1))).toBe(false);
  expect(hasSizeClass(bytes(1), alignment(4096))).toBe(false);
});

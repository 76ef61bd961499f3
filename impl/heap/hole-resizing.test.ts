import { expect, test } from "vitest";
import { bytes } from "#units";
import { planResize } from "./hole-resizing.ts";

test.each([
  { size: 32, above: 0, newSize: 32, after: 0, law: "a block that keeps its size needs nothing" },
  { size: 32, above: 0, newSize: 16, after: 16, law: "a block that shrinks by 16 leaves a hole" },
  { size: 32, above: 16, newSize: 24, after: 24, law: "a block that shrinks by 8 widens a hole" },
  { size: 32, above: 16, newSize: 48, after: 0, law: "a block that grows may take a whole hole" },
  { size: 32, above: 48, newSize: 64, after: 16, law: "a block that grows may leave a hole" },
])("$law", ({ size, above, newSize, after }) => {
  const plan = planResize(bytes(size), bytes(above), bytes(newSize));

  expect(plan).toEqual({ block: newSize, after });
});

test.each([
  { size: 32, above: 0, newSize: 24, law: "8 bytes behind a block cannot be a hole" },
  { size: 32, above: 24, newSize: 48, law: "8 bytes of a hole cannot stay a hole" },
  { size: 32, above: 16, newSize: 56, law: "a block does not grow beyond the hole above it" },
  { size: 32, above: 16, newSize: 2 ** 53, law: "no size overflows" },
])("$law", ({ size, above, newSize }) => {
  const plan = planResize(bytes(size), bytes(above), bytes(newSize));

  expect(plan).toBeUndefined();
});

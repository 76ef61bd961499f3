import fc from "fast-check";
import { expect, test } from "vitest";
import { blockId, blockIdAt, blockIdText } from "./block-id.ts";

test("an id is the text that it was, and another text is another id", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 12 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(blockIdText(blockId(one))).toBe(one);
      expect(blockId(one) === blockId(other)).toBe(one === other);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test("the bytes of a text are the id that the text is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }), (text) => {
      expect(blockIdAt(Buffer.from(`"${text}"`), 1, text.length + 1)).toBe(blockId(text));
    }),
    { seed: 2 },
  );
});

test("the longest id that is a number is a safe one, and a longer one is a text", () => {
  expect(blockId("~".repeat(8))).toBeLessThan(Number.MAX_SAFE_INTEGER);
  expect(blockId("~".repeat(8))).not.toBe(blockId(`${"~".repeat(7)}}`));
  expect(blockId("~".repeat(9))).toBe("~~~~~~~~~");
});

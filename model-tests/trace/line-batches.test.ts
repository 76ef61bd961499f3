import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineBatches, lineText } from "./line-batches.ts";
import { MalformedTrace } from "./malformed-trace.ts";

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

async function linesOf(chunks: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const batch of lineBatches(chunks)) {
    expect(batch.first).toBe(lines.length + 1);
    for (let index = 0; index < batch.count; index++) lines.push(lineText(batch, index));
  }
  return lines;
}

property.prop([fc.array(fc.string({ unit: "grapheme" })), fc.integer({ min: 1, max: 9 })], {
  seed: 1,
})("lines do not depend on where the chunks are cut", async (lines, size) => {
  const text = lines.map((line) => `${line.replaceAll("\n", "")}\n`).join("");
  const expected = text.split("\n").slice(0, -1);
  const bytes = new TextEncoder().encode(text.replace(/^\uFEFF/u, ""));

  expect(await linesOf(chunksOf(bytes, size))).toEqual(
    expected.map((line, index) => (index === 0 ? line.replace(/^\uFEFF/u, "") : line)),
  );
});

test("a last line without a line feed is known to be cut", async () => {
  const batches = lineBatches(chunksOf(new TextEncoder().encode("one\ntwo"), 100));

  const read: unknown[] = [];
  for await (const batch of batches) read.push([batch.first, lineText(batch, 0), batch.isCut]);
  expect(read).toEqual([
    [1, "one", false],
    [2, "two", true],
  ]);
});

test("a line that never ends is not read to its end", async () => {
  let chunkCount = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      chunkCount += 1;
      yield new Uint8Array(65_536).fill(120);
    }
  }

  await expect(linesOf(endless())).rejects.toThrow("line 1: a line has at most 1 MiB");
  expect(chunkCount).toBe(17);
});

test("bytes that are no text are malformed", async () => {
  const bytes = Uint8Array.of(97, 10, 98, 10, 255, 10);

  await expect(linesOf(chunksOf(bytes, 2))).rejects.toThrow(
    new MalformedTrace(3, "this is not UTF-8 text"),
  );
});

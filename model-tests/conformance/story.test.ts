import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import type { BlockName } from "#units";
import { scribblingAllocator } from "../toys/scribbling-allocator.ts";
import { tellStory } from "./story.ts";

const NAME = 0 as BlockName;

test("a story that ends while a block is resized by hand can be told", async () => {
  const calls: TraceCall[] = [
    traceCall({ kind: "alloc", name: NAME, size: 8 }),
    traceCall({ kind: "realloc", name: NAME, size: 8 }),
  ];

  const story = await tellStory(scribblingAllocator, { memoryBytes: 256, cores: 1 }, calls, false);

  expect(story.answers[0]).toEqual({ kind: "placed", address: 64 });
  expect(story.facts.join("\n")).toContain("byte 0 of a [V0x0040, V0x0048), placed at call 1");
});

test("a block that is resized by hand is answered where it lies then", async () => {
  const calls: TraceCall[] = [
    traceCall({ kind: "alloc", name: NAME, size: 8 }),
    traceCall({ kind: "realloc", name: NAME, size: 16 }),
  ];
  let next = 64;
  const alloc = (size: number): number => {
    next += size;
    return next - size;
  };
  const subject = { name: "bump", create: () => ({ alloc, dealloc: () => true }) };

  const story = await tellStory(subject, { memoryBytes: 256, cores: 1 }, calls, false);

  expect(story.answers).toEqual([
    { kind: "placed", address: 64 },
    { kind: "placed", address: 72 },
  ]);
});

import { expect, test } from "vitest";
import { ContractViolation } from "#support";
import { unitCount, unitNumber } from "#units";
import type { AllocatedFrames } from "../memory/allocated-frames.ts";
import { frameAllocator } from "../memory/frame-allocator.ts";
import { RunCursor } from "./run-cursor.ts";

const SPANS = [
  [4, 3],
  [9, 1],
  [1, 2],
] as const;
const FRAMES = [4, 5, 6, 9, 1, 2];

/** The frames of `SPANS`, run by run. */
function runs(): readonly AllocatedFrames[] {
  const general = [{ first: unitNumber(0), count: unitCount(16) }];
  const frames = frameAllocator({ general, reserved: [], claimableLast: undefined });
  return SPANS.map(([first, count]) => {
    const run = frames.acquire({ kind: "at", first: unitNumber(first) }, unitCount(count));
    if (!run.ok) throw new Error(run.failure.kind);
    return run.value;
  });
}

test("frames are counted through in the order of their runs, as often as wanted", () => {
  const cursor = new RunCursor(runs());

  const seen = [0, 1].map(() => FRAMES.map((_, place) => cursor.frameAt(place)));

  expect(seen).toEqual([FRAMES, FRAMES]);
});

test("a frame is found from any place, and again at the same one", () => {
  const cursor = new RunCursor(runs());
  const places = [5, 5, 3, 0, 4, 2, 2];

  const seen = places.map((place) => cursor.frameAt(place));

  expect(seen).toEqual(places.map((place) => FRAMES[place]));
});

test("behind the last run there is no frame", () => {
  const cursor = new RunCursor(runs());

  expect(() => cursor.frameAt(FRAMES.length)).toThrow(ContractViolation);
  expect(() => new RunCursor([]).frameAt(0)).toThrow(ContractViolation);
});

/** What is judged of memory that is an array is judged of memory behind a door, 2^48 bytes up. */
import { describe, expect, test } from "vitest";
import { traceCall } from "#spec";
import { blockName } from "#units";
import { explore } from "../explore/explore.ts";
import { heapMapText } from "../report/heap-map-text.ts";
import { shrink } from "../shrink/shrink.ts";
import type { MemoryDoor, Subject } from "../subject/subject.ts";
import { behindDoor, DOOR_BASE } from "../toys/behind-door.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { scribblingAllocator } from "../toys/scribbling-allocator.ts";
import { TOYS } from "../toys/toys.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { DoorPayload } from "./door-payload.ts";
import { nextSeed } from "./payload-text.ts";
import { type RunOutcome, runCalls, runGenerated } from "./run.ts";
import { tellStory } from "./story.ts";
import { Tally } from "./tally.ts";

const SEED = 0x0a71;

async function campaign(
  subject: Subject,
  runs: number,
  tally: Tally = new Tally(),
): Promise<RunOutcome | undefined> {
  for (let run = 0; run < runs; run++) {
    const calls = subject.cores === undefined ? 100 : 400;
    const outcome = await runGenerated(subject, SEED, run, { calls }, { tally });
    if (outcome.violation !== undefined) return outcome;
  }
  return undefined;
}

test.each([plainHeap, twoHeaps])("$name breaks no rule behind a door", async (subject) => {
  const tally = new Tally();

  const outcome = await campaign(behindDoor(subject), 200, tally);

  expect(outcome?.violation).toBeUndefined();
  expect(tally.ruleCount("payload-intact")).toBeGreaterThan(5000);
  expect(tally.ruleCount("extent-respected")).toBe(0);
});

const seen = TOYS.filter(({ rule, isHanging }) => !isHanging && rule !== "extent-respected");

test.each(seen)("$subject.name breaks $rule behind a door", async ({ rule, subject, calls }) => {
  const door = behindDoor(subject);
  const found = await campaign(door, 300);
  expect(found?.violation?.rule.name).toBe(rule);

  const shrunk = await shrink(found as RunOutcome, async (candidate) => {
    const tally = new Tally();
    const { violation } = await runCalls(door, candidate.config, candidate.calls, { tally });
    return { violation, skipped: tally.calls.skipped };
  });

  expect(shrunk?.calls.length).toBe(calls);
});

test("every sequence of a small scope is tried at high addresses as at low ones", async () => {
  const low = await explore(twoHeaps, { scope: "tiny", depth: 4 });
  const high = await explore(behindDoor(twoHeaps), { scope: "tiny", depth: 4 });

  expect(high.isComplete).toBe(true);
  expect(high.states).toBe(low.states);
  expect(high.transitions).toBe(low.transitions);
});

test("a story at high addresses has its facts and its map", async () => {
  const name = blockName(0);
  const calls = [
    traceCall({ kind: "alloc", name, size: 8 }),
    traceCall({ kind: "realloc", name, size: 8 }),
  ];

  const config = { memoryBytes: 256, cores: 1 };
  const story = await tellStory(behindDoor(scribblingAllocator), config, calls, false);

  expect(story.answers[0]).toEqual({ kind: "placed", address: DOOR_BASE + 64 });
  expect(story.facts.join("\n")).toContain("byte 0 of a [V0xfe8000000040, V0xfe8000000048)");
  expect(heapMapText(story)[1]).toMatch(/^V0xfe8000000040 a{8}·+$/);
});

test("a block whose bytes cannot be reached is damaged, and the story says why", async () => {
  const create: Subject["create"] = async (options) => {
    const inner = await behindDoor(plainHeap).create(options);
    const door = inner.memory?.() as MemoryDoor;
    const write = (): void => {
      throw new Error("no frame is there");
    };
    return { ...inner, memory: () => ({ ...door, size: door.size, write }) };
  };
  const calls = [traceCall({ kind: "alloc", name: blockName(0), size: 8 })];
  const config = { memoryBytes: 256, cores: 1 };

  const subject = { ...plainHeap, create };
  const { violation } = await runCalls(subject, config, calls);
  const story = await tellStory(subject, config, calls, false);

  expect(violation?.rule.name).toBe("payload-intact");
  expect(story.facts.join("\n")).toContain("no frame is there");
});

describe("bytes behind a door", () => {
  const SIZE = 200_000;
  const START = 2 ** 47 + 3;
  const SEED_OF_TEXT = nextSeed(nextSeed(0));

  function open(): { readonly bytes: Uint8Array; readonly memory: DoorPayload } {
    const bytes = new Uint8Array(SIZE + 16);
    const memory = new DoorPayload();
    memory.attach({
      size: START + bytes.length,
      read: (start, target) =>
        target.set(bytes.subarray(start - START, start - START + target.length)),
      write: (start, source) => bytes.set(source, start - START),
    });
    return { bytes, memory };
  }

  test.each([1, 7, 8, 4095, 4096, 4097, 65_537, 150_001])(
    "%i written bytes are there until one of them changes",
    (size) => {
      const { bytes, memory } = open();
      memory.write(START + 5, size, SEED_OF_TEXT);
      expect(memory.holds(START + 5, size, SEED_OF_TEXT)).toBe(true);

      for (const at of [0, Math.floor(size / 2), size - 1]) {
        bytes[5 + at] = ((bytes[5 + at] as number) + 1) % 256;
        expect(memory.holds(START + 5, size, SEED_OF_TEXT)).toBe(false);
        bytes[5 + at] = ((bytes[5 + at] as number) + 255) % 256;
      }
      expect(bytes.subarray(0, 5).every((byte) => byte === 0)).toBe(true);
      expect(bytes.subarray(5 + size).every((byte) => byte === 0)).toBe(true);
    },
  );

  test("any part of what was written is there, from its own offset", () => {
    const { memory } = open();
    memory.write(START, SIZE, SEED_OF_TEXT);

    for (let offset = 0; offset < SIZE - 5000; offset += 3391) {
      expect(memory.holds(START + offset, 5000, SEED_OF_TEXT, offset)).toBe(true);
      expect(memory.holds(START + offset, 5000, SEED_OF_TEXT, offset + 1)).toBe(false);
    }
  });

  test("the bytes are zero until one of them is not", () => {
    const { bytes, memory } = open();
    expect(memory.isZero(START, SIZE)).toBe(true);

    bytes[SIZE - 1] = 1;

    expect(memory.isZero(START, SIZE)).toBe(false);
    expect(memory.isZero(START, SIZE - 1)).toBe(true);
  });
});

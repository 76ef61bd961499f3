import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { RecordedReader } from "./recorded-reader.ts";

const HEADER =
  "# heap-calls 1 program=sort calls=2 blocks=1 threads=4 peak-live-bytes=5000 left-live=0";

function read(lines: readonly string[], cores = 2): readonly TraceCall[] {
  const reader = new RecordedReader(cores);
  const calls: TraceCall[] = [];
  for (const [index, line] of lines.entries()) {
    const record = reader.read(line, index + 1, false);
    if (record?.kind === "call") calls.push(record.call);
  }
  reader.end(lines.length);
  return calls;
}

function counted(calls: number, blocks: number): string {
  return HEADER.replace("calls=2", `calls=${calls}`).replace("blocks=1", `blocks=${blocks}`);
}

test("each line is a call, and thread t runs on core t modulo the cores", () => {
  const [first, second] = [blockName(0), blockName(1)];
  const lines = ["a 0 64 16 0", "z 1 0 32 1", "r 0 128 2", "f 1 3", "f 0 0"];

  expect(read([counted(5, 2), ...lines])).toEqual([
    traceCall({ kind: "alloc", name: first, size: 64, align: 16 }),
    traceCall({ kind: "allocZeroed", name: second, align: 32, core: 1, entity: 1 }),
    traceCall({ kind: "realloc", name: first, size: 128, entity: 2 }),
    traceCall({ kind: "dealloc", name: second, core: 1, entity: 3 }),
    traceCall({ kind: "dealloc", name: first }),
  ]);
});

test("the header says what ran, and how much memory suits it", () => {
  const reader = new RecordedReader(2);
  reader.read(HEADER, 1, false);

  expect(reader.facts).toEqual({
    config: { cores: 2, memoryBytes: 16_384 },
    program: "sort",
    calls: 2,
    blocks: 1,
    threads: 4,
    peakLiveBytes: 5_000,
    leftLive: 0,
  });
});

test("a realloc to nothing frees its block", () => {
  expect(read([HEADER, "a 0 8 16 0", "r 0 0 0"])[1]?.kind).toBe("dealloc");
});

// biome-ignore format: one file and its sentence a line.
test.each<readonly [string, readonly string[], string]>([
  ["nothing", [], "line 1: the file is empty"],
  ["another header", ["# calls 1"], "line 1: recorded calls begin with # heap-calls 1"],
  ["another version", ["# heap-calls 2 calls=0"], 'line 1: the version of recorded calls is 1, not "2"'],
  ["no count", ["# heap-calls 1 program=x blocks=1 peak-live-bytes=1"], "line 1: the header says calls=<number>"],
  ["an absurd peak", [HEADER.replace("5000", "9007199254740991")], "line 1: peak-live-bytes is beyond 2^51"],
  ["a gap", [HEADER, "a 1 8 16 0"], "line 2: blocks are numbered in order: expected block 0, not 1"],
  ["one block twice", [HEADER, "a 0 8 16 0", "a 0 8 16 0"], "line 3: blocks are numbered in order: expected block 1, not 0"],
  ["a crooked alignment", [HEADER, "a 0 8 24 0"], "line 2: 24 is not a power of two"],
  ["a dead block", [HEADER, "a 0 8 16 0", "f 0 0", "f 0 0"], 'line 4: block "0" is not alive here'],
  ["a stranger", [HEADER, "r 7 8 0"], 'line 2: block "7" is not alive here'],
  ["too few calls", [HEADER, "a 0 8 16 0"], "line 2: the file ends after 1 calls for 1 blocks, not 2 for 1"],
  ["too many calls", [HEADER, "a 0 8 16 0", "r 0 9 0", "f 0 0"], "line 4: the file ends after 3 calls for 1 blocks, not 2 for 1"],
  ["another call", [HEADER, "m 0 8 16 0"], 'line 2: a call is a id bytes align thread, z the same, r id bytes thread or f id thread, not "m 0 8 16 0"'],
  ["a blank line", [HEADER, ""], 'line 2: a call is a id bytes align thread, z the same, r id bytes thread or f id thread, not ""'],
  ["a long call", [HEADER, "a 0 8 16 0 0"], 'line 2: a call is a id bytes align thread, z the same, r id bytes thread or f id thread, not "a 0 8 16 0 0"'],
  ["a negative size", [HEADER, "a 0 -8 16 0"], 'line 2: a call is a id bytes align thread, z the same, r id bytes thread or f id thread, not "a 0 -8 16 0"'],
  ["an absurd thread", [HEADER, "f 0 65536"], 'line 2: a call is a id bytes align thread, z the same, r id bytes thread or f id thread, not "f 0 65536"'],
])("recorded calls with %s are malformed", (_what, lines, sentence) => {
  expect(() => read(lines)).toThrow(sentence);
});

test("a last line that does not end is cut", () => {
  const reader = new RecordedReader(1);
  reader.read(HEADER, 1, false);

  expect(() => reader.read("a 0 8 16 0", 2, true)).toThrow("ends in the middle of a line");
});

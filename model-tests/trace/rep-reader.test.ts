import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { RepReader } from "./rep-reader.ts";

function read(text: string): readonly TraceCall[] {
  const reader = new RepReader(1);
  const lines = text.split("\n");
  const calls: TraceCall[] = [];
  for (const [index, line] of lines.entries()) {
    const record = reader.read(line, index + 1, false);
    if (record?.kind === "call") calls.push(record.call);
  }
  reader.end(lines.length);
  return calls;
}

test("each line is a call, aligned to 8", () => {
  const [first, second] = [blockName(0), blockName(1)];

  expect(read("20000\n2\n4\n1\na 1 64\na 0 16\nr 1 128\nf 0\n")).toEqual([
    traceCall({ kind: "alloc", name: first, size: 64, align: 8 }),
    traceCall({ kind: "alloc", name: second, size: 16, align: 8 }),
    traceCall({ kind: "realloc", name: first, size: 128 }),
    traceCall({ kind: "dealloc", name: second }),
  ]);
});

test("the header may stand on one line", () => {
  expect(read("20000 1 1 1\na 0 8\n").length).toBe(1);
});

test("a realloc of no block asks for one, and to nothing frees it", () => {
  expect(read("0 1 2 1\nr 0 8\nr 0 0").map(({ kind }) => kind)).toEqual(["alloc", "dealloc"]);
});

test("an id that is used again means another block", () => {
  expect(read("0 1 3 1\na 0 8\nf 0\na 0 8").map(({ name }) => name)).toEqual([0, 0, 1]);
});

test("the memory is what the course's driver gives, or twice what the header says", () => {
  const memoryBytes = (heapSize: number) => {
    const reader = new RepReader(1);
    reader.read(`${heapSize} 0 0 1`, 1, false);
    return reader.facts?.config.memoryBytes;
  };

  expect([memoryBytes(20_000), memoryBytes(20_000_000)]).toEqual([33_554_432, 67_108_864]);
});

test.each([
  ["", "line 1: the header is four numbers"],
  ["1 2 3", "line 1: the header is four numbers"],
  ["1 2 x 4", 'line 1: the header is four numbers, not "x"'],
  ["1 2\n3 4 5", 'line 2: the header is four numbers, not "5"'],
  ["1 1 1 1\nz 0 8", 'line 2: a call is a id bytes, r id bytes or f id, not "z 0 8"'],
  ["1 1 1 1\na 0", 'line 2: a call is a id bytes, r id bytes or f id, not "a 0"'],
  ["1 1 1 1\nf -1", 'line 2: a call is a id bytes, r id bytes or f id, not "f -1"'],
  ["1 1 1 1\nf 0", "line 2: block 0 is not alive here"],
  ["1 1 2 1\na 0 8\na 0 8", "line 3: block 0 is alive already"],
  ["1 1 2 1\na 0 8", "line 2: the file ends after 1 calls, not 2"],
])("%j is malformed", (text, sentence) => {
  expect(() => read(text)).toThrow(sentence);
});

import { expect, test } from "vitest";
import { LogReader } from "./log-reader.ts";
import { recordLine } from "./record-line.ts";

const HEADER = "# heap-log 1 program=cc1 peak-live-bytes=000000000005000";

function read(...lines: readonly string[]): { readonly said: string; readonly reader: LogReader } {
  const reader = new LogReader(2);
  let said = "";
  for (const [index, line] of [HEADER, ...lines].entries()) {
    const isLast = index === lines.length;
    for (const record of reader.read(line, index + 1, isLast && line.includes("\0")) ?? []) {
      said += recordLine(record).replaceAll('"', "").replace("{t:", "").replace("}\n", "; ");
    }
  }
  return { said: said.trim(), reader };
}

test("a record becomes a call with its answer", () => {
  const { said, reader } = read("a 1010 24 8 1", "z 2020 8 8 2", "f 1010 2", "a 0 99 1 1");

  expect(reader.facts).toMatchObject({ program: "cc1", config: { cores: 2, memoryBytes: 16_384 } });
  expect(said).toBe(
    "call,core:1,entity:1,call:alloc,id:a,size:24,align:8; answer,placed:0x1010; " +
      "call,entity:2,call:allocZeroed,id:b,size:8,align:8; answer,placed:0x2020; " +
      "call,entity:2,call:dealloc,ref:a; answer,released:true; " +
      "call,core:1,entity:1,call:alloc,id:c,size:99,align:1; answer,refused:true;",
  );
});

test("a resize that nobody looks into keeps the name of its block", () => {
  const { said } = read("a 1010 24 8 2", "b 1010 48 2", "e 2020 2", "b 2020 96 2", "e 0 2");

  expect(said).toContain("call:realloc,ref:a,size:48; answer,placed:0x2020;");
  expect(said).toContain("call:realloc,ref:a,size:96; answer,refused:true;");
});

test("a resize that another thread looks into is a free and a new block", () => {
  const { said } = read("a 1010 24 8 2", "b 1010 48 2", "a 1010 8 8 4", "e 2020 2", "f 2020 2");

  expect(said).toContain(
    "call:dealloc,ref:a; answer,released:true; " +
      "call,entity:4,call:alloc,id:b,size:8,align:8; answer,placed:0x1010; " +
      "call,entity:2,call:alloc,id:c,size:48,align:1; answer,placed:0x2020; " +
      "call,entity:2,call:dealloc,ref:c; answer,released:true;",
  );
});

test("what the log does not know is counted and left out", () => {
  const { said, reader } = read("f 5050 1", "b 6060 8 1", "e 7070 1", "f 7070 1");

  expect(said).toContain("call:alloc,id:a,size:8,align:1; answer,placed:0x7070;");
  expect(reader.warnings).toEqual(["2 blocks were freed that the log does not know"]);
});

test("the log of a program that was killed ends where its zeros begin", () => {
  const { said, reader } = read("a 1010 24 8 1", "f 10\0\0\0");

  expect(said).toContain("placed:0x1010");
  expect(reader.warnings[0]).toContain("the log was not closed");
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["a 1010 24 3 1",           "3 is not a power of two"],
  ["a 1010 24 8",             'a record is a address bytes align thread, z the same, f address thread, b address bytes thread or e address thread, not "a 1010 24 8"'],
  ["a  1010 24 8 1",          "a record is"],
  ["a 1010 2a 8 1",           "a record is"],
  ["f 1010",                  "a record is"],
  ["f 1g10 1",                "a record is"],
  ["f fffffffffffffffff 1",   "a record is"],
  ["x 1010 1",                "a record is"],
  ["",                        "a record is"],
  ["e 1010 1",                "a resize ends that has not begun"],
] as const)("the line %j is refused in one sentence", (line, sentence) => {
  expect(() => read(line)).toThrow(`line 2: ${sentence}`);
});

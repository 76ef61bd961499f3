import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { RandomChoices } from "../generate/choices.ts";
import { runRandomMachine } from "../machine/run-machine.ts";
import { plainMachine } from "../machine/toys/plain-machine.ts";
import {
  formatMachineTrace,
  isMachineTrace,
  type MachineTrace,
  parseMachineTrace,
} from "./machine-trace.ts";
import { machineTraceSchema } from "./machine-trace-schema.ts";

const SCOPE = {
  frameCount: 20,
  coreCount: 3,
  spaceCount: 2,
  firstPage: 510,
  pageCount: 6,
  mappedMax: 4,
};
const HEADER = '{"t":"machine-trace","v":1,"config":{"frameCount":4}}';

/** A trace with calls of every kind. */
function drawnTrace(run: number): MachineTrace {
  const { played } = runRandomMachine(plainMachine, SCOPE, 7, run, 200);
  const calls = played.map(({ call }) => call);
  const at = new RandomChoices(7, run).below(calls.length);
  return {
    config: { frameCount: 20, failAt: run },
    calls,
    subject: "machine",
    name: "machine",
    seed: "0x7",
    rule: "frame-let-go",
    verdict: { rejected: "frame-let-go", at },
  };
}

test("a trace of a machine that is written is read as it was", () => {
  const traces = Array.from({ length: 20 }, (_, run) => drawnTrace(run));

  const read = traces.map((trace) => parseMachineTrace(formatMachineTrace(trace)));

  expect(read).toEqual(traces);
});

test("every record of a trace of a machine fits the schema, and exactly one part of it", () => {
  const fits = new Ajv2020().compile(machineTraceSchema);
  const lines = Array.from({ length: 20 }, (_, run) => formatMachineTrace(drawnTrace(run)))
    .join("")
    .trimEnd()
    .split("\n");

  const misfits = lines.filter((line) => !fits(JSON.parse(line)));

  expect(misfits).toEqual([]);
  expect(new Set(lines.map((line) => JSON.parse(line).call)).size).toBe(15);
});

test("a trace of a machine without one of its calls is a trace", () => {
  const lines = formatMachineTrace(drawnTrace(1)).trimEnd().split("\n").slice(0, -1);

  const lengths = lines
    .slice(1)
    .map((_, index) => parseMachineTrace(lines.toSpliced(index + 1, 1).join("\n")).calls.length);

  expect(new Set(lengths)).toEqual(new Set([lines.length - 2]));
});

test("a trace of a machine is told from others by how it begins", () => {
  const beginnings = [
    HEADER,
    '\n {"v":1,"t":"machine-trace"}',
    '{"t":"trace","v":1}',
    "# heap-calls 1",
  ];

  expect(beginnings.map(isMachineTrace)).toEqual([true, true, false, false]);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["", 'line 1: a trace begins with {"t":"machine-trace", …}'],
  ['{"t":"call","call":"step","of":1}', 'line 1: a trace has one header, first: {"t":"machine-trace", …}'],
  [`${HEADER}\n${HEADER}`, 'line 2: a trace has one header, first: {"t":"machine-trace", …}'],
  [HEADER.replace('"v":1', '"v":2'), 'line 1: "v" must be 1, the version of the format'],
  [HEADER.replace("4", "0"), 'line 1: "config.frameCount" must be how many frames there are, 1 to 1048576'],
  [`${HEADER}\n{"t":"call","call":"map","id":0,"space":0,"count":1}`, 'line 2: map needs "rights"'],
  [`${HEADER}\n{"t":"call","call":"access","core":0,"page":-1,"kind":"read"}`, 'line 2: "page" must be the number of a page, 0 to 68719476735'],
  [`${HEADER}\n{"t":"call","call":"steal"}`, 'line 2: "call" must be one of space, close, start, enter, map, borrow, remap, release, split, merge, step, interrupt, access, evict'],
  [`${HEADER}\n{"t":"answer"}`, 'line 2: a record says in "t": machine-trace, call or verdict'],
  [`${HEADER}\n[]`, "line 2: a record is a JSON object, not []"],
  [`${HEADER}\n{`, 'line 2: this is not JSON: "{"'],
  [`${HEADER}\n{"t":"verdict","rejected":"r","at":0}`, 'line 2: "at" is 0, but calls are counted from 0 and there are 0'],
])("the text %j is refused in one sentence", (text, sentence) => {
  expect(() => parseMachineTrace(text)).toThrow(sentence);
});

import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { traceCall } from "#spec";
import { blockName } from "#units";
import { arbitraryTrace } from "./arbitrary-trace.ts";
import { formatTrace } from "./format-trace.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import { numberedTrace } from "./numbered-trace.ts";
import { parseTrace } from "./parse-trace.ts";

const HEADER = '{"t":"trace","v":1,"config":{"cores":2,"memoryBytes":4096}}';
const ALLOC = '{"t":"call","call":"alloc","id":"a","size":64,"align":16}';

test("a trace reads as it is drawn in the contract", () => {
  const { trace } = parseTrace(
    [
      '{"t":"trace","v":1,"subject":"combination","config":{"cores":2,"memoryBytes":67108864},"seed":"0x2a","rule":"live-blocks-disjoint"}',
      '{"t":"call","core":0,"call":"alloc","id":"a","size":64,"align":16}',
      '{"t":"answer","placed":"0x10040"}',
      '{"t":"call","core":1,"call":"dealloc","ref":"a"}',
      '{"t":"call","core":0,"call":"switch"}',
      '{"t":"schedule","order":[0,0,1,0]}',
      '{"t":"verdict","rejected":"live-blocks-disjoint","at":2,"certified":{"scope":"trace alphabet","calls":3}}',
    ].join("\n"),
  );

  expect(trace).toEqual({
    version: 1,
    subject: "combination",
    config: { cores: 2, memoryBytes: 67_108_864 },
    seed: "0x2a",
    rule: "live-blocks-disjoint",
    calls: [
      traceCall({ kind: "alloc", name: blockName(0), size: 64, align: 16 }),
      traceCall({ kind: "dealloc", name: blockName(0), core: 1 }),
      traceCall({ kind: "switch" }),
    ],
    answers: [{ kind: "placed", address: 0x10040 }, undefined, undefined],
    schedule: [0, 0, 1, 0],
    verdict: {
      rejected: "live-blocks-disjoint",
      at: 2,
      certified: { scope: "trace alphabet", calls: 3 },
    },
  });
});

property.prop([arbitraryTrace], { seed: 2, numRuns: 500 })(
  "a trace survives being written",
  (trace) => {
    expect(parseTrace(formatTrace(trace)).trace).toEqual(trace);
  },
);

property.prop([arbitraryTrace, fc.nat(1_000)], { seed: 3 })(
  "a trace whose names have gaps is read with its names numbered",
  (trace, gap) => {
    const calls = trace.calls.map((call) =>
      call.name < 0 ? call : { ...call, name: blockName(call.name * 2 + gap) },
    );

    expect(parseTrace(formatTrace({ ...trace, calls })).trace).toEqual(trace);
  },
);

property.prop([arbitraryTrace, fc.nat()], { seed: 4, numRuns: 300 })(
  "a trace without one of its calls is a trace",
  (trace, pick) => {
    fc.pre(trace.calls.length > 0);
    const { verdict: _, ...unjudged } = trace;
    const index = pick % trace.calls.length;
    const lines = formatTrace({ ...unjudged, calls: trace.calls }).split("\n");
    const at = lines.findIndex(
      (line, place) =>
        lines.slice(0, place + 1).filter(isCall).length === index + 1 && isCall(line),
    );
    const count = lines[at + 1]?.startsWith('{"t":"answer"') === true ? 2 : 1;
    lines.splice(at, count);

    const left = parseTrace(lines.join("\n")).trace;
    const calls = trace.calls.filter((_call, place) => place !== index);
    expect(left.calls).toEqual(numberedTrace({ ...trace, calls }).calls);
  },
);

/** The message with which `text` is declined, or "" if it is a trace. */
function failureOf(text: string): string {
  try {
    parseTrace(text);
    return "";
  } catch (error) {
    if (error instanceof MalformedTrace) return error.message;
    throw error;
  }
}

function isCall(line: string): boolean {
  return line.startsWith('{"t":"call"');
}

test("what the format does not know is kept", () => {
  const text = [
    '{"t":"trace","v":1,"config":{"memoryBytes":4096,"cores":1,"pages":3},"host":{"os":"x"}}',
    '{"t":"call","call":"alloc","id":"a","size":64,"align":16,"site":"main.c:3"}',
    '{"t":"answer","placed":"0x40","ns":12}',
    '{"t":"call","call":"dealloc","ref":"a","size":64}',
    '{"t":"schedule","order":[0],"by":"random"}',
    '{"t":"verdict","rejected":"block-aligned","at":0,"note":null}',
    "",
  ].join("\n");
  const { trace, extras, warnings } = parseTrace(text);

  expect(formatTrace(trace, extras)).toBe(text);
  expect(warnings).toEqual([]);
});

test("a record of an unknown kind is skipped with a warning, each kind once", () => {
  const odd = '{"t":"remark","text":"x"}';
  const { trace, warnings } = parseTrace([HEADER, ALLOC, odd, odd].join("\n"));

  expect(trace.calls.length).toBe(1);
  expect(warnings).toEqual(['line 3: records of kind "remark" are skipped']);
});

test("blank lines and carriage returns say nothing", () => {
  expect(parseTrace(`\n${HEADER}\r\n\r\n${ALLOC}\r\n\n`).trace.calls.length).toBe(1);
});

test("a reference to a block that nobody asked for is a call", () => {
  const { trace } = parseTrace(`${HEADER}\n{"t":"call","call":"dealloc","ref":"b"}\n${ALLOC}`);

  expect(trace.calls.map(({ name }) => name)).toEqual([0, 1]);
});

const deep = `${'{"a":'.repeat(40)}1${"}".repeat(40)}`;
const call = (fields: string) => `${HEADER}\n{"t":"call",${fields}}`;

// biome-ignore format: one file and its sentence a line.
test.each<readonly [string, string, string]>([
  ["nothing", "", 'line 1: a trace begins with {"t":"trace", …}'],
  ["no header", ALLOC, 'line 1: the first record is a header: {"t":"trace", …}'],
  ["two headers", `${HEADER}\n${HEADER}`, 'line 2: a trace has one header: {"t":"trace", …}'],
  ["a newer version", HEADER.replace(":1", ":2"), "line 1: version 2 is newer than 1, the newest that can be read"],
  ["version 0", HEADER.replace(":1", ":0"), 'line 1: "v" must be the version of the format, 1 to 2^53 - 1, not 0'],
  ["no configuration", '{"t":"trace","v":1}', 'line 1: "config" is missing'],
  ["no memory", '{"t":"trace","v":1,"config":{"cores":1}}', 'line 1: "config.memoryBytes" is missing'],
  ["too many cores", HEADER.replace('"cores":2', '"cores":1e9'), 'line 1: "config.cores" must be how many cores there are, 1 to 4096, not 1000000000'],
  ["an absolute path", HEADER.replace('"v":1', '"v":1,"subject":"/etc/x"'), 'line 1: "subject" must be what loads the subject, never an absolute path, not "/etc/x"'],
  ["no kind", `${HEADER}\n{"call":"alloc"}`, 'line 2: a record says in "t" what it is: trace, call, answer …'],
  ["a list", `${HEADER}\n[1]`, "line 2: a record is a JSON object, not [1]"],
  ["a number", `${HEADER}\n7`, "line 2: a record is a JSON object, not 7"],
  ["no JSON", `${HEADER}\nalloc 64\n`, 'line 2: this is not JSON: "alloc 64"'],
  ["NUL bytes", `${HEADER}\n\0\0\0\n`, 'line 2: this is not JSON: "\\u0000\\u0000\\u0000"'],
  ["a cut record", `${HEADER}\n${ALLOC.slice(0, 30)}`, "line 2: the file ends in the middle of a record"],
  ["an unknown call", call('"call":"mmap"'), 'line 2: "call" must be alloc, allocZeroed, realloc, dealloc, usableSize, switch or close, not "mmap"'],
  ["an inherited call", call('"call":"constructor"'), 'line 2: "call" must be alloc, allocZeroed, realloc, dealloc, usableSize, switch or close, not "constructor"'],
  ["no size", call('"call":"alloc","id":"a","align":1'), 'line 2: "size" is missing'],
  ["a negative size", ALLOC.replace("64", "-1"), 'line 2: "size" must be a whole number of bytes, 0 to 2^53 - 1, not -1'],
  ["a fraction", ALLOC.replace("64", "0.5"), 'line 2: "size" must be a whole number of bytes, 0 to 2^53 - 1, not 0.5'],
  ["an absurd size", ALLOC.replace("64", "9007199254740992"), 'line 2: "size" must be a whole number of bytes, 0 to 2^53 - 1, not 9007199254740992'],
  ["an infinite size", ALLOC.replace("64", "1e999"), 'line 2: "size" must be a whole number of bytes, 0 to 2^53 - 1, not null'],
  ["a size in quotes", ALLOC.replace("64", '"64"'), 'line 2: "size" must be a whole number of bytes, 0 to 2^53 - 1, not "64"'],
  ["a crooked alignment", ALLOC.replace("16", "24"), 'line 2: "align" must be an alignment, a power of two from 1 to 2^52, not 24'],
  ["an empty id", ALLOC.replace('"a"', '""'), 'line 2: "id" must be the name of a block, 1 to 256 characters, not ""'],
  ["a missing core", call('"call":"switch","core":2'), "line 2: core 2 is not one of the 2 that the header names, counted from 0"],
  ["one id twice", `${HEADER}\n${ALLOC}\n${ALLOC}`, 'line 3: the id "a" is taken by a block before'],
  ["one id twice, once dead", `${HEADER}\n${ALLOC}\n{"t":"call","call":"dealloc","ref":"a"}\n${ALLOC}`, 'line 4: the id "a" is taken by a block before'],
  ["no reference", call('"call":"dealloc"'), 'line 2: "ref" is missing'],
  ["misuse of alloc", call('"call":"alloc","id":"a","size":1,"align":1,"misuse":"double-free"'), 'line 2: "misuse" is only for dealloc and realloc'],
  ["unknown misuse", call('"call":"dealloc","ref":"a","misuse":"leak"'), 'line 2: "misuse" must be one of double-free, foreign-pointer, interior-pointer, wrong-layout, foreign-heap, not "leak"'],
  ["an interior pointer to nowhere", call('"call":"dealloc","ref":"a","misuse":"interior-pointer"'), 'line 2: "offset" is missing'],
  ["a foreign pointer to nowhere", call('"call":"dealloc","misuse":"foreign-pointer"'), 'line 2: "address" is missing'],
  ["half a layout", call('"call":"dealloc","ref":"a","misuse":"wrong-layout","size":1'), 'line 2: "align" is missing'],
  ["an address beyond 2^53", call('"call":"dealloc","misuse":"foreign-pointer","address":"0x20000000000000"'), 'line 2: "address" must be an address below 2^53 such as "0x10040", not "0x20000000000000"'],
  ["an answer to nobody", `${HEADER}\n{"t":"answer","refused":true}`, "line 2: an answer follows the call that it answers, and there is one"],
  ["two answers", `${HEADER}\n${ALLOC}\n{"t":"answer","refused":true}\n{"t":"answer","refused":true}`, "line 4: an answer follows the call that it answers, and there is one"],
  ["an empty answer", `${HEADER}\n${ALLOC}\n{"t":"answer"}`, "line 3: an answer has exactly one of placed, usable, released, refused, rejected …"],
  ["two answers in one", `${HEADER}\n${ALLOC}\n{"t":"answer","refused":true,"usable":1}`, "line 3: an answer has exactly one of placed, usable, released, refused, rejected …"],
  ["a schedule of strangers", `${HEADER}\n{"t":"schedule","order":[0,2]}`, "line 2: core 2 is not one of the 2 that the header names, counted from 0"],
  ["a verdict about no call", `${HEADER}\n${ALLOC}\n{"t":"verdict","rejected":"x","at":1}`, 'line 3: "at" is 1, but calls are counted from 0 and there are 1'],
  ["two verdicts", `${HEADER}\n${ALLOC}${'\n{"t":"verdict","rejected":"x","at":0}'.repeat(2)}`, "line 4: a trace has one verdict"],
  ["deep nesting", `${HEADER}\n{"t":"call","x":${deep}}`, "line 2: a record is nested at most 32 levels deep"],
  ["deeper nesting", `${HEADER}\n${"[".repeat(500_000)}`, "line 2: a record is nested at most 32 levels deep"],
  ["a prototype", call('"call":"switch","__proto__":{"core":1}'), 'line 2: no field may be called "__proto__"'],
  ["a hidden prototype", call('"call":"switch","x":{"\\u005f_proto__":1}'), 'line 2: no field may be called "__proto__"'],
  ["a huge line", `${HEADER}\n{"t":"call","call":"switch","x":"${"x".repeat(1_048_576)}"}`, "line 2: a line has at most 1 MiB"],
])("a file with %s is malformed, and says where and why", (_what, text, sentence) => {
  const whole = text.startsWith('{"t":"call","call":"alloc"') && text !== ALLOC ? `${HEADER}\n${text}` : text;

  expect(failureOf(whole)).toBe(sentence);
});

property.prop([arbitraryTrace, fc.nat(), fc.nat(255)], { seed: 5, numRuns: 1_000 })(
  "a file with one byte changed is a trace or malformed, and nothing else",
  (trace, place, byte) => {
    const text = Buffer.from(formatTrace(trace));
    text[place % text.length] = byte;

    try {
      parseTrace(text.toString("utf8"));
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedTrace);
    }
  },
);

property.prop([fc.oneof(fc.string({ unit: "binary" }), fc.json())], { seed: 6, numRuns: 1_000 })(
  "any other text is malformed, in one line that prints",
  (text) => {
    const read = () => parseTrace(`${HEADER}\n${text}\n`);

    try {
      expect(read().trace.calls).toEqual([]);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedTrace);
      expect(error instanceof Error && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(error.message)).toBe(true);
    }
  },
);

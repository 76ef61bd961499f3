import { test as property } from "@fast-check/vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryTrace } from "./arbitrary-trace.ts";
import { formatTrace } from "./format-trace.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import { checkedRecord } from "./record-check.ts";
import { traceSchema } from "./trace-schema.ts";

const fits = new Ajv2020({ strict: true, strictRequired: false }).compile(traceSchema);

property.prop([arbitraryTrace], { seed: 1, numRuns: 300 })(
  "every record that is written fits the schema",
  (trace) => {
    for (const line of formatTrace(trace).trimEnd().split("\n")) {
      expect(fits(JSON.parse(line)), line).toBe(true);
    }
  },
);

const FIELDS = [
  "t",
  "v",
  "config",
  "call",
  "id",
  "ref",
  "size",
  "align",
  "core",
  "misuse",
  "offset",
  "address",
  "placed",
  "usable",
  "refused",
  "order",
  "at",
  "rejected",
];
const VALUES: readonly unknown[] = [
  0,
  1,
  3,
  -1,
  0.5,
  2 ** 53,
  "a",
  "",
  "0x10",
  "0x",
  "alloc",
  "dealloc",
  "switch",
  "close",
  "trace",
  "answer",
  "wrong-layout",
  "foreign-pointer",
  "foreign-heap",
  true,
  false,
  null,
  [],
  [0, 1],
  {},
  { cores: 1, memoryBytes: 1 },
];

property.prop(
  [
    arbitraryTrace,
    fc.nat(),
    fc.array(fc.tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...VALUES, undefined)), {
      minLength: 1,
      maxLength: 3,
    }),
  ],
  { seed: 2, numRuns: 3_000 },
)("a record is read exactly if it fits the schema", (trace, pick, changes) => {
  const lines = formatTrace(trace).trimEnd().split("\n");
  const record: unknown = JSON.parse(lines[pick % lines.length] ?? "{}");
  const text = JSON.stringify(Object.assign({}, record, Object.fromEntries(changes)));

  expect(isRead(text), text).toBe(fits(JSON.parse(text)));
});

test("every field of the schema says what it must be", () => {
  const untitled: string[] = [];
  walk(traceSchema, "", (path, schema) => {
    const isConstant = "const" in schema || path.endsWith("/call");
    if (/\/properties\/\w+$/.test(path) && !isConstant && !("title" in schema)) untitled.push(path);
  });

  expect(untitled).toEqual([]);
});

function isRead(text: string): boolean {
  try {
    return checkedRecord(text, 1, false).t !== "unknown";
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedTrace);
    return false;
  }
}

function walk(value: unknown, path: string, visit: (path: string, schema: object) => void): void {
  if (typeof value !== "object" || value === null) return;
  visit(path, value);
  for (const [key, part] of Object.entries(value)) {
    if (key !== "if") walk(part, `${path}/${key}`, visit);
  }
}

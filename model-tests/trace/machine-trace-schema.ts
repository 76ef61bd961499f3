/**
 * The JSON Schema of one record of a trace of a machine, as a line holds it.
 *
 * The calls of a machine have nothing in common with those of a heap, so their traces are another kind of file,
 * with another first record. The rest is alike: one record a line, and removing any call leaves a trace.
 * Reading checks every record against this very object.
 */
import type { JsonSchema } from "./trace-schema.ts";

const COUNT_MAX = 2 ** 32;
const PAGE_MAX = 2 ** 36 - 1;
const CORE_MAX = 4_095;

function count(title: string, maximum: number = COUNT_MAX, minimum = 0): JsonSchema {
  return { type: "integer", minimum, maximum, title: `${title}, ${minimum} to ${maximum}` };
}

const SPACE = count("the name of an address space, -1 for the kernel's half", COUNT_MAX, -1);
const NAME = count("the name of a mapping or an operation");
const CORE = count("the number of a core", CORE_MAX);
const PAGE = count("the number of a page", PAGE_MAX);

const RIGHTS: JsonSchema = {
  type: "object",
  title: 'an object such as {"isWritable":true,"isExecutable":false}',
  properties: { isWritable: { type: "boolean" }, isExecutable: { type: "boolean" } },
  required: ["isWritable", "isExecutable"],
};

/** For each call, its fields; all of them are required but those in `OPTIONAL`. */
const CALLS: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  space: { id: count("the name of an address space") },
  close: { id: NAME, core: CORE, space: count("the name of an address space") },
  start: { core: CORE, space: SPACE },
  enter: { core: CORE, space: SPACE, keeps: { type: "boolean", title: "true or false" } },
  map: {
    id: NAME,
    space: SPACE,
    at: PAGE,
    count: count("how many pages", 65_536, 1),
    rights: RIGHTS,
  },
  borrow: { id: NAME, of: NAME, space: SPACE, rights: RIGHTS },
  remap: { id: NAME, core: CORE, of: NAME, rights: RIGHTS },
  release: { id: NAME, core: CORE, of: NAME },
  split: { of: NAME, at: count("how many pages are before the cut"), first: NAME, second: NAME },
  merge: { id: NAME, of: NAME, with: NAME },
  step: { of: NAME },
  interrupt: { core: CORE },
  access: { core: CORE, page: PAGE, kind: { enum: ["read", "write", "execute"] } },
  evict: { core: CORE, entry: count("which of the translations that a core keeps") },
};

const OPTIONAL = ["map.at", "enter.keeps"];

const RECORDS: Readonly<Record<string, JsonSchema>> = {
  header: {
    description: "The first record: the version, and the machine that the calls are made of.",
    type: "object",
    properties: {
      t: { const: "machine-trace" },
      v: { const: 1, title: "1, the version of the format" },
      subject: { type: "string", title: "what loads the machine" },
      name: { type: "string", title: "the machine's name" },
      config: {
        type: "object",
        title: "an object, the conditions of the run",
        properties: {
          frameCount: count("how many frames there are", 2 ** 20, 1),
          failAt: count("which acquisition of frames fails"),
        },
        required: ["frameCount"],
      },
      seed: { type: "string", pattern: "^(0x[0-9a-fA-F]+|[0-9]+)$", title: "a seed" },
      rule: { type: "string", title: "the name of the rule that the trace breaks" },
    },
    required: ["t", "v", "config"],
  },
  ...Object.fromEntries(
    Object.entries(CALLS).map(([call, fields]) => [call, ofCall(call, fields)]),
  ),
  verdict: {
    description: "How the trace was judged.",
    type: "object",
    properties: {
      t: { const: "verdict" },
      rejected: { type: "string", title: "the name of a rule" },
      at: count("the index of a call, from 0"),
    },
    required: ["t", "rejected", "at"],
  },
};

export const machineTraceSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "machine-trace.schema.json",
  title: "one record of a trace of machine calls, version 1",
  oneOf: Object.keys(RECORDS).map((name) => ({ $ref: `#/$defs/${name}` })),
  $defs: RECORDS,
};

function ofCall(call: string, fields: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return {
    type: "object",
    properties: { t: { const: "call" }, call: { const: call }, ...fields },
    required: [
      "t",
      "call",
      ...Object.keys(fields).filter((name) => !OPTIONAL.includes(`${call}.${name}`)),
    ],
  };
}

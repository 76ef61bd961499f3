/**
 * The JSON Schema of one record of a trace, as a line holds it.
 *
 * Reading checks every record against this very object, so what ships is what is enforced. Each
 * `title` completes the sentence "… must be", and is what the reader of a broken file is told. A
 * record may have more fields than are named: they are kept.
 */
import { PLAIN_ANSWERS } from "./answer-record.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

const COUNT_MAX = Number.MAX_SAFE_INTEGER;
const CORE_COUNT_MAX = 4_096;
const ID_LENGTH_MAX = 256;

function count(title: string, maximum: number = COUNT_MAX, minimum = 0): JsonSchema {
  const numbers = maximum === COUNT_MAX ? "2^53 - 1" : maximum.toString();
  return { type: "integer", minimum, maximum, title: `${title}, ${minimum} to ${numbers}` };
}

function text(title: string, pattern?: string): JsonSchema {
  return { type: "string", title, ...(pattern !== undefined && { pattern }) };
}

const ID: JsonSchema = {
  type: "string",
  minLength: 1,
  maxLength: ID_LENGTH_MAX,
  title: `the name of a block, 1 to ${ID_LENGTH_MAX} characters`,
};

/** Fourteen digits hold 56 bits; an address has 53. */
const ADDRESS = text(
  'an address below 2^53 such as "0x10040"',
  "^0x([0-9a-fA-F]{1,13}|[01][0-9a-fA-F]{13})$",
);

const ALIGN: JsonSchema = {
  enum: Array.from({ length: 53 }, (_, exponent) => 2 ** exponent),
  title: "an alignment, a power of two from 1 to 2^52",
};

const WHO = {
  t: { const: "call" },
  core: count("the number of a core", CORE_COUNT_MAX - 1),
  entity: count("the number of an entity"),
  instance: count("the number of an instance", CORE_COUNT_MAX - 1),
};

const SIZE = count("a whole number of bytes");

const MISUSE: JsonSchema = {
  enum: ["double-free", "foreign-pointer", "interior-pointer", "wrong-layout", "foreign-heap"],
  title: "one of double-free, foreign-pointer, interior-pointer, wrong-layout, foreign-heap",
};

const ABUSING = { misuse: MISUSE, offset: SIZE, address: ADDRESS, size: SIZE, align: ALIGN };

const whenMisuse = (misuse: string, required: readonly string[]): JsonSchema => ({
  if: { properties: { misuse: { const: misuse } }, required: ["misuse"] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
  then: { required },
});

const BY_MISUSE: readonly JsonSchema[] = [
  whenMisuse("interior-pointer", ["ref", "offset"]),
  whenMisuse("foreign-pointer", ["address"]),
  whenMisuse("wrong-layout", ["ref", "size", "align"]),
  whenMisuse("double-free", ["ref"]),
  whenMisuse("foreign-heap", ["ref"]),
  { if: { required: ["misuse"] }, else: { required: ["ref"] } },
];

const RECORDS: Readonly<Record<string, JsonSchema>> = {
  trace: {
    description: "The first record: the version, and the conditions under which calls are made.",
    type: "object",
    properties: {
      t: { const: "trace" },
      v: count("the version of the format", COUNT_MAX, 1),
      subject: text(
        "what loads the subject, never an absolute path",
        "^(?![/\\\\]|[A-Za-z]:[/\\\\]|file:)",
      ),
      name: text("the subject's name"),
      options: { type: "object", title: "an object, the subject's options" },
      config: {
        type: "object",
        title: "an object, the conditions of the run",
        properties: {
          memoryBytes: count("the bytes that the heap may hand out"),
          cores: count("how many cores there are", CORE_COUNT_MAX, 1),
        },
        required: ["memoryBytes", "cores"],
      },
      seed: text('a seed such as "0x2a" or "42"', "^(0x[0-9a-fA-F]+|[0-9]+)$"),
      rule: text("the name of the rule that the trace breaks"),
    },
    required: ["t", "v", "config"],
  },
  alloc: callSchema("Asks for a block, and names it.", ["alloc", "allocZeroed"], {
    properties: { id: ID, size: SIZE, align: ALIGN, misuse: false },
    required: ["id", "size", "align"],
  }),
  realloc: callSchema("Asks that a block be given another size, and keep its name.", ["realloc"], {
    properties: { ref: ID, ...ABUSING },
    required: ["size"],
    allOf: BY_MISUSE,
  }),
  dealloc: callSchema("Gives a block back.", ["dealloc"], {
    properties: { ref: ID, ...ABUSING },
    required: [],
    allOf: BY_MISUSE,
  }),
  usableSize: callSchema("Asks how many bytes of a block its owner may use.", ["usableSize"], {
    properties: { ref: ID, misuse: false },
    required: ["ref"],
  }),
  switch: callSchema("Ends the first phase of a system of heaps.", ["switch"], {
    properties: { misuse: false },
    required: [],
  }),
  close: callSchema("Ends the heap that serves whoever calls.", ["close"], {
    properties: { misuse: false },
    required: [],
  }),
  answer: {
    description: "What the call before it was answered.",
    type: "object",
    properties: {
      t: { const: "answer" },
      placed: ADDRESS,
      usable: SIZE,
      ...Object.fromEntries(PLAIN_ANSWERS.map((kind) => [kind, { const: true, title: "true" }])),
    },
    required: ["t"],
    oneOf: ["placed", "usable", ...PLAIN_ANSWERS].map((kind) => ({ required: [kind] })),
  },
  schedule: {
    description: "Which core moves at each step. Several records follow one another.",
    type: "object",
    properties: {
      t: { const: "schedule" },
      order: {
        type: "array",
        title: "a list of the cores that move",
        items: count("the number of a core", CORE_COUNT_MAX - 1),
      },
    },
    required: ["t", "order"],
  },
  verdict: {
    description: "How the trace was judged.",
    type: "object",
    properties: {
      t: { const: "verdict" },
      rejected: text("the name of a rule"),
      at: count("the index of a call"),
      certified: {
        type: "object",
        title: "an object that says what was exhausted",
        properties: { scope: text("the name of a scope"), calls: count("a number of calls") },
        required: ["scope", "calls"],
      },
    },
    required: ["t", "rejected", "at"],
  },
};

export const traceSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "trace.schema.json",
  title: "one record of a trace of heap calls, version 1",
  oneOf: Object.keys(RECORDS).map((name) => ({ $ref: `#/$defs/${name}` })),
  $defs: RECORDS,
};

interface CallParts {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly allOf?: readonly JsonSchema[];
}

function callSchema(description: string, kinds: readonly string[], parts: CallParts): JsonSchema {
  const { properties, required, ...rest } = parts;
  return {
    description,
    type: "object",
    properties: { ...WHO, call: { enum: kinds }, ...properties },
    required: ["t", "call", ...required],
    ...rest,
  };
}

/** What the JSON Schemas of several reports have in common, each part written once. */

/** A schema, or the schemas of properties by their names. */
type SchemaPart = Readonly<Record<string, unknown>>;

type Maker = (required: SchemaPart, optional?: SchemaPart) => SchemaPart;

type PartName =
  | "broken"
  | "call"
  | "calls"
  | "config"
  | "count"
  | "counts"
  | "measured"
  | "number"
  | "rules"
  | "saved"
  | "seed"
  | "story"
  | "text"
  | "texts"
  | "told"
  | "toldOptions"
  | "trace"
  | "truth";

interface SchemaParts extends Readonly<Record<PartName, SchemaPart>> {
  readonly objectOf: Maker;
  readonly rowsOf: Maker;
  readonly violation: (more?: SchemaPart) => SchemaPart;
  readonly whole: (command: string, ...rest: Parameters<Maker>) => SchemaPart;
}

const count = { type: "integer", minimum: 0 } as const;
const counts = { type: "object", additionalProperties: count } as const;
const number = { type: "number" } as const;
const text = { type: "string" } as const;
const texts = { type: "array", items: text } as const;
const truth = { type: "boolean" } as const;

/** An object that has all of `required`, and may have what is `optional`. */
function objectOf(required: SchemaPart, optional: SchemaPart = {}): SchemaPart {
  const properties = { ...required, ...optional };
  return { type: "object", required: Object.keys(required), properties };
}

/** A list of such objects. */
function rowsOf(required: SchemaPart, optional: SchemaPart = {}): SchemaPart {
  return { type: "array", items: objectOf(required, optional) };
}

const config = {
  type: "object",
  description: "The conditions of the run: of a heap its bytes, of a machine its frames.",
  properties: { memoryBytes: count, cores: { type: "integer", minimum: 1 }, frameCount: count },
  anyOf: [{ required: ["memoryBytes", "cores"] }, { required: ["frameCount"] }],
} as const;

const call = { type: "object", anyOf: [{ required: ["kind"] }, { required: ["call"] }] } as const;
const calls = { type: "array", items: call, minItems: 1 } as const;

const story = {
  anyOf: [{ type: "object" }, { type: "array" }],
  description: "Answers, blocks and facts of a heap, or of a machine the lines for a reader.",
} as const;

const trace = {
  type: "string",
  description: "The file, relative to the working directory.",
} as const;

/** Which rule was broken where. */
const broken = {
  rule: { type: "string", description: "The name of the rule." },
  sentence: { type: "string", description: "What the rule says." },
  at: { type: "integer", minimum: 0, description: "The zero-based index of the offending call." },
} as const;

const saved = { trace, unsaved: { type: "string", description: "Why there is no file." } } as const;

/** The rule that was broken and its trace, which also say what is `more`. */
function violation(more: SchemaPart = {}): SchemaPart {
  const replayed = {
    type: "boolean",
    description: "Whether it failed again in a fresh process.",
  };
  return {
    description: "The rule that was broken, and the shortest trace that breaks it.",
    ...objectOf(
      { ...more, ...broken, config, calls, isReplayed: replayed },
      {
        reason: { type: "string", description: "What an exception said." },
        run: { type: "integer", minimum: 0, description: "The run of the seed that failed first." },
        move: { type: "object", description: "The move of a machine that broke the rule." },
        shrunk: objectOf({ callsBefore: count, executions: count, isShortest: truth }),
        story,
        ...saved,
      },
    ),
  };
}

/** Which subject was judged. */
const told = {
  subject: { type: "string", description: "What loads the subject, as it was given." },
  name: text,
} as const;

/** And what else loads it. */
const toldOptions = {
  options: { type: "object", description: "What else loads the subject." },
} as const;

const measured = {
  type: "object",
  description: "Whatever may differ from one machine to the next.",
  required: ["milliseconds"],
  additionalProperties: number,
} as const;

/** What came of each rule. */
const rules = {
  type: "object",
  additionalProperties: { enum: ["held", "violated", "not tested"] },
} as const;

const seed = { type: "string", pattern: "^0x[0-9a-f]+$" } as const;

/** The schema of the whole report of `command`, which always has what is `required`. */
function whole(command: string, required: SchemaPart, optional: SchemaPart = {}): SchemaPart {
  const exit = { type: "integer", minimum: 0, maximum: 255 };
  const head = { v: { const: 1 }, command: { const: command }, exit };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `What ariadne ${command} found`,
    ...objectOf({ ...head, ...required }, optional),
  };
}

/** Parts of the schemas, in draft 2020-12. */
export const schemaParts: SchemaParts = {
  ...{ broken, call, calls, config, count, counts, measured, number, rules, saved, seed, story },
  ...{ text, texts, told, toldOptions, trace, truth, objectOf, rowsOf, violation, whole },
};

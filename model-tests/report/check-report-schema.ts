/** The JSON Schema of what `check` prints as JSON: for scripts that want to rely on it. */

const count = { type: "integer", minimum: 0 } as const;
const counts = { type: "object", additionalProperties: count } as const;
const text = { type: "string" } as const;

const violation = {
  type: "object",
  description: "The rule that was broken, and the shortest trace that breaks it.",
  required: ["rule", "sentence", "at", "config", "calls", "isReplayed"],
  properties: {
    rule: { type: "string", description: "The name of the rule." },
    sentence: { type: "string", description: "What the rule says." },
    at: { type: "integer", minimum: 0, description: "The zero-based index of the offending call." },
    reason: { type: "string", description: "What an exception said." },
    run: { type: "integer", minimum: 0, description: "The run of the seed that failed first." },
    config: {
      type: "object",
      description: "The conditions of the run: of a heap its bytes, of a machine its frames.",
      properties: { memoryBytes: count, cores: { type: "integer", minimum: 1 }, frameCount: count },
      anyOf: [{ required: ["memoryBytes", "cores"] }, { required: ["frameCount"] }],
    },
    calls: {
      type: "array",
      items: { type: "object", anyOf: [{ required: ["kind"] }, { required: ["call"] }] },
      minItems: 1,
    },
    move: { type: "object", description: "The move of a machine that broke the rule." },
    shrunk: {
      type: "object",
      required: ["callsBefore", "executions", "isShortest"],
      properties: { callsBefore: count, executions: count, isShortest: { type: "boolean" } },
    },
    isReplayed: { type: "boolean", description: "Whether it failed again in a fresh process." },
    story: {
      anyOf: [{ type: "object" }, { type: "array" }],
      description: "Answers, blocks and facts of a heap, or of a machine the lines for a reader.",
    },
    trace: { type: "string", description: "The file, relative to the working directory." },
    unsaved: { type: "string", description: "Why there is no file." },
  },
} as const;

/** Draft 2020-12. */
export const checkReportSchema: Readonly<Record<string, unknown>> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "What ariadne check found",
  type: "object",
  required: [
    "v",
    "command",
    "subject",
    "name",
    "seed",
    "verdict",
    "exit",
    "runs",
    "traces",
    "calls",
    "rules",
    "marks",
    "missed",
    "measured",
  ],
  properties: {
    v: { const: 1 },
    command: { const: "check" },
    subject: { type: "string", description: "What loads the subject, as it was given." },
    name: text,
    options: { type: "object", description: "What else loads the subject." },
    seed: { type: "string", pattern: "^0x[0-9a-f]+$" },
    verdict: {
      enum: ["passed", "violated", "vacuous", "nondeterministic", "interrupted", "timeout"],
    },
    exit: { type: "integer", minimum: 0, maximum: 255 },
    runs: count,
    traces: {
      type: "array",
      items: {
        type: "object",
        required: ["path", "calls", "skipped"],
        properties: { path: text, calls: count, skipped: count },
      },
    },
    calls: {
      type: "object",
      required: ["executed", "refused", "skipped", "emulated", "lowered"],
      additionalProperties: count,
    },
    kinds: counts,
    rules: { type: "object", additionalProperties: { enum: ["held", "violated", "not tested"] } },
    hints: { type: "object", additionalProperties: text },
    marks: counts,
    tested: { ...counts, description: "How often each rule was put to the test and held." },
    sizes: {
      ...counts,
      description:
        "How often sizes were asked for, by the smallest of each range: 0, 1, 2, 4 … bytes, or pages.",
    },
    missed: { type: "array", items: text },
    violation,
    once: {
      type: "object",
      description: "The rule that was broken once, and not again by the same calls.",
      required: ["rule", "sentence", "at"],
      properties: { rule: text, sentence: text, at: count, reason: text, run: count },
    },
    inferred: { type: "object" },
    measured: {
      type: "object",
      description: "Whatever may differ from one machine to the next.",
      additionalProperties: { type: "number" },
    },
  },
};

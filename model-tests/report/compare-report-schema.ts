/** The JSON Schema of what `compare` prints as JSON: for scripts that want to rely on it. */

const count = { type: "integer", minimum: 0 } as const;
const number = { type: "number" } as const;
const text = { type: "string" } as const;

const side = {
  type: "object",
  required: ["subject", "name", "isSaved"],
  properties: {
    subject: { type: "string", description: "What loads the subject, as it was given." },
    name: text,
    options: { type: "object", description: "What else loads the subject." },
    isSaved: { type: "boolean", description: "Whether only a saved baseline of it was there." },
  },
} as const;

const pair = {
  type: "object",
  required: ["trace", "base", "candidate"],
  properties: { trace: text, base: number, candidate: number },
} as const;

/** Draft 2020-12. */
export const compareReportSchema: Readonly<Record<string, unknown>> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "What ariadne compare found",
  type: "object",
  required: [
    "v",
    "command",
    "base",
    "candidate",
    "seed",
    "verdict",
    "exit",
    "traces",
    "calls",
    "measures",
    "budgets",
    "notes",
    "measured",
  ],
  properties: {
    v: { const: 1 },
    command: { const: "compare" },
    base: side,
    candidate: side,
    seed: { type: "string", pattern: "^0x[0-9a-f]+$" },
    verdict: { enum: ["passed", "violated", "over budget", "vacuous", "interrupted"] },
    exit: { type: "integer", minimum: 0, maximum: 255 },
    traces: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "calls", "skipped"],
        properties: { name: text, calls: count, skipped: count },
      },
    },
    calls: count,
    measures: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "about", "base", "candidate"],
        properties: { name: text, about: text, base: number, candidate: number, worst: pair },
      },
    },
    budgets: {
      type: "array",
      items: {
        type: "object",
        required: ["text", "measure", "limit", "value", "isExceeded"],
        properties: {
          text,
          measure: text,
          limit: number,
          value: number,
          isExceeded: { type: "boolean" },
        },
      },
    },
    notes: { type: "array", items: text },
    violation: {
      type: "object",
      required: ["side", "on", "rule", "sentence", "at", "config", "calls", "isReplayed"],
      properties: { side: { enum: ["base", "candidate"] }, on: text, rule: text, sentence: text },
    },
    worst: {
      type: "object",
      required: ["measure", "trace", "file"],
      properties: { measure: text, trace: text, file: text },
    },
    measured: {
      type: "object",
      description: "Whatever may differ from one machine to the next.",
      required: ["milliseconds"],
      properties: {
        milliseconds: count,
        time: {
          type: "object",
          required: ["ratio", "low", "high", "rounds"],
          properties: { ratio: number, low: number, high: number, rounds: count },
        },
      },
    },
  },
};

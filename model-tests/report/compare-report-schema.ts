/** The JSON Schema of what `compare` prints as JSON: for scripts that want to rely on it. */
import { schemaParts } from "./schema-parts.ts";

const { count, measured, number, objectOf, rowsOf, seed, text } = schemaParts;
const { texts, told, toldOptions, truth, violation, whole } = schemaParts;

const saved = { type: "boolean", description: "Whether only a saved baseline of it was there." };
const side = objectOf({ ...told, isSaved: saved }, toldOptions);
const values = { base: number, candidate: number } as const;
const time = objectOf({ ratio: number, low: number, high: number, rounds: count });

/** Draft 2020-12. */
export const compareReportSchema: Readonly<Record<string, unknown>> = whole(
  "compare",
  {
    base: side,
    candidate: side,
    seed,
    verdict: { enum: ["passed", "violated", "over budget", "vacuous", "interrupted"] },
    traces: rowsOf({ name: text, calls: count, skipped: count }),
    calls: count,
    measures: rowsOf(
      { name: text, about: text, ...values },
      { worst: objectOf({ trace: text, ...values }) },
    ),
    budgets: rowsOf({ text, measure: text, limit: number, value: number, isExceeded: truth }),
    notes: texts,
    measured: { ...measured, properties: { milliseconds: count, time } },
  },
  {
    violation: violation({ side: { enum: ["base", "candidate"] }, on: text }),
    worst: objectOf({ measure: text, trace: text, file: text }),
  },
);

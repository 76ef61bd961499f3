/** The JSON Schema of what `check` prints as JSON: for scripts that want to rely on it. */
import { schemaParts } from "./schema-parts.ts";

const { broken, count, counts, measured, objectOf, rowsOf, rules, seed } = schemaParts;
const { text, texts, told, toldOptions, violation, whole } = schemaParts;

const VERDICTS = ["passed", "violated", "vacuous", "nondeterministic", "interrupted", "timeout"];

/** Draft 2020-12. */
export const checkReportSchema: Readonly<Record<string, unknown>> = whole(
  "check",
  {
    ...told,
    seed,
    verdict: { enum: VERDICTS },
    runs: count,
    traces: rowsOf({ path: text, calls: count, skipped: count }),
    calls: {
      type: "object",
      required: ["executed", "refused", "skipped", "emulated", "lowered"],
      additionalProperties: count,
    },
    rules,
    marks: counts,
    missed: texts,
    measured,
  },
  {
    ...toldOptions,
    kinds: counts,
    hints: { type: "object", additionalProperties: text },
    tested: { ...counts, description: "How often each rule was put to the test and held." },
    sizes: {
      ...counts,
      description:
        "How often sizes were asked for, by the smallest of each range: 0, 1, 2, 4 … bytes, or pages.",
    },
    violation: violation(),
    once: {
      description: "The rule that was broken once, and not again by the same calls.",
      ...objectOf(broken, { reason: text, run: count }),
    },
    inferred: { type: "object" },
  },
);

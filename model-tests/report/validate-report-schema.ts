/** The JSON Schema of what `validate` prints as JSON: for scripts that want to rely on it. */
import { schemaParts } from "./schema-parts.ts";

const { broken, call, count, measured, objectOf, rules } = schemaParts;
const { saved, story, texts, whole } = schemaParts;

/** The first answer that breaks a rule. */
const violation = objectOf(
  {
    ...broken,
    line: { type: "integer", minimum: 1, description: "The one-based line of the log." },
    call,
    answer: { type: "object", required: ["kind"] },
    facts: texts,
    story,
  },
  saved,
);

/** Draft 2020-12. */
export const validateReportSchema: Readonly<Record<string, unknown>> = whole(
  "validate",
  {
    log: { type: "string", description: "The path of the log, as it was given." },
    format: { enum: ["trace", "recorded", "log", "rep"] },
    verdict: { enum: ["passed", "violated", "vacuous", "interrupted"] },
    calls: objectOf({ judged: count, refused: count, skipped: count }),
    live: {
      description: "What was live at the end, and at most.",
      ...objectOf({ blocks: count, bytes: count, blocksPeak: count, bytesPeak: count }),
    },
    rules,
    missed: texts,
    warnings: texts,
    measured,
  },
  { program: { type: "string", description: "Whose log it is, if it says so." }, violation },
);

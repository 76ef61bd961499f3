/** The JSON Schema of what `witness` prints as JSON: for scripts that want to rely on it. */
import { schemaParts } from "./schema-parts.ts";

const { calls, config, count, counts, objectOf, seed, story } = schemaParts;
const { text, told, toldOptions, trace, truth, whole } = schemaParts;

/** The shortest trace that reaches the situation. */
const found = objectOf(
  { config, calls, run: count, callsBefore: count, executions: count, isShortest: truth },
  { story, trace },
);

/** Draft 2020-12. */
export const witnessReportSchema: Readonly<Record<string, unknown>> = whole(
  "witness",
  {
    ...told,
    mark: text,
    seed,
    verdict: { enum: ["found", "not found"] },
    runs: count,
    broken: { type: "integer", minimum: 0, description: "How many runs broke a rule." },
    marks: { ...counts, description: "The situations that came up, and how often." },
  },
  { ...toldOptions, found },
);

/** The JSON Schema of what `selftest` prints as JSON: for scripts that want to rely on it. */
import { schemaParts } from "./schema-parts.ts";

const { count, measured, rowsOf, seed, text, told, toldOptions, whole } = schemaParts;

const OUTCOMES = ["caught", "missed", "found by another rule", "did not come up", "does not apply"];

/** What became of each fault. */
const shims = rowsOf(
  {
    shim: text,
    rule: { type: "string", description: "The rule that the fault breaks." },
    outcome: { enum: OUTCOMES },
    calls: count,
  },
  {
    foundBy: { type: "string", description: "The rule that found it." },
    reason: { type: "string", description: "Why it does not apply." },
  },
);

/** Draft 2020-12. */
export const selftestReportSchema: Readonly<Record<string, unknown>> = whole(
  "selftest",
  {
    ...told,
    seed,
    verdict: { enum: ["passed", "vacuous", "violated", "interrupted"] },
    shims,
    measured,
  },
  {
    ...toldOptions,
    without: { type: "string", description: "The rule that was not asked." },
    broken: { type: "string", description: "The rule that the subject breaks as it is." },
  },
);

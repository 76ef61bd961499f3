/** Writes the JSON Schemas beside the compiled code: run after every build. */
import { writeFileSync } from "node:fs";
import { machineTraceSchema } from "../trace/machine-trace-schema.ts";
import { traceSchema } from "../trace/trace-schema.ts";
import { checkReportSchema } from "./check-report-schema.ts";
import { compareReportSchema } from "./compare-report-schema.ts";
import { selftestReportSchema } from "./selftest-report-schema.ts";
import { validateReportSchema } from "./validate-report-schema.ts";
import { witnessReportSchema } from "./witness-report-schema.ts";

const folder = new URL("../../", import.meta.url);
const schemas = {
  trace: traceSchema,
  "machine-trace": machineTraceSchema,
  "check-report": checkReportSchema,
  "compare-report": compareReportSchema,
  "selftest-report": selftestReportSchema,
  "validate-report": validateReportSchema,
  "witness-report": witnessReportSchema,
};
for (const [name, schema] of Object.entries(schemas)) {
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  writeFileSync(new URL(`${name}.schema.json`, folder), text);
}

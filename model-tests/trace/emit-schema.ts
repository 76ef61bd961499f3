/** Writes the schema of traces beside the built package: run from `dist` after a build. */
import { writeFileSync } from "node:fs";
import { traceSchema } from "./trace-schema.ts";

const target = new URL("../../trace.schema.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(traceSchema, null, 2)}\n`);

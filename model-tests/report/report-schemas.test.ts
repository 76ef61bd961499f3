/** What the commands print as JSON is as their schemas say, and everything in it is described there. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selftestReportSchema } from "./selftest-report-schema.ts";
import { validateReportSchema } from "./validate-report-schema.ts";
import { witnessReportSchema } from "./witness-report-schema.ts";

const ENTRY = fileURLToPath(new URL("../../dist/model-tests/cli/ariadne.js", import.meta.url));
const STEP = "export default { name: 'step', promises: { alignDefault: 8 }, create: CREATE };";
const RIGHT = `() => {
  let next = 64;
  return { alloc: (size) => (size > 999 ? 0 : (next += 1000)), dealloc() {} };
}`;
const WRONG = "() => ({ alloc() { return 64; }, dealloc() {} })";
const LOG = "# heap-log 1 program=cc1 peak-live-bytes=4096\na 1000 64 16 1\n";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
  writeFileSync(join(folder, "right.mjs"), STEP.replace("CREATE", RIGHT));
  writeFileSync(join(folder, "wrong.mjs"), STEP.replace("CREATE", WRONG));
  writeFileSync(join(folder, "right.log"), LOG);
  writeFileSync(join(folder, "wrong.log"), `${LOG}a 1030 64 16 1\n`);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function printed(words: readonly string[]): Record<string, unknown> {
  const { stdout } = spawnSync(process.execPath, [ENTRY, ...words, "--json"], {
    cwd: folder,
    encoding: "utf8",
  });
  return JSON.parse(stdout);
}

/** `schema` as one that allows nothing that it does not describe. */
function closed(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const parts = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const open = Object.fromEntries(parts);
  const isOpen = "properties" in schema && !("additionalProperties" in schema);
  return isOpen ? { ...open, additionalProperties: false } : open;
}

const SELFTEST = ["selftest", "./right.mjs", "--workers", "1"];
const WITNESS = ["witness", "request refused", "./right.mjs", "--runs", "9", "--calls", "99"];

// biome-ignore format: a table is read by its columns.
test.each([
  ["selftest",  "passed",    selftestReportSchema, SELFTEST],
  ["selftest",  "vacuous",   selftestReportSchema, [...SELFTEST, "--without", "block-aligned"]],
  ["selftest",  "violated",  selftestReportSchema, ["selftest", "./wrong.mjs"]],
  ["witness",   "found",     witnessReportSchema, [...WITNESS, "--executions", "9"]],
  ["witness",   "not found", witnessReportSchema, ["witness", "system switched", ...WITNESS.slice(2)]],
  ["validate",  "passed",    validateReportSchema, ["validate", "right.log"]],
  ["validate",  "violated",  validateReportSchema, ["validate", "wrong.log"]],
])("the report of a %s that is %s is as its schema says", (_, verdict, schema, words) => {
  const report = printed(words);
  const fits = new Ajv2020().compile(closed(schema) as object);

  fits(report);

  expect(fits.errors).toBeNull();
  expect(report["verdict"]).toBe(verdict);
});

test.each([
  ["shims", selftestReportSchema, SELFTEST],
  ["marks", witnessReportSchema, WITNESS],
  ["live", validateReportSchema, ["validate", "wrong.log"]],
] as const)("a report without %s is not as its schema says", (part, schema, words) => {
  const { [part]: left, ...rest } = printed(words);
  const fits = new Ajv2020().compile(schema);

  expect(left).toBeDefined();
  expect(fits(rest)).toBe(false);
});

import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { check } from "../campaign/check.ts";
import type { Subject } from "../subject/subject.ts";
import { checkReportSchema } from "./check-report-schema.ts";
import { junitText } from "./junit.ts";

const validate = new Ajv2020().compile(checkReportSchema);

const silent: Subject = { name: "silent", create: () => ({ alloc: () => 0, dealloc: () => {} }) };
const wrong: Subject = { name: "<wrong>", create: () => ({ alloc: () => 0.5, dealloc: () => {} }) };

test.each([
  [silent, "passed"],
  [wrong, "violated"],
] as const)("the report of a check that %j is as the schema says", async (subject, verdict) => {
  const report = await check({ subject, seed: 1, runs: 5 });

  validate(JSON.parse(JSON.stringify(report)));

  expect(validate.errors).toBeNull();
  expect(report.verdict).toBe(verdict);
});

test("a report without a verdict is not as the schema says", async () => {
  const { verdict, ...rest } = await check({ subject: silent, seed: 1, runs: 1 });

  expect(verdict).toBe("passed");
  expect(validate(rest)).toBe(false);
});

test("names are escaped in XML", async () => {
  const report = await check({ subject: wrong, seed: 1, runs: 1 });

  const text = junitText(report);

  expect(text).toContain("&lt;wrong&gt;");
  expect(text).not.toContain("<wrong>");
});

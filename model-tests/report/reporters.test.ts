/** Reports for other programs: whole, escaped, and saying the same as the report that they are made of. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { check } from "../campaign/check.ts";
import type { Subject } from "../subject/subject.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { robbingHeaps } from "../toys/two-heaps-mutants.ts";
import { githubSummary, githubText } from "./github-text.ts";
import { ndjsonText } from "./ndjson.ts";
import { sarifText } from "./sarif.ts";

/** Its name and what it throws are commands, if nobody escapes them. */
const sly: Subject = {
  name: "sly,file=x::y\n::set-output name=a::b",
  create: () => ({
    alloc: () => {
      throw new Error("100%\r\n::error::no");
    },
    dealloc: () => {},
  }),
};

const failed = await check({ subject: robbingHeaps, seed: 1, runs: 200, calls: 200 });
const slyly = await check({ subject: sly, seed: 1, runs: 2 });
const passed = await check({ subject: plainHeap, seed: 1, runs: 20, calls: 40 });

const text = { type: "object", required: ["text"], properties: { text: { type: "string" } } };
/** What readers of SARIF 2.1.0 rely on, in the words of its own schema. */
const essentials = {
  type: "object",
  required: ["version", "runs"],
  properties: {
    version: { const: "2.1.0" },
    $schema: { type: "string", format: undefined },
    runs: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["tool", "results"],
        properties: {
          tool: {
            type: "object",
            required: ["driver"],
            properties: {
              driver: {
                type: "object",
                required: ["name", "rules"],
                properties: {
                  rules: {
                    type: "array",
                    uniqueItems: true,
                    items: {
                      type: "object",
                      required: ["id"],
                      properties: { shortDescription: text },
                    },
                  },
                },
              },
            },
          },
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          invocations: {
            type: "array",
            items: { type: "object", required: ["executionSuccessful"] },
          },
          results: {
            type: "array",
            items: {
              type: "object",
              required: ["message", "ruleId"],
              properties: {
                level: { enum: ["none", "note", "warning", "error"] },
                ruleIndex: { type: "integer", minimum: 0 },
                message: text,
                locations: { type: "array" },
                codeFlows: {
                  type: "array",
                  items: {
                    type: "object",
                    required: ["threadFlows"],
                    properties: {
                      threadFlows: {
                        type: "array",
                        minItems: 1,
                        items: {
                          type: "object",
                          required: ["locations", "id"],
                          properties: {
                            locations: {
                              type: "array",
                              minItems: 1,
                              items: {
                                type: "object",
                                properties: {
                                  executionOrder: { type: "integer", minimum: 1 },
                                  importance: { enum: ["important", "essential", "unimportant"] },
                                  location: { type: "object", properties: { message: text } },
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
                partialFingerprints: {
                  type: "object",
                  additionalProperties: { type: "string" },
                },
              },
            },
          },
        },
      },
    },
  },
};

test("SARIF has what its readers rely on, of a failure and of a pass", () => {
  const isValid = new Ajv2020({ strict: false }).compile(essentials);

  for (const report of [failed, passed, slyly]) {
    isValid(JSON.parse(sarifText(report)));
    expect(isValid.errors).toBeNull();
  }
});

test("a broken rule is a result with one thread for each core, in the order of the calls", () => {
  const [run] = JSON.parse(sarifText(failed)).runs;
  const [result] = run.results;

  const threads = result.codeFlows[0].threadFlows;
  expect(run.tool.driver.rules[result.ruleIndex].id).toBe("page-moves-empty");
  const cores = new Set(failed.violation?.calls.map(({ core }) => core));
  expect(threads.map(({ id }: { id: string }) => id)).toEqual(
    [...cores].sort().map((c) => `core ${c}`),
  );
  expect(cores.size).toBe(2);
  const orders = threads.flatMap(({ locations }: { locations: { executionOrder: number }[] }) =>
    locations.map(({ executionOrder }) => executionOrder),
  );
  expect(orders.sort()).toEqual(failed.violation?.calls.map((_, index) => index + 1));
});

test("nothing that a subject says is a command of GitHub", () => {
  const lines = githubText(slyly).trimEnd().split("\n");

  expect(lines.length).toBe(1);
  expect(lines[0]).toMatch(/^::error title=sly%2Cfile=x%3A%3Ay%0A%3A%3Aset-output [^:]*::/);
  expect(githubText(slyly)).not.toContain("\r");
});

test("an annotation points to the module, and one of a pass says how much was tested", () => {
  const ofModule = githubText({ ...failed, subject: "./src/mine.ts" });

  expect(ofModule).toMatch(
    /^::error file=src\/mine.ts,title=robbing-heaps breaks page-moves-empty::/,
  );
  expect(githubText(passed)).toMatch(/^::notice title=plain-heap passed::\d+ of \d+ rules tested/);
});

test("the summary of a job names the rule, the calls and what was not tested", () => {
  const summary = githubSummary(failed);

  expect(summary).toContain("### Ariadne: robbing-heaps violated");
  expect(summary).toContain("**page-moves-empty**");
  expect(summary).toContain("Not tested: ");
  expect(githubSummary(slyly)).not.toMatch(/^::/m);
});

test("every line of NDJSON is an object, and the last one is the verdict", () => {
  for (const report of [failed, passed, slyly]) {
    const records = ndjsonText(report)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

    expect(records[0].t).toBe("begin");
    expect(records.at(-1)).toMatchObject({ t: "end", verdict: report.verdict, exit: report.exit });
    const rules = records
      .filter(({ t }) => t === "rule")
      .map(({ rule, finding }) => [rule, finding]);
    expect(Object.fromEntries(rules)).toEqual(report.rules);
  }
});

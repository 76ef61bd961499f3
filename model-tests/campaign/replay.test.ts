import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { replay } from "./replay.ts";

const HEAD =
  '{"t":"trace","v":1,"config":{"cores":1,"memoryBytes":256},"rule":"live-blocks-disjoint"}';
const CALLS = [
  '{"t":"call","call":"alloc","id":"a","size":8,"align":1}',
  '{"t":"call","call":"alloc","id":"b","size":8,"align":1}',
  '{"t":"call","call":"dealloc","ref":"a"}',
];

const subjectText = (step: string): string =>
  `let made = 0;
export default { name: "sample", create() { let next = 64; made += 1; return {
  alloc(size) { const at = next; next += ${step}; return at; }, dealloc() {} }; } };`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function trace(...answers: readonly string[]): string {
  const lines = CALLS.flatMap((call, index) => [call, ...(answers[index] ? [answers[index]] : [])]);
  return `${[HEAD, ...lines].join("\n")}\n`;
}

function write(name: string, step: string): string {
  writeFileSync(join(folder, name), subjectText(step));
  return `./${name}`;
}

test("a trace breaks its rule on a wrong subject, and none on a right one", async () => {
  const wrong = write("wrong.mjs", "4");
  const right = write("right.mjs", "size");

  const before = await replay({ trace: trace(), subject: wrong, directory: folder });
  const after = await replay({ trace: trace(), subject: right, directory: folder });

  expect([before.verdict, before.exit, before.violation?.rule, before.violation?.at]).toEqual([
    "violated",
    1,
    "live-blocks-disjoint",
    1,
  ]);
  expect([after.verdict, after.exit, after.calls]).toEqual(["passed", 0, 3]);
});

test("a subject that answers otherwise the second time is not deterministic", async () => {
  const subject = write("fickle.mjs", "made % 2 === 0 ? 4 : size");

  const report = await replay({ trace: trace(), subject, directory: folder });

  expect([report.verdict, report.exit]).toEqual(["nondeterministic", 5]);
});

test("recorded answers count only where that is asked for", async () => {
  const subject = write("other.mjs", "16");
  const recorded = trace('{"t":"answer","placed":"0x40"}', '{"t":"answer","placed":"0x48"}');

  const loose = await replay({ trace: recorded, subject, directory: folder });
  const strict = await replay({ trace: recorded, subject, directory: folder, isStrict: true });

  expect([loose.verdict, loose.exit]).toEqual(["passed", 0]);
  expect([strict.verdict, strict.exit, strict.differsAt]).toEqual(["nondeterministic", 5, 1]);
});

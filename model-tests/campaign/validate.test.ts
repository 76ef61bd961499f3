import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { validateText } from "../report/validate-text.ts";
import { type ValidateOptions, validate } from "./validate.ts";

const HEADER = '{"t":"trace","v":1,"config":{"cores":1,"memoryBytes":4096}}';
const LOG = "# heap-log 1 program=cc1 peak-live-bytes=4096";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-validate-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function judged(lines: readonly string[], options: Omit<ValidateOptions, "log"> = {}) {
  const log = join(folder, "it.log");
  writeFileSync(log, `${lines.join("\n")}\n`);
  return validate({ log, directory: folder, ...options });
}

const alloc = (id: string, size: number, align: number): string =>
  `{"t":"call","call":"alloc","id":"${id}","size":${size},"align":${align}}`;
const placed = (address: string): string => `{"t":"answer","placed":"${address}"}`;

test("a log that keeps the rules passes, and says what was live", async () => {
  const report = await judged([
    LOG,
    "a 1000 64 16 1",
    "a 1040 64 16 1",
    "f 1000 1",
    "a 1000 8 8 2",
  ]);

  expect(report).toMatchObject({
    verdict: "passed",
    exit: 0,
    format: "log",
    program: "cc1",
    calls: { judged: 4, refused: 0, skipped: 0 },
    live: { blocks: 2, bytes: 72, blocksPeak: 2, bytesPeak: 128 },
  });
  expect(report.rules["live-blocks-disjoint"]).toBe("held");
  expect(report.rules["live-block-freeable"]).toBe("not tested");
  expect(report.rules["payload-intact"]).toBe("not tested");
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["live-blocks-disjoint", [LOG, "a 1000 64 16 1", "a 1030 64 16 1"],                            {}, "b [V0x1030, V0x1070) shares 16 bytes with a [V0x1000, V0x1040), placed in line 2"],
  ["live-blocks-disjoint", [LOG, "a 1000 64 16 1", "a 2000 8 8 1", "b 2000 64 1", "e fc8 1"],    {}, "b [V0x0fc8, V0x1008) shares 8 bytes with a"],
  ["block-aligned",        [LOG, "a 1000 64 16 1", "a 2008 64 16 1"],                            {}, "V0x2008 is 8 above a multiple of 16"],
  ["block-in-extent",      [LOG, "a 1000 8 8 1", "a 1ff9 8 1 1"],  { extent: [{ start: 4096, size: 4096 }] }, "[V0x1ff9, V0x2001) is not within [V0x1000, V0x2000)"],
  ["live-block-freeable",  [HEADER, alloc("a", 8, 8), placed("0x40"), '{"t":"call","call":"dealloc","ref":"a"}', '{"t":"answer","refused":true}'], {}, undefined],
  ["call-returns",         [HEADER, alloc("a", 8, 8), placed("0x40"), alloc("b", 8, 8), '{"t":"answer","threw":true}'], {}, undefined],
  ["block-aligned",        [HEADER, alloc("a", 16, 1), placed("0x40"), alloc("b", 16, 1), placed("0x58")], { promises: "c-malloc" }, "V0x0058 is 8 above a multiple of 16"],
] as const)("what breaks %s is told, and saved up to there: %j", async (rule, lines, options, fact) => {
  const report = await judged([...lines, ...lines.slice(1, 1)], options);
  const path = join(folder, report.violation?.trace ?? "");
  const again = await validate({ log: path, directory: folder, ...options });

  expect(report).toMatchObject({ verdict: "violated", exit: 1, violation: { rule } });
  if (fact !== undefined) expect(report.violation?.facts.join("\n")).toContain(fact);
  expect(report.rules[rule]).toBe("violated");
  expect(again.violation).toMatchObject({ rule, at: report.violation?.at });
  expect(validateText(report, "")).toMatch(/\nReproduce: npx ariadne validate \.ariadne\/logs\/it-/);
});

test("what follows the offending call is not saved", async () => {
  const report = await judged([LOG, "a 1000 64 16 1", "a 1000 64 16 1", "a 9000 8 8 1"]);

  const saved = readFileSync(join(folder, report.violation?.trace ?? ""), "utf8");

  expect(saved.trim().split("\n")).toHaveLength(6);
  expect(saved).not.toContain("0x9000");
});

test("a log is read whether it is packed or not, and its report says the same", async () => {
  const text = `${LOG}\na 1000 64 16 1\nf 1000 1\n`;
  const log = join(folder, "packed");
  writeFileSync(log, gzipSync(text));

  const { measured: _, log: __, ...packed } = await validate({ log, directory: folder });
  const { measured: ___, log: ____, ...plain } = await judged(text.trim().split("\n"));

  expect(packed).toEqual(plain);
});

test("a log with too few answers is vacuous, and one without any is refused", async () => {
  const some = await judged([HEADER, alloc("a", 8, 8), placed("0x40"), alloc("b", 8, 8)]);
  const empty = await judged([LOG]);

  expect(some).toMatchObject({ verdict: "vacuous", exit: 4 });
  expect(some.missed).toEqual(["1 of 2 calls could not be judged"]);
  expect(empty).toMatchObject({ verdict: "vacuous", missed: ["the log has no call"] });
  await expect(judged([HEADER, alloc("a", 8, 8)])).rejects.toThrow("has no answers");
  await expect(
    judged(["# heap-calls 1 program=x calls=0 blocks=0 threads=1 peak-live-bytes=0 left-live=0"]),
  ).rejects.toThrow("has no answers");
});

test("a line at fault is named", async () => {
  await expect(judged([LOG, "a 1000 64 16 1", "what?"])).rejects.toThrow("line 3: a record is");
  await expect(judged(["hello"])).rejects.toThrow("line 1: a file of calls begins as");
});

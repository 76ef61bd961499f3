import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { validateText } from "../report/validate-text.ts";
import { liveBytes } from "../trace/live-bytes.fixture.ts";
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

// biome-ignore format: a table is read by its columns.
test.each([
  ["a packed log that is cut",       gzipSync(`${LOG}\n${"a 1000 64 16 1\nf 1000 1\n".repeat(5000)}`).subarray(0, 90), "the compressed data ends too early"],
  ["a log that is cut",              `${LOG}\na 1000 64 16 1\nf 10`,                                                "line 3: the file ends in the middle of a line"],
  ["a trace that is cut",            `${HEADER}\n${alloc("a", 8, 8)}\n{"t":"ans`,                                   "line 3: the file ends in the middle of a record"],
  ["a trace that is not JSON",       `${HEADER}\n${alloc("a", 8, 8)}\n${placed("0x40")}\n{"t":call}\n`,             'line 4: this is not JSON: "{\\"t\\":call}"'],
  ["a trace that is no text",        Buffer.concat([Buffer.from(`${HEADER}\n${alloc("a", 8, 8)}\n`), Buffer.of(255, 10)]), "line 3: this is not UTF-8 text"],
  ["a log that is no text",          Buffer.concat([Buffer.from(`${LOG}\na 1000 8 8 1\nf 1000 `), Buffer.of(128, 10)]),   "line 3: this is not UTF-8 text"],
  ["a trace with one id twice",      `${HEADER}\n${alloc("a", 8, 8)}\n${alloc("a", 8, 8)}\n`,                       'line 3: the id "a" is taken by a block before'],
  ["a trace with a core too many",   `${HEADER}\n${alloc("a", 8, 8).replace('"call":', '"core":1,"call":')}\n`,     "line 2: core 1 is not one of the 1"],
  ["an answer to nobody",            `${HEADER}\n${placed("0x40")}\n`,                                             "line 2: an answer follows the call"],
  ["a line that is too long",        `${LOG}\n${"f".repeat(1_048_577)}\n`,                                         "line 2: a line has at most 1 MiB"],
] as const)("%s is told in one sentence", async (_, content, sentence) => {
  const log = join(folder, "broken");
  writeFileSync(log, content);

  await expect(validate({ log, directory: folder })).rejects.toThrow(sentence);
});

test("a violation is told although nothing can be read after it", async () => {
  const report = await judged([LOG, "a 1000 64 16 1", "a 1000 64 16 1", "what?"]);

  expect(report.violation).toMatchObject({ rule: "live-blocks-disjoint", line: 3 });
  expect(report.violation?.trace).toMatch(/\.trace\.jsonl$/);
});

const LIVE = 10;

// biome-ignore format: a table is read by its columns.
test.each([
  ["a log of the recorder",         LOG,    (block: number) => `a ${(64 * (block + 1)).toString(16)} 8 8 1\n`, (block: number) => `f ${(64 * (block + 1)).toString(16)} 1\n`],
  ["a trace whose ids are short",   HEADER, ...writers((block) => `b${block}`)],
  ["a trace whose ids are texts",   HEADER, ...writers((block) => `block number ${block}`)],
] as const)("a million events of %s take no more memory than the blocks that are alive", async (_, header, take, free) => {
  const lines = [header, "\n"];
  for (let block = 0; block < 500_000; block++) {
    lines.push(take(block));
    if (block >= LIVE) lines.push(free(block - LIVE));
  }
  const log = join(folder, "long");
  writeFileSync(log, gzipSync(lines.join("")));
  lines.length = 0;
  const used: number[] = [];
  let next = 100_000;

  const report = await validate({
    log,
    directory: folder,
    onProgress: (calls) => {
      if (calls < next) return;
      next += 100_000;
      used.push(liveBytes() + process.memoryUsage().arrayBuffers);
    },
  });

  expect(report).toMatchObject({ verdict: "passed", calls: { judged: 999_990 } });
  expect(report.live.blocksPeak).toBe(LIVE + 1);
  expect(used.length).toBeGreaterThan(7);
  expect(Math.max(...used.slice(1)) - used[0]!).toBeLessThan(4_000_000);
});

function writers(id: (block: number) => string) {
  const take = (block: number) =>
    `${alloc(id(block), 8, 8)}\n${placed(`0x${(64 * (block + 1)).toString(16)}`)}\n`;
  const free = (block: number) =>
    `{"t":"call","call":"dealloc","ref":"${id(block)}"}\n{"t":"answer","released":true}\n`;
  return [take, free] as const;
}

test("a line at fault is named", async () => {
  await expect(judged([LOG, "a 1000 64 16 1", "what?"])).rejects.toThrow("line 3: a record is");
  await expect(judged(["hello"])).rejects.toThrow("line 1: a file of calls begins as");
});

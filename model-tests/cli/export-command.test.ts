/** `ariadne export` as its help shows it: every command line there is run, on a trace that fails. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compilerFor } from "../export/compiled.ts";
import { needing } from "../needs/needing.fixture.ts";

const MAIN = new URL("../../dist/model-tests/cli/main.js", import.meta.url).href;

/** Runs one command after the other in one process, each with the PATH that it is given. */
const RUNNER = `
const { main } = await import(${JSON.stringify(MAIN)});
const ended = [];
for (const { words, path } of JSON.parse(process.argv[1])) {
  const heard = { out: "", err: "" };
  const { stdout, stderr } = process;
  const [out, err, before] = [stdout.write, stderr.write, process.env.PATH];
  stdout.write = (text) => { heard.out += text; return true; };
  stderr.write = (text) => { heard.err += text; return true; };
  if (path !== undefined) process.env.PATH = path;
  const code = await main(words);
  process.env.PATH = before;
  Object.assign(stdout, { write: out });
  Object.assign(stderr, { write: err });
  ended.push({ code, ...heard });
}
process.stdout.write(JSON.stringify(ended));
`;

const TRACE = [
  { t: "trace", v: 1, subject: "block", config: { memoryBytes: 4096, cores: 1 } },
  { t: "call", call: "alloc", id: "a", size: 64, align: 8 },
  { t: "answer", placed: "0x40" },
  { t: "call", call: "alloc", id: "b", size: 8, align: 8 },
  { t: "answer", placed: "0x48" },
  { t: "verdict", rejected: "live-blocks-disjoint", at: 1 },
];

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What the tests below look at, asked for in two processes: starting one takes longer than its work. */
const QUESTIONS = {
  help: { words: ["export", "--help"] },
  idlePrefix: exporting("--to", "rust", "--prefix", "mi_"),
  oddPrefix: exporting("--to", "c", "--prefix", "mi-"),
  idleSubject: exporting("--to", "c", "--subject", "block"),
  oddSubject: exporting("--to", "itf", "--subject", "no-such"),
  unsayable: { words: ["export", "switch.trace.jsonl", "--to", "c", "--output", "switch.c"] },
  uncompiled: { ...exporting("--to", "c"), path: "." },
  answered: exporting("--to", "itf", "--subject", "hole-list"),
};

let folder = "";
let answers: Partial<Record<keyof typeof QUESTIONS, Ended>> = {};
let shown: readonly string[] = [];
let written: readonly Ended[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-export-"));
  writeTrace("x.trace.jsonl", TRACE);
  writeTrace("switch.trace.jsonl", [TRACE[0] ?? {}, { t: "call", call: "switch" }]);
  const ended = ariadne(...Object.values(QUESTIONS));
  answers = Object.fromEntries(Object.keys(QUESTIONS).map((key, index) => [key, ended[index]]));
  const [, examples = ""] = answers.help?.out.split("Examples:\n") ?? [];
  const lines = examples.trim().split("\n");
  shown = lines.map((line) => line.trim().split(/ {2,}/)[0] ?? "");
  const own = shown.filter((line) => line.startsWith("ariadne "));
  written = ariadne(...own.map((line) => ({ words: line.split(" ").slice(1) })));
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function writeTrace(name: string, records: readonly object[]): void {
  writeFileSync(join(folder, name), records.map((record) => JSON.stringify(record)).join("\n"));
}

function ariadne(...lines: { words: readonly string[]; path?: string }[]): readonly Ended[] {
  const words = ["--input-type=module", "-e", RUNNER, JSON.stringify(lines)];
  const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  return JSON.parse(stdout) as Ended[];
}

function exporting(...words: readonly string[]): { words: readonly string[] } {
  return { words: ["export", "x.trace.jsonl", ...words] };
}

test("every command line of ariadne that the help shows writes what it says", () => {
  expect(written.length).toBe(5);
  expect(written).toEqual(written.map(() => ({ code: 0, out: "", err: expect.any(String) })));
  expect(readFileSync(join(folder, "x.itf.json"), "utf8")).toContain('"mbt::actionTaken":"alloc"');
});

for (const [format, starting] of [
  ["c", "cc "],
  ["rust", "rustc "],
] as const) {
  const isThere = compilerFor(format) === starting.trim();
  const needs = needing(format === "c" ? "a C compiler" : "rustc");
  test.skipIf(!isThere)(`${needs}the ${starting}line that the help shows judges`, () => {
    const [line = "", ...rest] = shown.filter((each) => each.startsWith(starting));
    const { status, stdout } = spawnSync("sh", ["-c", line], { cwd: folder, encoding: "utf8" });

    expect(rest).toEqual([]);
    expect(stdout).toBe("not reproduced: every rule that is checked here is kept\n");
    expect(status).toBe(0);
  });
}

test("what makes no sense, or cannot be said, is one sentence and exit 2, and nothing is written", () => {
  const { idlePrefix, oddPrefix, idleSubject, oddSubject, unsayable } = answers;
  const ended = [idlePrefix, oddPrefix, idleSubject, oddSubject, unsayable];

  expect(ended.map((each) => [each?.code, each?.out])).toEqual(ended.map(() => [2, ""]));
  expect(ended.map((each) => each?.err.split(" (")[0]?.trim())).toEqual([
    "ariadne: --prefix is for c, not for rust",
    'ariadne: --prefix takes the beginning of a name in C, like mi_, not "mi-"',
    "ariadne: --subject is for itf and html, not for c",
    'ariadne: "no-such" is no built-in subject',
    "ariadne: as c, call 1",
  ]);
  expect(() => readFileSync(join(folder, "switch.c"))).toThrow("ENOENT");
});

test("where no compiler is installed the program is written, and that is said", () => {
  expect(answers.uncompiled).toEqual({
    code: 0,
    out: expect.stringContaining("int main(void) {"),
    err: "ariadne: not compiled before it is written: no C compiler is installed (cc, gcc, clang)\n",
  });
});

test("a subject that is named gives the answers and the extent of the states", () => {
  expect(answers.answered).toMatchObject({ code: 0, err: "" });
  expect(answers.answered?.out).toContain('"status":"ok"');
  expect(answers.answered?.out).toContain('"extent":{"#set":[{"start":{"#bigint":');
});

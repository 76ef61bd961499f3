/**
 * Every line for a shell that the README or a help shows is run here, in the order in which it stands there, or
 * is left out for a reason that is said: a line that is in neither table fails, and so does one that is shown no more.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilerFor } from "../export/compiled.ts";
import { HAS_KOFFI } from "../native/has-koffi.fixture.ts";
import { needed } from "../needs/needed.fixture.ts";
import { linesOfHelp, linesOfPage } from "./shown-lines.fixture.ts";

const ROOT = new URL("../../", import.meta.url);
const ENTRY = fileURLToPath(new URL("dist/model-tests/cli/ariadne.js", ROOT));
const README = readFileSync(new URL("README.md", ROOT), "utf8");
const DRIVER = fileURLToPath(new URL("model-tests/stdio/samples/driver.py", ROOT));
const COMMANDS = ["", "export", "record", "validate", "witness", "compare", "selftest"];

interface Run {
  /** The exit code; 0 if absent. */
  readonly exit?: number;
  /** What is said at the end of it all, if that has to be looked at. */
  readonly says?: string;
  /** Words for less of the same. */
  readonly more?: string;
  /** What of the machine the line needs. */
  readonly needs?: readonly ("a C compiler" | "rustc" | "python3" | "koffi")[];
}

const C: Run = { needs: ["a C compiler"] };
const NATIVE: Run = { needs: ["a C compiler", "koffi"] };
const FEW: Run = { more: "--runs 20" };
const FEW_OF_C: Run = { ...C, more: "--runs 20" };

/** What is run, and how it ends. */
// biome-ignore format: a line for each line
const RUNS: Readonly<Record<string, Run>> = {
  "npx ariadne init typescript": {},
  "npx ariadne check ./subject.ts": FEW,
  "npx ariadne init wasm": {},
  "npx ariadne check ./allocator.wasm": FEW,
  "npx ariadne check --stdio \"./my-allocator-driver\"": { needs: ["python3"], more: "--runs 5" },
  "npx ariadne record out.log -- ./program": C,
  "npx ariadne validate out.log": C,
  "npx ariadne init native": {},
  "cc -O1 -shared -fPIC -o liballocator.so allocator.c": C,
  "npx ariadne check ./liballocator.so --prefix my_": { ...NATIVE, more: "--runs 20" },
  "sed -i 's/block->size < size/block->size + 16 < size/' allocator.c": {},
  "npx ariadne check ./liballocator.so --prefix my_ --seed 1": { ...NATIVE, exit: 1, says: "4 calls" },
  "cp .ariadne/failures/liballocator.so-payload-intact-0x1-run0.trace.jsonl story.trace.jsonl": NATIVE,
  "npx ariadne replay story.trace.jsonl": { ...NATIVE, exit: 1 },
  "npx ariadne export story.trace.jsonl --to c --prefix my_ --output story.c": NATIVE,
  "cc -std=c11 story.c ./liballocator.so -o story && ./story": { ...NATIVE, exit: 1, says: "reproduced: call 4" },
  "npx ariadne check combination": FEW,
  "npx ariadne interleave combination": FEW,
  "npx ariadne check machine": FEW,
  "npx ariadne doctor": {},
  "ariadne check": FEW,
  "ariadne check ./mine.ts --seed 42": FEW,
  "ariadne check ./mine.ts --trace calls.gz": FEW,
  "ariadne check --stdio \"./my-driver\"": { needs: ["python3"], more: "--runs 5" },
  "ariadne replay .ariadne/failures/x.trace.jsonl ./mine.ts": {},
  "ariadne show .ariadne/failures/x.trace.jsonl ./mine.ts": {},
  "ariadne explore ./mine.ts --scope tiny --depth 5": { more: "--depth 3" },
  "ariadne record out.log -- ./program": C,
  "ariadne validate out.log": C,
  "ariadne init typescript": { more: "--force" },
  "ariadne selftest ./mine.ts": {},
  "ariadne compare ./old.ts ./mine.ts --budget peak=+5%": { more: "--runs 1 --no-recorded" },
  "ariadne witness \"address used again\" ./mine.ts": {},
  "ariadne record out.log -- ./program --fast": C,
  "ariadne import out.log --output out.trace.jsonl": C,
  "ariadne check ./mine.ts --trace out.log": FEW_OF_C,
  "ariadne witness \"heap closed\"": {},
  "ariadne witness none ./mine.ts": { exit: 4 },
  "ariadne compare block ./mine.ts": { more: "--runs 1 --no-recorded" },
  "ariadne compare ./old.ts ./new.ts --budget peak=+5%": { more: "--runs 1 --no-recorded" },
  "ariadne compare --save baseline.json ./mine.ts": { more: "--runs 1 --no-recorded" },
  "ariadne compare baseline.json ./mine.ts --budget peak=+5% --budget refused=+0": { more: "--runs 1 --no-recorded" },
  "ariadne selftest ./mine.ts --without payload-intact": { exit: 4 },
};

/** What is not run here, and why. */
// biome-ignore format: a line for each line
const LEFT_OUT: Readonly<Record<string, string>> = {
  "npm ci && npm start": "installs; start.ts is what check does",
  "npm ci && npm test": "is this",
  "npm i ariadne-heap": "installs what is tested here",
  "npm i koffi": "installs",
  "npx ariadne check thi.ng-malloc --size-max 64 --seed 94": "takes twenty seconds; published.test.ts has the story",
  "npx ariadne check ./my.wasm --prefix my_": "wasm-commands.test.ts names the functions of a module",
  "npx ariadne check ./my.wasm --alloc Ee --dealloc Fe": "wasm-commands.test.ts names the functions of a module",
  "npx ariadne check libmimalloc.so.2 --prefix mi_": "installed-libraries.test.ts asks what is installed",
  "ariadne check libmimalloc.so.2 --prefix mi_": "installed-libraries.test.ts asks what is installed",
  "npx ariadne check theseus": "takes as long as ten others; model-tests/theseus checks it",
  "npx ariadne explore machine": "takes a minute; explore-machine is asked in machine-commands.test.ts",
  "ariadne shrink long.trace.jsonl ./mine.ts --certify": "there is nothing to shorten of what is right; cli.test.ts certifies",
  "ariadne compare --base-stdio ./old-driver --stdio ./new-driver": "stdio-sides.test.ts compares two drivers",
  "ariadne prove live-blocks-disjoint": "prove-command.test.ts proves what a filter names",
  "ariadne export x.trace.jsonl --to c --output x.c": "export-command.test.ts runs it",
  "cc -std=c11 x.c -o x && ./x": "export-command.test.ts runs it",
  "ariadne export x.trace.jsonl --to c --prefix mi_ --output mi.c": "export-command.test.ts runs it",
  "ariadne export x.trace.jsonl --to rust --output x.rs": "export-command.test.ts runs it",
  "rustc x.rs -o x && ./x": "export-command.test.ts runs it",
  "ariadne export x.trace.jsonl --to itf --output x.itf.json": "export-command.test.ts runs it",
  "ariadne export x.trace.jsonl --to vitest --output x.test.ts": "export-command.test.ts runs it",
  "ariadne record out.log --preload ./libmine.so -- ./program": "record-program.test.ts records another's malloc",
  "ariadne validate boot.trace.jsonl --promises kernel --extent 0x10000+65536": "validate.test.ts has such a log",
};

const TRACE = `{"t":"trace","v":1,"config":{"memoryBytes":4096,"cores":1}}
{"t":"call","call":"alloc","id":"a","size":64,"align":8}
{"t":"call","call":"alloc","id":"b","size":8,"align":8}
{"t":"call","call":"dealloc","ref":"a"}
`;

const helps = COMMANDS.map((command) => {
  const words = [ENTRY, ...(command === "" ? [] : [command]), "--help"];
  return spawnSync(process.execPath, words, { encoding: "utf8" }).stdout;
});
const guide = linesOfPage(README);
const rest = new Set(helps.flatMap(linesOfHelp));
const shown = [...guide, ...[...rest].filter((line) => !guide.includes(line))];
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-guide-"));
  mkdirSync(join(folder, ".ariadne", "failures"), { recursive: true });
  writeProgram("bin/ariadne", `exec "${process.execPath}" "${ENTRY}" "$@" $MORE`);
  writeProgram("bin/npx", 'shift; exec ariadne "$@"');
  writeProgram("program", "exec ls /");
  for (const driver of ["my-driver", "my-allocator-driver"]) {
    writeProgram(driver, `exec python3 "${DRIVER}"`);
  }
  for (const file of ["long.trace.jsonl", ".ariadne/failures/x.trace.jsonl", "calls.gz"]) {
    writeFileSync(join(folder, file), TRACE);
  }
  shell("ariadne init typescript && cp subject.ts old.ts && cp subject.ts new.ts");
  shell("mv subject.ts mine.ts");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("every line that is shown is run, or left out for a reason", () => {
  const said = [...Object.keys(RUNS), ...Object.keys(LEFT_OUT)];

  expect(shown.filter((line) => !said.includes(line))).toEqual([]);
  expect(said.filter((line) => !shown.includes(line))).toEqual([]);
  expect(new Set(said).size).toBe(said.length);
});

describe("a line that is shown", () => {
  for (const line of shown) {
    const run = RUNS[line];
    if (run === undefined) continue;
    const { exit = 0, says = "", more = "", needs = [] } = run;
    const { isThere, title } = needed(Object.fromEntries(needs.map((need) => [need, has(need)])));
    test.skipIf(!isThere)(`${title}does what it says: ${line}`, () => {
      const { status, stdout, stderr } = shell(line, more);

      expect(status, `${stdout}${stderr}`).toBe(exit);
      expect(stdout).toContain(says);
    });
  }
});

function has(need: NonNullable<Run["needs"]>[number]): boolean {
  if (need === "koffi") return HAS_KOFFI;
  if (need === "a C compiler") return compilerFor("c") === "cc" && process.platform === "linux";
  if (need === "rustc") return compilerFor("rust") !== undefined;
  return spawnSync("python3", ["--version"]).status === 0;
}

function shell(line: string, more = "") {
  const path = `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  const env = { ...process.env, NO_COLOR: "1", PATH: path, MORE: more };
  return spawnSync("sh", ["-c", line], { cwd: folder, env, encoding: "utf8" });
}

function writeProgram(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

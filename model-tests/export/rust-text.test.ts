/** Programs in Rust, compiled and run against an allocator that keeps every rule and breaks one on demand. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Trace, type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { needing } from "../needs/needing.fixture.ts";
import { compiled, compilerFor } from "./compiled.ts";
import { exportTrace } from "./export-trace.ts";
import { FAULTY_RUST } from "./faulty-allocators.fixture.ts";

const [a, b, c] = [blockName(0), blockName(1), blockName(2)];
const compiler = compilerFor("rust") ?? "";
const needs = needing("rustc");
const compiling = test.skipIf(compiler === "");
const CONFIG = { memoryBytes: 4096, cores: 1 };
const PLACE = "type Judged = std::alloc::System;\nstatic JUDGED: Judged = std::alloc::System;\n";

const CALLS: readonly TraceCall[] = [
  traceCall({ kind: "alloc", name: a, size: 24, align: 8 }),
  traceCall({ kind: "alloc", name: b, size: 40, align: 8 }),
  traceCall({ kind: "realloc", name: a, size: 300 }),
  traceCall({ kind: "allocZeroed", name: c, size: 33, align: 16 }),
  traceCall({ kind: "dealloc", name: b }),
  traceCall({ kind: "dealloc", name: a }),
];

const DOUBLE_FREE = traceCall({ kind: "dealloc", name: b, misuse: "double-free" });

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-rust-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The program that makes the calls of `trace` on the allocator that is faulty on demand. */
function built(name: string, trace: Trace): string {
  const { text } = exportTrace(trace, "rust");
  expect(text).toContain(PLACE);
  const own = text.replace(PLACE, FAULTY_RUST).replace("from_secs(10)", "from_millis(500)");
  writeFileSync(join(folder, `${name}.rs`), own);
  const words = ["-D", "warnings", "--edition", "2021", `${name}.rs`, "-o", name];
  const { status, stderr } = spawnSync(compiler, words, { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return join(folder, name);
}

function run(program: string, fault = ""): string {
  const { status, stdout } = spawnSync(program, { env: { FAULT: fault }, encoding: "utf8" });
  return `${fault}: ${status} ${/ breaks ([\w-]+)/.exec(stdout)?.[1] ?? stdout.trim()}`;
}

compiling(`${needs}the rule decides that the trace broke, and another one is told apart`, () => {
  const verdict = { rejected: "live-blocks-disjoint", at: 1 };
  const program = built("disjoint", { version: 1, config: CONFIG, calls: CALLS, verdict });

  // biome-ignore format: a table is read by its columns.
  expect(["", "refuse", "overlap", "misplace", "scribble", "dirty", "forget", "far", "panic",
    "abort", "exit", "decline", "fault", "hang"].map((fault) => run(program, fault))).toEqual([
    ": 0 not reproduced: every rule that is checked here is kept",
    "refuse: 0 not reproduced: every rule that is checked here is kept",
    "overlap: 1 live-blocks-disjoint",
    "misplace: 2 block-aligned",
    "scribble: 2 payload-intact",
    "dirty: 2 zeroed-is-zero",
    "forget: 2 realloc-keeps-prefix",
    "far: 2 block-in-extent",
    "panic: 2 call-returns",
    "abort: 2 call-returns",
    "exit: 2 call-returns",
    "decline: 2 call-returns",
    "fault: 2 call-returns",
    "hang: 2 call-terminates",
  ]);
});

compiling(`${needs}misuse is rejected by ending the program on purpose`, () => {
  const calls = [...CALLS, DOUBLE_FREE];
  const program = built("double", { version: 1, config: CONFIG, calls, rule: "misuse-rejected" });

  expect(run(program)).toBe(": 0 not reproduced: the misuse is rejected");
  expect(run(program, "accept")).toBe("accept: 1 misuse-rejected");
});

compiling(`${needs}no name of a file gets out of its comment`, () => {
  const subject = '*/ " \\ \u202e\u2066 \r\nfn main() {}';
  const rule = "live-block-freeable";
  const { text } = exportTrace({ version: 1, config: CONFIG, calls: CALLS, subject, rule }, "rust");

  expect(compiled("rust", text)).toEqual({ kind: "clean", compiler });
  expect([...text].every((sign) => sign === "\n" || (sign >= " " && sign <= "~"))).toBe(true);
});

test("what GlobalAlloc cannot be asked is refused with the first call that asks it", () => {
  const said = (...calls: TraceCall[]) => {
    return () => exportTrace({ version: 1, config: CONFIG, calls: [...CALLS, ...calls] }, "rust");
  };
  const empty = traceCall({ kind: "alloc", name: b, size: 0, align: 1 });

  expect(said(empty)).toThrow(
    "as rust, call 7 (b = alloc 0 align 1) asks for no bytes, which GlobalAlloc may not be asked for",
  );
  expect(said(traceCall({ kind: "usableSize", name: c }))).toThrow("GlobalAlloc does not know it");
  expect(said(DOUBLE_FREE, DOUBLE_FREE)).toThrow("a program may not survive");
});

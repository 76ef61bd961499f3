/** Modules as subjects: what is wrong in one is told by its rule, and what is right is left alone. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { runCalls, runGenerated } from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
import { promisesOf } from "../subject/contract.ts";
import type { Subject, SubjectInstance } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { assembled } from "./assembly-script.fixture.ts";
import { SKELETON_OPTIONS, SKELETON_SOURCE, skeletonModule } from "./skeleton.ts";
import { wasmSubject } from "./wasm-subject.ts";
import { WRONG_OPTIONS, WRONG_SOURCE } from "./wrong-allocators.fixture.ts";

const MEMORY_BYTES = 65_536;
const ORIGIN = { core: 0, entity: 0 };
const installed = createRequire(import.meta.url);
const wrong = await assembled(WRONG_SOURCE, WRONG_OPTIONS);

function ofWrong(alloc: string, dealloc = "ignore"): Subject {
  return wasmSubject(wrong, "./wrong.wasm", { alloc, dealloc });
}

function alloc(name: number, size: number): TraceCall {
  return traceCall({ kind: "alloc", name: blockName(name), size });
}

/** Of how many bytes memory is now. */
function sizeOf(instance: SubjectInstance): number {
  const memory = instance.memory?.();
  return memory instanceof Uint8Array ? memory.length : 0;
}

const TWO_BLOCKS = [alloc(0, 16), alloc(1, 16)];
const TWO_AND_A_FREE = [...TWO_BLOCKS, traceCall({ kind: "dealloc", name: blockName(1) })];

// biome-ignore format: a table is read by its columns.
test.each([
  ["overlapping", "ignore",     "live-blocks-disjoint", 1, undefined],
  ["crooked",     "ignore",     "block-aligned",        0, undefined],
  ["outside",     "ignore",     "block-in-extent",      0, undefined],
  ["negative",    "ignore",     "block-in-extent",      0, undefined],
  ["trapping",    "ignore",     "call-returns",         0, /^RuntimeError: unreachable$/],
  ["reaching",    "ignore",     "call-returns",         0, /^RuntimeError: memory access out of bounds$/],
  ["recursing",   "ignore",     "call-returns",         0, /^RangeError: Maximum call stack size exceeded$/],
  ["aborting",    "ignore",     "call-returns",         0, /^Aborted: no luck today \(input\.ts:\d+:\d+\)$/],
  ["asking",      "ignore",     "call-returns",         0, /^RuntimeError: unreachable, after asking for env\.answer, which nobody provides$/],
  ["bump",        "scribbling", "payload-intact",       2, undefined],
  ["bump",        "trapping",   "call-returns",         2, /^RuntimeError: unreachable$/],
] as const)("%s with %s breaks %s", async (request, free, rule, at, reason) => {
  const subject = ofWrong(request, free);

  const { violation } = await runCalls(
    subject,
    { memoryBytes: MEMORY_BYTES, cores: 1 },
    request === "crooked"
      ? [traceCall({ kind: "alloc", name: blockName(0), size: 16, align: 8 })]
      : TWO_AND_A_FREE,
  );

  expect(violation).toMatchObject({ rule: { name: rule }, at });
  expect(violation?.reason ?? "").toMatch(reason ?? /^$/);
});

test("a module that takes all the memory it can get is stopped where the run says", async () => {
  const instance = await ofWrong("growing").create({
    memoryBytes: 3 * MEMORY_BYTES,
    cores: 1,
    reached: () => {},
  });
  const before = sizeOf(instance);

  const answer = instance.alloc(1, 1, ORIGIN);

  expect(answer).toBe(0);
  expect(sizeOf(instance)).toBe(before + 3 * MEMORY_BYTES);
});

test("a function that is stood in for is told by its name, and does no harm", async () => {
  const tally = new Tally();
  const config = { memoryBytes: MEMORY_BYTES, cores: 1 };

  const { violation } = await runCalls(ofWrong("telling"), config, TWO_BLOCKS, { tally });

  expect(violation).toBeUndefined();
  expect(tally.markCount("env.tell stood in for")).toBe(2);
});

test("two instances of a module have nothing in common", async () => {
  const { create } = ofWrong("bump");
  const options = { memoryBytes: MEMORY_BYTES, cores: 1, reached: () => {} };
  const [one, other] = [await create(options), await create(options)];

  one.alloc(64, 1, ORIGIN);

  expect(other.alloc(64, 1, ORIGIN)).toBe(32_768);
  expect(other.memory?.() === one.memory?.()).toBe(false);
});

test("a function that counts in 64 bits is no allocator, and is told with its type", () => {
  expect(() => ofWrong("wide")).toThrow(
    "./wrong.wasm cannot be judged: its wide is a function (i64) -> (i64); " +
      "to be asked it has to take 1 or 2 numbers of 32 bits and answer one",
  );
});

test("what is no module is told in one sentence", () => {
  expect(() => wasmSubject(new Uint8Array(8), "./no.wasm", {})).toThrow(
    /^\.\/no\.wasm is no WASM module: /,
  );
});

test("the skeleton that init writes is made of its source", async () => {
  const [runtime = "", value = ""] = SKELETON_OPTIONS.map((word) => word.replace(/^-+/, ""));

  const made = await assembled(SKELETON_SOURCE, { [runtime]: value, optimize: true });

  expect(Buffer.from(made).equals(skeletonModule())).toBe(true);
});

function published(path: string): Uint8Array {
  return readFileSync(installed.resolve(path));
}

/** The module that `libsodium` has within its script, in letters. */
function sodium(): Uint8Array {
  const script = published("libsodium").toString();
  return Buffer.from(/AGFzb[A-Za-z0-9+/=]+/.exec(script)?.[0] ?? "", "base64");
}

// A module is as correct as its version: each of these is pinned, and a failure would be one of theirs.
const SQLITE = "@sqlite.org/sqlite-wasm/sqlite3.wasm";

// biome-ignore format: a table is read by its columns.
const CORRECT: readonly (readonly [string, () => Uint8Array, SubjectOptions, number, number])[] = [
  ["the segregated fit of AssemblyScript", () => wrong,             {},                                          16,   16],
  ["the collector of AssemblyScript",      () => wrong,             { alloc: "__new", dealloc: "__unpin" },      16,   16],
  ["the skeleton",                         skeletonModule,          {},                                           1, 4096],
  ["malloc of sqlite-wasm 3.50.4",         () => published(SQLITE), {},                                           8,    8],
  ["sqlite3_malloc of the same",           () => published(SQLITE), { prefix: "sqlite3_" },                       8,    8],
  ["malloc of libsodium 0.8.4",            sodium,                  { alloc: "Ee", dealloc: "Fe" },               1,    1],
];

test.each(CORRECT)("%s keeps every rule", async (_title, code, options, alignDefault, alignMax) => {
  const subject = wasmSubject(code(), "./right.wasm", options);
  const tally = new Tally();

  for (let run = 0; run < 8; run++) {
    const { violation } = await runGenerated(subject, 0x5eed, run, { calls: 300 }, { tally });
    expect(violation).toBeUndefined();
  }

  expect(promisesOf(subject)).toMatchObject(alignMax > 1 ? { alignMax } : {});
  expect(promisesOf(subject).alignDefault ?? 1).toBe(alignDefault);
  expect(tally.calls.executed).toBeGreaterThan(800);
  expect(tally.markCount("address used again")).toBeGreaterThan(50);
});

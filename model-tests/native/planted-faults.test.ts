/** Libraries that crash, abort, loop, exit, take all memory or write where they must not: each is a verdict. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { check } from "../campaign/check.ts";
import { exploreSubject } from "../campaign/explore-subject.ts";
import { replay } from "../campaign/replay.ts";
import {
  compiledLibrary,
  type Fault,
  faultyLibrary,
  JUDGED_LIBRARY,
} from "./faulty-library.fixture.ts";
import { NativeExecutor } from "./native-executor.ts";

const LIMITS = { calls: 60, memoryBytes: 4096 };
const OPTIONS = { prefix: "faulty_" };
const { isThere: isReady, title: needs } = JUDGED_LIBRARY;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing of the page that the last block lies in may be read any more; the next one lies in another. */
const AWAY =
  "if (last && size > 60) mprotect((char *)((long)last & -4096l), 4096, 0), used = (used + 4095) / 4096 * 4096";

// biome-ignore format: a table
const FAULTS: [string, Fault, string, string | undefined][] = [
  ["writes to address 8",      { inMalloc: "if (size > 60) *(volatile int *)8 = 1" },       "call-returns",         "SIGSEGV during the call"],
  ["aborts",                   { inFree: "abort()" },                                       "call-returns",         "SIGABRT during the call"],
  ["exits in good order",      { inMalloc: "if (size > 60) exit(7)" },                      "call-returns",         "exit(7) during the call"],
  ["answers what is no memory",{ inMalloc: "if (size > 60) return (void *)0x10000" },       "block-in-extent",      "SIGSEGV when the bytes of the block were used"],
  ["takes a live page away",   { inMalloc: AWAY },                                          "payload-intact",       "SIGSEGV when the bytes of another block were used"],
  ["hands out a block twice",  { inMalloc: "if (last && size == 32) return last" },         "live-blocks-disjoint", undefined],
  ["writes into what is live", { inFree: "if (last) last[0] ^= 1" },                        "payload-intact",       undefined],
  ["answers an odd address",   { inMalloc: "if (size > 60) return memory + 1" },            "block-aligned",        undefined],
];

for (const [what, fault, rule, reason] of FAULTS) {
  test.skipIf(!isReady)(`${needs}a library that ${what} breaks ${rule}`, async () => {
    const reference = faultyLibrary(folder, "faulty", fault);
    const executor = new NativeExecutor(reference, folder, { options: OPTIONS });

    const result = await executor.makeRuns(3, 0, 40, LIMITS);
    await executor.close();

    expect(result?.failure?.finding.rule).toBe(rule);
    expect(result?.failure?.finding.reason).toBe(reason);
  });
}

/** Every block begins with what was asked for, and whoever says something else is told so by a crash. */
const RUST = `
#include <stdlib.h>
static void *at(void *block) { return (char *)block - 4096; }
void *alloc(size_t size, size_t align) {
  if (size == 0) abort();
  char *block = aligned_alloc(4096, (size + 8191) / 4096 * 4096);
  if (block == NULL) return NULL;
  ((size_t *)block)[0] = size;
  ((size_t *)block)[1] = align;
  return block + 4096;
}
void dealloc(void *block, size_t size, size_t align) {
  size_t *known = at(block);
  if (known[0] != size || known[1] != align) abort();
  free(known);
}
void *realloc_bytes(void *block, size_t size, size_t align, size_t larger) {
  char *moved = alloc(larger, align);
  if (moved == NULL) return NULL;
  for (size_t each = 0; each < size && each < larger; each++) moved[each] = ((char *)block)[each];
  dealloc(block, size, align);
  return moved;
}`;

test.skipIf(!isReady)(`${needs}a library of Rust is told each layout as it is`, async () => {
  const reference = compiledLibrary(folder, "rust", RUST);
  const options = { realloc: "realloc_bytes" };

  const report = await check({
    ...{ subject: reference, directory: folder, options },
    ...{ seed: 3, runs: 40, calls: 60 },
  });

  expect(report.verdict).toBe("passed");
  expect(report.rules).toMatchObject({ "block-aligned": "held", "realloc-keeps-prefix": "held" });
});

test.skipIf(!isReady)(`${needs}a library without a fault breaks no rule`, async () => {
  const reference = faultyLibrary(folder, "right");

  const report = await check({
    ...{ subject: reference, directory: folder, options: OPTIONS },
    ...{ seed: 3, runs: 40, calls: 60 },
  });

  expect(report.verdict).toBe("passed");
  expect(report.rules["payload-intact"]).toBe("held");
});

test.skipIf(!isReady)(
  `${needs}a call that does not end is told from one that is slow`,
  async () => {
    const reference = faultyLibrary(folder, "looping", { inMalloc: "if (size > 60) for (;;)" });
    const given = { options: OPTIONS, callTimeoutMs: 60 };
    const executor = new NativeExecutor(reference, folder, given);

    const result = await executor.makeRuns(3, 0, 40, LIMITS);
    await executor.close();

    expect(result?.failure?.finding.rule).toBe("call-terminates");
  },
);

test.skipIf(!isReady)(`${needs}a library that takes all memory is stopped`, async () => {
  const greedy = "if (size > 60) for (;;) memset(mmap(0, 1 << 26, 3, 34, -1, 0), 1, 1 << 26)";
  const reference = faultyLibrary(folder, "greedy", { inMalloc: greedy });
  const executor = new NativeExecutor(reference, folder, { options: OPTIONS });

  const result = await executor.makeRuns(3, 0, 40, LIMITS);
  await executor.close();

  expect(result?.failure?.finding.rule).toBe("call-returns");
  expect(result?.failure?.finding.reason).toMatch(/^more than \d+ MiB of memory during the call$/);
});

test.skipIf(!isReady)(
  `${needs}what only earlier sequences lead to is a trace of them`,
  async () => {
    const reference = faultyLibrary(folder, "tired", { inMalloc: "if (calls == 4) abort()" });
    const executor = new NativeExecutor(reference, folder, { options: OPTIONS });

    const { failure, isRepeatable } = await executor.explore({ scope: "tiny", depth: 2 });
    await executor.close();

    expect(isRepeatable).toBeUndefined();
    expect(failure?.calls.filter(({ kind }) => kind === "alloc")).toHaveLength(4);
  },
);

test.skipIf(!isReady)(
  `${needs}what only earlier runs lead to is a trace of all of them`,
  async () => {
    const reference = faultyLibrary(folder, "worn", { inMalloc: "if (calls == 150) abort()" });
    const executor = new NativeExecutor(reference, folder, { options: OPTIONS });

    const result = await executor.makeRuns(3, 0, 40, LIMITS);
    await executor.close();

    const { run = 0, calls = [] } = result?.failure ?? {};
    expect(run).toBeGreaterThan(0);
    expect(calls.filter(({ kind }) => kind !== "dealloc").length).toBeGreaterThanOrEqual(150);
  },
);

test.skipIf(!isReady)(`${needs}a crash is made shorter, replayed and explored`, async () => {
  const crash = "if (size == 8) *(volatile int *)8 = 1";
  const reference = faultyLibrary(folder, "crashing", { inMalloc: crash });
  const named = { subject: reference, directory: folder, options: OPTIONS };
  const executor = new NativeExecutor(reference, folder, named);
  const before = [callOf(0, 3), callOf(1, 8)];
  const config = { memoryBytes: 256, cores: 1 };

  const failure = { config, calls: before, finding: { rule: "", sentence: "", at: 0 } };
  const shrunk = await executor.makeShorter(failure, 4, 0);
  await executor.close();
  const replayed = await replay({ ...named, trace: { version: 1, config, calls: before } });
  const explored = await exploreSubject({ ...named, scope: "tiny", depth: 1 });

  expect(shrunk?.failure.calls).toMatchObject([{ kind: "alloc" }]);
  expect([replayed.verdict, replayed.exit]).toEqual(["violated", 1]);
  expect(replayed.violation?.story?.facts[0]).toBe("SIGSEGV during the call");
  expect([explored.verdict, explored.violation?.calls.length]).toEqual(["violated", 1]);
});

function callOf(name: number, size: number): TraceCall {
  return traceCall({ kind: "alloc", name: blockName(name), size });
}

/** Real programs, recorded and judged: an allocator that is used by everybody breaks no rule. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { validate } from "../campaign/validate.ts";
import { needing } from "../needs/needing.fixture.ts";
import { loadTrace } from "../trace/load-trace.ts";
import { recordProgram } from "./record-program.ts";

const IS_POSSIBLE =
  process.platform === "linux" && spawnSync("cc", ["--version"], { stdio: "ignore" }).status === 0;
const recorded = test.skipIf(!IS_POSSIBLE);
const needs = needing("a C compiler");

/** What is easy to record wrongly: threads that free each other's blocks, a fork, and every way to ask. */
const PROGRAM = `
#define _GNU_SOURCE
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Atomic(void *) shared[64];

static void *work(void *seed) {
  unsigned state = (unsigned)(size_t)seed;
  for (int turn = 0; turn < 4000; turn++) {
    state = state * 1103515245u + 12345u;
    size_t size = 1 + (state >> 8) % 2000;
    void *block = turn % 3 == 0 ? calloc(1, size) : malloc(size);
    if (turn % 5 == 0) block = realloc(block, 2 * size);
    free(__atomic_exchange_n((void **)&shared[(state >> 16) % 64], block, __ATOMIC_ACQ_REL));
  }
  return NULL;
}

int main(int count, char **words) {
  pthread_t threads[3];
  for (size_t index = 0; index < 3; index++) pthread_create(&threads[index], NULL, work, (void *)(index + 1));
  if (fork() == 0) {
    for (int index = 0; index < 100; index++) free(malloc(50));
    _exit(0);
  }
  wait(NULL);
  for (int index = 0; index < 3; index++) pthread_join(threads[index], NULL);
  void *aligned = NULL;
  if (posix_memalign(&aligned, 256, 10) != 0) return 1;
  free(aligned);
  free(memalign(64, 7));
  free(aligned_alloc(4096, 8192));
  free(valloc(3));
  free(realloc(malloc(0), 5));
  void *huge = malloc((size_t)1 << 60);
  if (count > 1 && strcmp(words[1], "killed") == 0) raise(SIGKILL);
  return huge == NULL ? 0 : 2;
}
`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-recorder-"));
  if (!IS_POSSIBLE) return;
  writeFileSync(join(folder, "program.c"), PROGRAM);
  const words = ["-O1", "-pthread", "-o", join(folder, "program"), join(folder, "program.c")];
  execFileSync("cc", words, { stdio: "ignore" });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

recorded(`${needs}a program with threads and a fork breaks no rule`, async () => {
  const { ended } = await recordProgram("threads.log", ["./program"], folder);

  const report = await validate({ log: join(folder, "threads.log"), directory: folder });
  const { trace } = await loadTrace(join(folder, "threads.log"), { cores: 4 });

  expect(ended).toBe(0);
  expect(report.violation).toBeUndefined();
  expect(report).toMatchObject({ verdict: "passed", program: "program", warnings: [] });
  expect(report.calls.judged).toBeGreaterThan(3 * 8000);
  expect(report.calls.refused).toBe(1);
  expect(new Set(trace.calls.map(({ entity }) => entity)).size).toBe(4);
  expect(new Set(trace.calls.map(({ align }) => align))).toContain(256);
});

recorded(`${needs}a program that is killed leaves the log of all its calls`, async () => {
  const { ended } = await recordProgram("killed.log", ["./program", "killed"], folder);

  const report = await validate({ log: join(folder, "killed.log"), directory: folder });

  expect(ended).toBe("SIGKILL");
  expect(report.verdict).toBe("passed");
  expect(report.calls.judged).toBeGreaterThan(3 * 8000);
  expect(report.warnings[0]).toContain("the log was not closed");
});

recorded(`${needs}a program that another one has started is not recorded with it`, async () => {
  await recordProgram("shell.log", ["sh", "-c", "./program; exec ls >/dev/null"], folder);

  expect(readFileSync(join(folder, "shell.log"), "utf8")).toContain("program=ls ");
});

recorded(`${needs}what cannot be recorded is told in one sentence`, async () => {
  await expect(recordProgram("x.log", ["./nosuch"], folder)).rejects.toThrow(
    "./nosuch cannot be run: ENOENT",
  );
  expect(existsSync(join(folder, "x.log"))).toBe(false);
});

test("a machine without a C compiler is told so", async () => {
  const before = process.env["CC"];
  process.env["CC"] = "./no-such-compiler";

  const recording = recordProgram("y.log", ["true"], folder);

  await expect(recording).rejects.toThrow(/built by a C compiler|loader of Linux/);
  if (before === undefined) delete process.env["CC"];
  else process.env["CC"] = before;
});

/** Subjects behind drivers: judged as if they were here, and whatever a driver does is an answer. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCalls, makeRuns } from "../campaign/tasks.ts";
import { tellStory } from "../conformance/story.ts";
import { needing } from "../needs/needing.fixture.ts";
import type { Subject } from "../subject/subject.ts";
import { overlappingAllocator } from "../toys/overlapping-allocator.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { scribblingAllocator } from "../toys/scribbling-allocator.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { losingHeaps } from "../toys/two-heaps-mutants.ts";
import { parseTrace } from "../trace/parse-trace.ts";
import { Driver } from "./driver.ts";
import { loadDriver } from "./load-driver.ts";

const SERVED = fileURLToPath(
  new URL("../../dist/model-tests/stdio/served-toy.fixture.js", import.meta.url),
);
const SAMPLES = fileURLToPath(new URL("samples/", import.meta.url));

const CALLS = parseTrace(`{"t":"trace","v":1,"config":{"cores":1,"memoryBytes":4096}}
{"t":"call","call":"alloc","id":"a","size":24,"align":8}
{"t":"call","call":"alloc","id":"b","size":24,"align":8}
{"t":"call","call":"dealloc","ref":"a"}
{"t":"call","call":"dealloc","ref":"a","misuse":"double-free"}
{"t":"call","call":"dealloc","ref":"b"}
`).trace;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-stdio-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function served(name: string, ...fault: readonly string[]): Promise<Subject> {
  const words = [process.execPath, SERVED, name, ...fault];
  return await loadDriver(words.map((word) => `'${word}'`).join(" "), folder);
}

/** `subject`, whose promises are those that are watched from outside in the same way as from inside. */
function plain(subject: Subject): Subject {
  const given = typeof subject.promises === "object" ? subject.promises : {};
  const { touchesOnly: _, independentInstances: __, availability: ___, ...promises } = given;
  return { ...subject, promises };
}

test.each([plainHeap, overlappingAllocator, scribblingAllocator, twoHeaps, losingHeaps])(
  "$name is judged behind a driver as it is judged here",
  async (subject) => {
    const task = {
      seed: 7,
      first: 0,
      count: 3,
      limits: { calls: 40, skip: [], memoryBytes: 2048 },
    };
    const here = await makeRuns(plain(subject), task);

    const there = await makeRuns(plain(await served(subject.name)), task);

    expect(there).toEqual(here);
  },
);

// biome-ignore format: a table is read by its columns.
test.each([
  ["crash",   "call-returns",     "the driver was killed by SIGSEGV instead of answering"],
  ["exit",    "call-returns",     'the driver ended with exit code 3 instead of answering; it said "first line", "out of luck"'],
  ["half",    "call-returns",     'the driver ended with exit code 0 in the middle of the line "{\\"t\\":\\"answ"'],
  ["garbage", "answer-fits-call", 'the driver wrote "Segmentation fault", which is no record'],
  ["misfit",  "answer-fits-call", 'the answer is released, refused or rejected, not {"t":"answer","usable":7}'],
] as const)("a driver with the fault %s breaks %s in the call in flight", async (fault, rule, sentence) => {
  const { config, calls } = CALLS;
  const subject = plain(await served("plain-heap", fault, "3"));

  const { finding } = await makeCalls(subject, config, calls, "sweep");

  expect(finding).toMatchObject({ rule, at: 3 });
  expect(finding?.reason).toContain(sentence);
});

test("what a driver did wrong is told in its own words", async () => {
  const { config, calls } = CALLS;
  const subject = plain(await served("plain-heap", "crash", "3"));

  const { facts } = await tellStory(subject, config, calls, false);

  expect(facts[0]).toContain("the driver was killed by SIGSEGV instead of answering");
});

test("a line that nobody asked for is found out at the next call", async () => {
  const subject = plain(await served("plain-heap", "twice", "0"));

  const { finding } = await makeCalls(subject, CALLS.config, CALLS.calls, "sweep");

  expect(finding?.rule).toBe("answer-fits-call");
  expect(finding?.reason).toMatch(/without being asked|is no record|was expected/);
});

test("a driver may remark on what it does, and print whatever it likes before it says hello", async () => {
  const { config, calls } = CALLS;

  const booted = await makeCalls(plain(await served("plain-heap", "boot")), config, calls, "sweep");
  const remarked = await makeCalls(
    plain(await served("plain-heap", "remark", "0")),
    config,
    calls,
    "sweep",
  );

  expect(booted.finding).toBeUndefined();
  expect(remarked.finding).toBeUndefined();
  expect(remarked.tally.calls.refused).toBe(1);
});

test("a heap is made in the same process only where the driver offers that", async () => {
  const again = await served("plain-heap");
  const once = await served("plain-heap", "once");
  const task = { seed: 1, first: 0, count: 3, limits: { calls: 5, skip: [], memoryBytes: 256 } };

  const inOne = await makeRuns(plain(again), task);
  const inMany = await makeRuns(plain(once), task);

  expect(inMany).toEqual(inOne);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["./nosuch-driver",      "ended with exit code 127"],
  ["true",                 "ended with exit code 0 instead of answering"],
  ["echo '{\"t\":\"hello\",\"v\":1,\"offers\":[\"wings\"]}'", 'offers "wings", which is none of realloc'],
  ["echo '{\"t\":\"hello\",\"v\":2}'", "speaks version 2 of the protocol, and this is version 1"],
  ["echo '{\"t\":\"helo\"}'", "which makes no sense"],
] as const)("the command %s is no driver, and that is said in one sentence", async (command, sentence) => {
  await expect(loadDriver(command, folder)).rejects.toThrow(sentence);
});

test("a driver that does not say hello is given up", async () => {
  await expect(Driver.start("echo booting; sleep 60", folder, 300)).rejects.toThrow(
    'did not answer hello within 0.3 s; it said "booting"',
  );
});

test("a driver that lives on without input is killed, with what it started", async () => {
  const before = processesOf("served-toy.fixture.js plain-heap deaf");
  const driver = await Driver.start(
    `sleep 61 & '${process.execPath}' '${SERVED}' plain-heap deaf`,
    folder,
  );
  const during = processesOf("served-toy.fixture.js plain-heap deaf");

  driver.close();

  expect(before).toBe(0);
  expect(during).toBeGreaterThan(0);
  await expect.poll(() => processesOf("plain-heap deaf"), { timeout: 10_000 }).toBe(0);
  expect(processesOf("sleep 61")).toBe(0);
});

test.skipIf(!has("cc"))(`${needing("a C compiler")}the sample in C keeps every rule`, async () => {
  const driver = join(folder, "driver");
  execFileSync("cc", ["-O2", "-Wall", "-Wextra", "-Werror", "-o", driver, `${SAMPLES}driver.c`]);

  await expectToPass(await loadDriver(driver, folder));
});

test.skipIf(!has("python3"))(
  `${needing("python3")}the sample in Python keeps every rule`,
  async () => {
    await expectToPass(await loadDriver(`python3 '${SAMPLES}driver.py'`, folder));
  },
);

async function expectToPass(subject: Subject): Promise<void> {
  const limits = { calls: 60, skip: [], memoryBytes: 2048 };
  const { failure, tally } = await makeRuns(subject, { seed: 3, first: 0, count: 4, limits });

  expect(failure).toBeUndefined();
  expect(tally.rules["payload-intact"]).toBeGreaterThan(50);
  expect(tally.rules["misuse-rejected"]).toBeGreaterThan(0);
}

function has(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** How many processes have `words` on their command line. */
function processesOf(words: string): number {
  const table = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return table.split("\n").filter((line) => line.includes(words) && !line.includes("ps -eo"))
    .length;
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import type { TraceCall } from "#spec";
import { liveBytes } from "./live-bytes.fixture.ts";
import { loadTrace } from "./load-trace.ts";
import { openCalls } from "./open-calls.ts";

const folder = mkdtempSync(join(tmpdir(), "ariadne-"));
afterAll(() => rmSync(folder, { recursive: true }));

const RECORDED = fileURLToPath(new URL("../traces/", import.meta.url));
const HEADER = '{"t":"trace","v":1,"config":{"cores":1,"memoryBytes":4096}}\n';

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function callsOf(path: string): Promise<readonly TraceCall[]> {
  const calls: TraceCall[] = [];
  for await (const call of (await openCalls(path)).calls) calls.push(call);
  return calls;
}

test.each([
  ["cc1", 139_699, 8_388_608],
  ["cpp-threads", 192_267, 16_777_216],
  ["jq", 70_401, 8_388_608],
  ["python-json", 480_358, 33_554_432],
  ["sqlite", 57_744, 8_388_608],
])("the calls of %s are as many as its header says", async (program, calls, memoryBytes) => {
  const source = await openCalls(`${RECORDED}${program}.calls.gz`, { cores: 2 });
  let count = 0;
  let coreMax = 0;
  for await (const { core } of source.calls) {
    count += 1;
    coreMax = Math.max(coreMax, core);
  }

  expect(source).toMatchObject({ format: "recorded", facts: { program, calls } });
  expect(source.facts.config).toEqual({ memoryBytes, cores: 2 });
  expect({ count, coreMax }).toEqual({ count: calls, coreMax: program === "cpp-threads" ? 1 : 0 });
});

test("a file is read the same packed or not, under any name", async () => {
  const packed = readFileSync(`${RECORDED}sqlite.calls.gz`);
  const text = `${HEADER}{"t":"call","call":"alloc","id":"x","size":1,"align":1}\n`;

  expect(await callsOf(file("a.txt", gunzipSync(packed)))).toEqual(
    await callsOf(file("b", packed)),
  );
  expect(await callsOf(file("c.gz", text))).toEqual(await callsOf(file("d", gzipSync(text))));
  expect((await callsOf(file("e", "1\n1\n1\n1\na 0 8"))).length).toBe(1);
});

test("the records of a trace come in order, with what was answered", async () => {
  const path = file(
    "log",
    `${HEADER}{"t":"call","call":"alloc","id":"x","size":1,"align":1}\n{"t":"answer","refused":true}\n`,
  );
  const source = await openCalls(path);
  const kinds: string[] = [];
  for await (const record of source.records) kinds.push(record.kind);

  expect(kinds).toEqual(["call", "answer"]);
  expect(source.facts.header?.config.memoryBytes).toBe(4_096);
});

test("a file is left early without a word", async () => {
  const source = await openCalls(`${RECORDED}python-json.calls.gz`);
  for await (const call of source.calls) {
    expect(call.kind).toBe("alloc");
    break;
  }
  const unread = await openCalls(`${RECORDED}python-json.calls.gz`);
  await unread.close();
});

test("the calls before the line at fault are handed out", async () => {
  const call = '{"t":"call","call":"switch"}\n';
  const source = await openCalls(file("f", `${HEADER}${call}${call}nonsense\n${call}`));
  let count = 0;
  const read = async () => {
    for await (const { kind } of source.calls) count += kind === "switch" ? 1 : 0;
  };

  await expect(read()).rejects.toThrow('line 4: this is not JSON: "nonsense"');
  expect(count).toBe(2);
});

test("a packed file that is cut or damaged is malformed", async () => {
  const packed = readFileSync(`${RECORDED}sqlite.calls.gz`);
  const damaged = Uint8Array.from(packed);
  damaged.fill(0xff, 80_000, 80_100);

  const ends = "the compressed data ends too early";
  await expect(callsOf(file("g", packed.subarray(0, 80_000)))).rejects.toThrow(ends);
  await expect(callsOf(file("h", packed.subarray(0, 5)))).rejects.toThrow(`line 1: ${ends}`);
  await expect(callsOf(file("i", damaged))).rejects.toThrow(/^line \d+: /);
});

test("a cut recording is malformed wherever it is cut", async () => {
  const text = gunzipSync(readFileSync(`${RECORDED}jq.calls.gz`)).toString();
  for (const length of [1, 50, 96, 97, 5_000, 100_003, text.length - 1, text.length - 9]) {
    await expect(callsOf(file("j", text.slice(0, length)))).rejects.toThrow(/^line \d+: /);
  }
});

test("what is no file of calls says so", async () => {
  const sentence =
    'line 1: a file of calls begins as a trace ({"t":"trace"), ' +
    "recorded calls (# heap-calls 1, # heap-log 1) or four numbers (.rep)";

  await expect(openCalls(file("k", ""))).rejects.toThrow(sentence);
  await expect(openCalls(file("l", "hello\n"))).rejects.toThrow(sentence);
  await expect(openCalls(join(folder, "none"))).rejects.toThrow("there is no file ");
  await expect(openCalls(folder)).rejects.toThrow(" cannot be read: EISDIR");
});

test("a double free is told from a stranger as long as its block is remembered", async () => {
  const lines = [HEADER];
  for (const id of ["x", "y", "z"]) {
    lines.push(`{"t":"call","call":"alloc","id":"${id}","size":1,"align":1}\n`);
    lines.push(`{"t":"call","call":"dealloc","ref":"${id}"}\n`);
  }
  lines.push('{"t":"call","call":"dealloc","ref":"x","misuse":"double-free"}\n');
  const path = file("m", lines.join(""));
  const lastName = async (pastMax: number) => {
    const { trace } = await loadTrace(path, { pastMax });
    return trace.calls.at(-1)?.name;
  };

  expect([await lastName(3), await lastName(2)]).toEqual([0, 3]);
});

test("a million calls take no more memory than the blocks that are alive", async () => {
  const lines = [HEADER];
  for (let block = 0; block < 500_000; block++) {
    lines.push(`{"t":"call","call":"alloc","id":"block ${block}","size":8,"align":8}\n`);
    if (block >= 10) lines.push(`{"t":"call","call":"dealloc","ref":"block ${block - 10}"}\n`);
  }
  const path = file("n", gzipSync(lines.join("")));
  lines.length = 0;
  const { calls } = await openCalls(path);
  const used: number[] = [];
  let count = 0;
  for await (const call of calls) {
    count += call.kind === "switch" ? 0 : 1;
    if (count % 100_000 === 0) used.push(liveBytes());
  }

  expect(count).toBe(999_990);
  expect(Math.max(...used.slice(1)) - used[0]!).toBeLessThan(4_000_000);
});

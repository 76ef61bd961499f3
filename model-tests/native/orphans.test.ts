/** However the tool ends, no process of a library is left. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { faultyLibrary, JUDGED_LIBRARY } from "./faulty-library.fixture.ts";

const ENTRY = fileURLToPath(new URL("../../dist/model-tests/cli/ariadne.js", import.meta.url));
const { isThere: isReady, title: needs } = JUDGED_LIBRARY;
/** How often it is looked whether something has come about, and how long in all. */
const LOOK_MS = 20;
const LOOKS = 500;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
  if (isReady) faultyLibrary(folder, "looping", { inMalloc: "for (;;)" });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

// biome-ignore format: a table
test.skipIf(!isReady).each<[NodeJS.Signals, number | null]>([
  ["SIGINT",  130],
  ["SIGTERM", 143],
  ["SIGKILL", null],
])(`${needs}a call that does not end is ended when the tool gets %s`, async (signal, code) => {
  const words = [ENTRY, "check", "./looping.so", "--prefix", "faulty_", "--workers", "1"];
  const tool = spawn(process.execPath, words, { cwd: folder, stdio: "ignore" });
  const ended = new Promise<number | null>((resolve) => {
    tool.on("exit", resolve);
  });
  const looping = await until(() => childrenOf(tool.pid ?? 0).find(isBusy));

  tool.kill(signal);
  const exit = await ended;
  const isGone = await until(() => (isRunning(looping ?? 0) ? undefined : true));

  expect(looping).toBeDefined();
  expect(exit).toBe(code);
  expect(isGone).toBe(true);
});

async function until<Value>(ask: () => Value | undefined): Promise<Value | undefined> {
  for (let look = 0; look < LOOKS; look++) {
    const value = ask();
    if (value !== undefined) return value;
    await delay(LOOK_MS);
  }
  return undefined;
}

/** What the kernel says of a process: its state, its parent, its time in user mode; none if it is gone. */
function stat(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

function childrenOf(pid: number): readonly number[] {
  const all = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return all.filter((each) => stat(each)[1] === String(pid));
}

/** Whether a process has computed for long enough to be in the call that loops. */
function isBusy(pid: number): boolean {
  return (
    Number(stat(pid)[11]) > 40 && readFileSync(`/proc/${pid}/maps`, "latin1").includes("looping.so")
  );
}

function isRunning(pid: number): boolean {
  const [state] = stat(pid);
  return state !== undefined && state !== "Z";
}

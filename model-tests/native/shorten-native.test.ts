/** What a library breaks is made as short as it can be, and few processes are started for that. */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { faultyLibrary, JUDGED_LIBRARY } from "./faulty-library.fixture.ts";
import { NativeExecutor } from "./native-executor.ts";

const { isThere: isReady, title: needs } = JUDGED_LIBRARY;
const CRASH = "*(volatile int *)8 = 1";
/** The trace itself, the process that is copied, and the result; each of the latter once more if one is lost. */
const STARTS_MAX = 5;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** `count` requests of many sizes, of whose blocks every third is freed at once. */
function calls(count: number): TraceCall[] {
  return Array.from({ length: count }, (_, index) => {
    const alloc = traceCall({ kind: "alloc", name: blockName(index), size: 1 + (index % 40) });
    return index % 3 > 0 ? [alloc] : [alloc, traceCall({ kind: "dealloc", name: alloc.name })];
  }).flat();
}

/** `calls` made shorter, and how often the library whose fault is `inMalloc` was loaded for it. */
async function shortened(inMalloc: string, made: readonly TraceCall[]) {
  const loads = join(folder, "loads");
  rmSync(loads, { force: true });
  const atLoad = `write(open("${loads}", O_CREAT | O_WRONLY | O_APPEND, 0600), "1", 1)`;
  const reference = faultyLibrary(folder, "dying", { atLoad, inMalloc });
  const executor = new NativeExecutor(reference, folder, { options: { prefix: "faulty_" } });
  const config = { memoryBytes: 65_536, cores: 1 };
  const finding = { rule: "call-returns", sentence: "", at: made.length - 1 };
  try {
    const shrunk = await executor.makeShorter({ config, calls: made, finding }, 3000, 3000);
    return { shrunk, starts: existsSync(loads) ? statSync(loads).size : 0 };
  } finally {
    await executor.close();
  }
}

test.skipIf(!isReady)(
  `${needs}a library that crashes at its 60th malloc has a trace of 60 calls`,
  async () => {
    const { shrunk, starts } = await shortened(`if (calls == 60) ${CRASH}`, calls(70));

    const { failure } = shrunk ?? {};
    expect(failure?.finding).toMatchObject({ rule: "call-returns", at: 59 });
    expect(failure?.calls.map(({ kind, size }) => `${kind} ${size}`)).toEqual(
      Array(60).fill("alloc 1"),
    );
    expect(starts).toBeGreaterThan(0);
    expect(starts).toBeLessThanOrEqual(STARTS_MAX);
  },
  120_000,
);

/** An allocator that aligns to 8 bytes is wrong by the rules of C, and right by what it promises. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../campaign/check.ts";
import { replay } from "../campaign/replay.ts";
import { compiledLibrary, JUDGED_LIBRARY } from "./faulty-library.fixture.ts";

const { isThere: isReady, title: needs } = JUDGED_LIBRARY;
const LIMITS = { seed: 5, runs: 20, calls: 60, memory: 4096, workers: 1 };

const EIGHT = `
#include <stddef.h>
static _Alignas(4096) char memory[1 << 24];
static size_t used = 8;
void *eight_malloc(size_t size) {
  if (size > sizeof memory - used - 8) return 0;
  char *block = memory + used;
  used += (size + 7) / 8 * 8 + 8;
  return block;
}
void eight_free(void *block) { (void)block; }
ALIGNED
`;

const ALIGNED = `
void *eight_memalign(size_t align, size_t size) {
  used = (used + align - 1) / align * align;
  return eight_malloc(size);
}`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

for (const aligned of ["", ALIGNED]) {
  const what = aligned === "" ? "without" : "with";
  test.skipIf(!isReady)(`${needs}8 bytes are judged as promised, ${what} memalign`, async () => {
    const subject = compiledLibrary(folder, "eight", EIGHT.replace("ALIGNED", aligned));
    const judged = (alignDefault?: number) => {
      const options = { prefix: "eight_", ...(alignDefault !== undefined && { alignDefault }) };
      return check({ subject, directory: folder, options, ...LIMITS });
    };

    const [byC, asPromised, tooMuch] = [await judged(), await judged(8), await judged(32)];

    expect(byC.violation?.rule).toBe("block-aligned");
    expect([asPromised.verdict, asPromised.rules["block-aligned"]]).toEqual(["passed", "held"]);
    expect(tooMuch.violation?.rule).toBe("block-aligned");
    const trace = join(folder, tooMuch.violation?.trace ?? "");
    expect(readFileSync(trace, "utf8").split("\n", 1)[0]).toContain('"alignDefault":32');
    expect((await replay({ trace, directory: folder })).violation?.rule).toBe("block-aligned");
  });
}

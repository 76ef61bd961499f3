/** The commands with a module of WASM: what is found is repeated by the words that are printed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moduleBytes, nameBytes } from "../wasm/module-bytes.fixture.ts";
import { SKELETON_SOURCE, skeletonModule } from "../wasm/skeleton.ts";
import { ariadneIn, type Ended } from "./ariadne-in.fixture.ts";

const I32 = 0x7f;
const LOOP_FOR_EVER = [0x03, 0x40, 0x0c, 0, 0x0b, 0x41, 0];
const ANSWER_256 = [0x41, 0x80, 2];

/** A module whose function `take` has the instructions `body`, and whose `drop` has none. */
function taking(body: readonly number[]): Uint8Array {
  const code = [0, ...body, 0x0b];
  return moduleBytes(
    [
      1,
      [
        [0x60, 1, I32, 1, I32],
        [0x60, 1, I32, 0],
      ],
    ],
    [3, [[0], [1]]],
    [5, [[0, 1]]],
    [
      7,
      [
        [...nameBytes("take"), 0, 0],
        [...nameBytes("drop"), 0, 1],
        [...nameBytes("memory"), 2, 0],
      ],
    ],
    [
      10,
      [
        [code.length, ...code],
        [2, 0, 0x0b],
      ],
    ],
  );
}

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ariadne = (...words: string[]): Ended => ariadneIn(folder, words);

const NAMED = ["--alloc", "take", "--dealloc", "drop"] as const;

test("a failure of a module is repeated by the line that is printed", () => {
  writeFileSync(join(folder, "shares.wasm"), taking(ANSWER_256));

  const found = ariadne("check", "./shares.wasm", ...NAMED, "--seed", "1", "--workers", "1");
  const words = / ariadne (replay .*)$/.exec(found.out.trimEnd())?.[1]?.split(" ") ?? [];
  const again = ariadne(...words);

  expect([found.code, found.err, again.code, again.err]).toEqual([1, "", 1, ""]);
  expect(words.slice(2)).toEqual(["./shares.wasm", ...NAMED]);
  expect(again.out).toContain("live-blocks-disjoint");
});

test("a module that loops is ended, and judged by the rule that calls end", () => {
  writeFileSync(join(folder, "loops.wasm"), taking(LOOP_FOR_EVER));

  const limits = ["--call-timeout", "50ms", "--runs", "1", "--seed", "1"];
  const { code, out } = ariadne("check", "./loops.wasm", ...NAMED, ...limits);

  expect(out).toContain("call-terminates");
  expect(code).toBe(1);
});

test("init writes a module with its source, and never over another", () => {
  const wrote = ariadne("init", "wasm");
  const twice = ariadne("init", "wasm");

  expect([wrote.code, twice.code]).toEqual([0, 2]);
  expect(readFileSync(join(folder, "allocator.wasm")).equals(skeletonModule())).toBe(true);
  expect(readFileSync(join(folder, "allocator.ts"), "utf8")).toBe(SKELETON_SOURCE);
  expect(twice.err).toBe("ariadne: allocator.ts is there already; --force overwrites it\n");
});

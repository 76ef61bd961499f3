/** `interleave` as a script meets it. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ariadneIn, type Ended } from "./ariadne-in.fixture.ts";

/** Looks for room in one section and takes it in the next. */
const RACING = `export default {
  name: "racing",
  create() {
    let next = 64;
    return {
      alloc() {}, dealloc() {},
      *sections(call) {
        if (call.kind === "dealloc") return true;
        const placed = next;
        yield "between";
        next = placed + call.size;
        return placed;
      },
    };
  },
};`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
  writeFileSync(join(folder, "racing.mjs"), RACING);
  writeFileSync(join(folder, "alone.mjs"), RACING.replace('yield "between";', ""));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ariadne = (...words: string[]): Ended => ariadneIn(folder, words);

test("a schedule that fails ends with exit code 1 and a trace that fails again", () => {
  const first = ariadne("interleave", "./racing.mjs", "--seed", "1");
  const [, words = ""] = /^Reproduce: npx ariadne (.*)$/m.exec(first.out) ?? [];
  const trace = words.split(" ").at(-1) ?? "";

  const again = ariadne(...words.split(" "));

  expect(first.code).toBe(1);
  expect(first.out).toMatch(/^violated {2}calls-linearizable {2}racing\n/);
  expect(existsSync(join(folder, trace))).toBe(true);
  expect(again.code).toBe(1);
  expect(again.out).toContain("calls-linearizable");
  expect(ariadne("interleave", "./alone.mjs", "--trace", trace).code).toBe(0);
});

test("a heap that keeps every rule ends with exit code 0, in the same words each time", () => {
  const words = ["interleave", "./alone.mjs", "--seed", "1", "--strategy", "priority"];

  const { code, out } = ariadne(...words);

  expect(code).toBe(0);
  expect(out).toContain("10,000 schedules");
  expect(ariadne(...words).out).toBe(out);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["./racing.mjs", "--strategy", "guess",    "--strategy knows random, priority, depth-first"],
  ["./racing.mjs", "--cores",    "0",        "--cores takes a whole number from 1 on"],
  ["block",        "--cores",    "2",        "has no method sections"],
  ["./racing.mjs", "--trace",    "none.jsonl", "none.jsonl"],
])("%s %s %s ends with exit code 2 and one sentence", (subject, flag, value, sentence) => {
  const { code, err } = ariadne("interleave", subject, flag, value);

  expect(err).toContain(sentence);
  expect(code).toBe(2);
});

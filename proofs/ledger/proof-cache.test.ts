import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keyOf } from "./obligations-of.ts";
import { proofCache } from "./proof-cache.ts";

let folder = "";
let said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-cache-"));
  said = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

const open = () => proofCache(folder, (sentence) => said.push(sentence));

/** A cache that has kept one proof, written down. */
function kept() {
  const cache = open();
  cache.keep("key", "Z3 1", 12);
  cache.save();
  return join(folder, ".ariadne", "proofs.json");
}

describe("a proof that is kept", () => {
  test("is found again, with its steps", () => {
    kept();

    expect(open().stepsOf("key", "Z3 1")).toBe(12);
    expect(said).toEqual([]);
  });

  test("is none of another solver", () => {
    kept();

    expect(open().stepsOf("key", "Z3 2")).toBeUndefined();
  });

  test("is forgotten where the file is damaged, and that is said", () => {
    const file = kept();
    const text = readFileSync(file, "utf8");

    for (const damage of [
      text.slice(0, -20),
      '{"v":1}',
      '{"v":1,"proved":{"a":"b"},"source":"","plans":{}}',
      "null",
    ]) {
      writeFileSync(file, damage);
      expect(open().stepsOf("key", "Z3 1")).toBeUndefined();
    }

    expect(said.length).toBe(4);
  });
});

describe("the key of a formula", () => {
  const text = "(declare-fun a () Int)\n(declare-fun b () Int)\n(assert (< a b))";

  test("is the same for another layout and another order of declarations", () => {
    const other = "(declare-fun b () Int)\n  (declare-fun a  () Int)\n\n(assert (< a b))\n";

    expect(keyOf(other)).toBe(keyOf(text));
  });

  test("is another for another formula, or another unknown", () => {
    expect(keyOf(text.replace("<", "<="))).not.toBe(keyOf(text));
    expect(keyOf(text.replaceAll("b", "c"))).not.toBe(keyOf(text));
  });
});

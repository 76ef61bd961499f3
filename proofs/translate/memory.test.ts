import { afterAll, describe, expect, test } from "vitest";
import { closeSolver, solve } from "../solver/z3.ts";
import { loadSource, ROOT } from "../source.ts";
import { obligationText } from "./theorem.ts";

/** Two addresses of words that are in memory, which may be one, and a value that a word holds. */
const HEAD = `
  import type { FiniteMap } from "#support";
  import type { Address, ByteCount } from "#units";
  import type { Memory } from "#impl";
  import { assume } from "./assume.ts";
  const isWord = (memory: Memory, at: Address): boolean =>
    at % 4 === 0 && memory.start <= at && at + 4 <= memory.start + memory.size;
  const copied = (memory: Memory, to: Address, from: Address): boolean => {
    memory.copy(to, from, 4 as ByteCount);
    return true;
  };
  function put(memory: Memory, at: Address, value: number): number {
    memory.writeWord(at, value);
    return value;
  }
  export function stated(memory: Memory, a: Address, b: Address, v: number,
    holes: FiniteMap<Address, number>): boolean {
    assume(isWord(memory, a) && isWord(memory, b) && v <= 4294967295);
`;

async function verdictOn(body: string): Promise<string> {
  const path = `${ROOT}proofs/obligations/stated-of-memory.ts`;
  const file = loadSource().createSourceFile(path, `${HEAD}${body}}`, { overwrite: true });
  try {
    return (await solve(obligationText(file.getFunctionOrThrow("stated")))).kind;
  } finally {
    loadSource().removeSourceFile(file);
  }
}

afterAll(closeSolver);

// biome-ignore format: one statement per line
describe("what holds of every memory has no counterexample", () => {
  test.each([
    ["a word has 32 bits",                         "return memory.readWord(a) <= 4294967295;"],
    ["memory starts at a multiple of 8",           "return memory.start % 8 === 0 && memory.size % 4 === 0;"],
    ["two reads of one word agree",                "assume(a === b); return memory.readWord(a) === memory.readWord(b);"],
    ["what was written is read",                   "memory.writeWord(a, v); return memory.readWord(a) === v;"],
    ["what was written last is read",              "memory.writeWord(a, 1); memory.writeWord(b, 2); return memory.readWord(a) === (a === b ? 2 : 1);"],
    ["another word keeps its value",               "const w = memory.readWord(b); memory.writeWord(a, v); return a === b || memory.readWord(b) === w;"],
    ["a value that was read before a write stays", "const w = memory.readWord(a); memory.writeWord(a, 1); memory.writeWord(a, w); return memory.readWord(a) === w;"],
    ["a write of one branch is not in the other",  "const w = memory.readWord(a); if (v > 5) { memory.writeWord(a, v); } return memory.readWord(a) === (v > 5 ? v : w);"],
    ["a write before an early return is not after", "const w = memory.readWord(a); if (v > 5) { memory.writeWord(a, 3); return true; } return memory.readWord(a) === w;"],
    ["a write under && is done where it is reached", "const w = memory.readWord(a); const isDone = v > 5 && put(memory, a, 7) === 7; return memory.readWord(a) === (isDone ? 7 : w);"],
    ["a branch with a name of its own writes once", "if (v > 5) { const n = memory.readWord(a); memory.writeWord(b, n); } else { memory.writeWord(b, 1); } return v <= 5 || memory.readWord(b) === memory.readWord(a);"],
    ["a claim is of memory as it was",             "assume(holes.every((x) => memory.readWord(a) === x)); memory.writeWord(a, 9); return !holes.has(b) || holes.get(b) === 9 || memory.readWord(a) !== holes.get(b);"],
    ["a claim that is made later reads what was written", "memory.writeWord(a, 9); return holes.every((x) => memory.readWord(a) === 9);"],
    ["a filled word has its byte four times",      "memory.fill(a, 4 as ByteCount, 1); return memory.readWord(a) === 16843009;"],
    ["what is not filled stays",                   "const w = memory.readWord(b); memory.fill(a, 4 as ByteCount, 0); return a === b || memory.readWord(b) === w;"],
    ["a copied word is the word",                  "const w = memory.readWord(a); return copied(memory, b, a) && memory.readWord(b) === w;"],
  ])("%s", async (_, text) => {
    expect(await verdictOn(text)).toBe("impossible");
  });
});

// biome-ignore format: one statement per line
describe("what fails of some memory has a counterexample", () => {
  test.each([
    ["two addresses may be one",                   "memory.writeWord(a, 1); memory.writeWord(b, 2); return memory.readWord(a) === 1;"],
    ["a word is not what it was",                  "const w = memory.readWord(a); memory.writeWord(a, v); return memory.readWord(a) === w;"],
    ["two words may differ",                       "return memory.readWord(a) === memory.readWord(b);"],
    ["a write of one branch is not in both",       "if (v > 5) { memory.writeWord(a, v); } return memory.readWord(a) === v;"],
    ["a write of one branch is in that one",       "const w = memory.readWord(a); if (v > 5) { memory.writeWord(a, v); } return memory.readWord(a) === w;"],
    ["a claim of before does not hold after",      "assume(holes.every((x) => memory.readWord(a) === x)); memory.writeWord(a, 9); return holes.every((x) => memory.readWord(a) === x);"],
    ["a word that is not in memory is read",       "return memory.readWord(v as Address) >= 0;"],
    ["a word that is not in memory is written",    "memory.writeWord((memory.start + memory.size) as Address, 0); return true;"],
    ["a word behind memory's last is read",        "return memory.readWord((a + 4) as Address) >= 0;"],
    ["a word lies at a multiple of 4",             "return a === memory.start || memory.readWord((a - 2) as Address) >= 0;"],
    ["a value that no word holds is written",      "memory.writeWord(a, v + 1); return true;"],
    ["a negative value is written",                "memory.writeWord(a, v - 1); return true;"],
    ["a word is read in a claim, out of memory",   "return holes.every((x, k) => memory.readWord(k) >= 0);"],
    ["a byte that no byte holds is filled in",     "memory.fill(a, 4 as ByteCount, v); return true;"],
    ["a word that is filled in part is not known", "memory.fill(a, 2 as ByteCount, 1); return memory.readWord(a) === 16843009;"],
    ["a copy is cut off from what it was made of", "const w = memory.readWord(a); memory.copy(b, a, 4 as ByteCount); memory.writeWord(a, 1); return memory.readWord(a) === w;"],
  ])("%s", async (_, text) => {
    expect(await verdictOn(text)).toBe("possible");
  });
});

// biome-ignore format: one refusal per line
describe("memory is only read inside of a claim", () => {
  test.each([
    ["of every element",          "return holes.every((x) => put(memory, a, 3) === x);"],
    ["of some element",           "return holes.some((x) => put(memory, a, 3) === x);"],
    ["of a claim inside a claim", "return holes.every((x) => holes.some((y) => x === y && put(memory, a, 3) === 3));"],
    ["of a list that is written out", "return [1, 2].some((x) => put(memory, a, x) === 2);"],
  ])("%s", async (_, text) => {
    await expect(verdictOn(text)).rejects.toThrow("written inside of a claim");
  });
});

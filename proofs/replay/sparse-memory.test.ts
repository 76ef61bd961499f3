import fc from "fast-check";
import { expect, test } from "vitest";
import { PlainMemory } from "#impl";
import { InvariantViolation } from "#support";
import { address, bytes } from "#units";
import { SparseMemory } from "./sparse-memory.ts";

const START = 16;
const SIZE = 32;

const aWord = fc.integer({ min: START / 4, max: (START + SIZE) / 4 - 1 }).map((word) => 4 * word);
const aRun = fc
  .tuple(fc.nat(SIZE), fc.nat(SIZE), fc.nat(SIZE))
  .filter(([from, to, count]) => from + count <= SIZE && to + count <= SIZE);

/** One change of memory, made to whichever kind. */
const aChange = fc.oneof(
  fc.tuple(aWord, fc.nat(2 ** 32 - 1)).map(
    ([at, value]) =>
      (memory: PlainMemory | SparseMemory) =>
        memory.writeWord(address(at), value),
  ),
  fc.tuple(aRun, fc.nat(255)).map(
    ([[from, , count], value]) =>
      (memory: PlainMemory | SparseMemory) =>
        memory.fill(address(START + from), bytes(count), value),
  ),
  aRun.map(
    ([from, to, count]) =>
      (memory: PlainMemory | SparseMemory) =>
        memory.copy(address(START + to), address(START + from), bytes(count)),
  ),
);

test("memory of which some words are kept is memory", () => {
  const property = fc.property(fc.array(aChange, { maxLength: 20 }), (changes) => {
    const plain = new PlainMemory(SIZE, START);
    const sparse = new SparseMemory(address(START), bytes(SIZE), []);

    for (const change of changes) {
      change(plain);
      change(sparse);
    }

    for (let at = START; at < START + SIZE; at += 4) {
      expect(sparse.readWord(address(at))).toBe(plain.readWord(address(at)));
    }
  });

  fc.assert(property, { seed: 1, numRuns: 500 });
});

test("what is outside of memory, or no word, is refused", () => {
  const memory = new SparseMemory(address(START), bytes(SIZE), [[START, 7]]);

  expect(memory.readWord(address(START))).toBe(7);
  for (const at of [START - 4, START + SIZE, START + 2]) {
    expect(() => memory.readWord(address(at))).toThrow(InvariantViolation);
  }
});

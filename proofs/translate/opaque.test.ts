import { afterAll, describe, expect, test } from "vitest";
import { allTheorems } from "../ledger/theorem-list.ts";
import { closeSolver } from "../solver/z3.ts";
import { OPAQUE_ARGUMENTS, OPAQUE_LEAST, OPAQUE_MOST, opaqueOf } from "./opaque.ts";
import { StatedTheorems } from "./stated-theorem.ts";

/** A function of words, one of a number that is no word, and theorems that may be taken for granted. */
const BEFORE = `
  import { blocksOfSlabClass, isFreeAmong, lowestOf, slabBlockAt, withFree, withoutLowest } from "#impl";
  import type { SlabClass } from "#impl";
  /** @range 0..99 */
  type Small = number & { readonly small: true };
  function half(word: number): number { return word >> 1; }
  function twice(count: number): number { return 2 * count; }
  const third = (word: number): number => word >> 2;
  /** @proves half @mode bits */
  export function halfIsLess(word: Small): boolean { return half(word) <= word; }
  /** @proves half */
  export function halfOfMore(word: Small): boolean { assume(word > 5); return half(word) > 1; }
  /** @proves half */
  export function halfByAnother(word: Small): boolean { assume(halfIsLess(word)); return half(word) <= word; }
  /** @proves half */
  export function halfOfField(given: { readonly word: Small }): boolean { return half(given.word) <= given.word; }
`;

const opaque = (names: string, parameters: string, body: string, mode = ""): string =>
  `${BEFORE}/**
 * @opaque ${names}
${mode === "" ? "" : ` * @mode ${mode}\n`} */ export function stated(${parameters}): boolean { ${body} }`;

const WORDS = "a: Small, b: Small, n: number";

// biome-ignore format: one theorem per line
const HOLD: readonly (readonly [string, string])[] = [
  ["it is the same of the same arguments",             opaque("half", WORDS, "assume(a === b); return half(a) === half(b);")],
  ["a sum of it is exact",                               opaque("half", WORDS, "return half(a) + 1 > half(a);")],
  ["a theorem of it is known of what it is assumed of", opaque("half", WORDS, "assume(halfIsLess(a)); return half(a) <= a;")],
  ["a theorem that assumes something is known where that holds", opaque("half", WORDS, "assume(a > 7); assume(halfOfMore(a)); return half(a) > 1;")],
  ["a field of a record is an argument",               opaque("half", WORDS, "assume(halfOfField({ word: a })); return half(a) <= a;")],
  ["another function is read",                         opaque("half", WORDS, "return twice(a) === a + a;")],
  ["a truth is the same of the same arguments",        opaque("isFreeAmong", WORDS, "assume(a === b); return isFreeAmong(a, 3) === isFreeAmong(b, 3);")],
];

// biome-ignore format: one theorem per line
const FAIL: readonly (readonly [string, string])[] = [
  ["what its body says is not known",                  opaque("half", WORDS, "return half(a) <= a;")],
  ["a theorem of it is not known of something else",   opaque("half", WORDS, "assume(halfIsLess(a)); return half(b) <= b;")],
  ["an argument that is no word is owed",              opaque("half", WORDS, "return half(n) >= -1;")],
  ["an argument below 0 is owed",                      opaque("half", WORDS, "return half(a - 1) >= -1;")],
  ["a bit above 31 is owed",                           opaque("isFreeAmong", WORDS, "return isFreeAmong(a, b) || !isFreeAmong(a, b);")],
  ["what a theorem does not speak of is owed",         opaque("half", WORDS, "assume(halfIsLess(n as Small)); return half(a) >= -1;")],
  ["so it is of a field",                              opaque("half", WORDS, "assume(halfOfField({ word: n as Small })); return half(a) >= -1;")],
  ["what a theorem assumes is owed",                   opaque("half", WORDS, "assume(halfOfMore(a)); return half(a) >= -1;")],
];

// biome-ignore format: one theorem per line
const REFUSED: readonly (readonly [string, string, string])[] = [
  ["a number that is no word",           opaque("twice", WORDS, "return twice(a) >= -1;"), "count is no word"],
  ["a constant",                         opaque("third", WORDS, "return third(a) >= -1;"), "name a function with @opaque"],
  ["a theorem of bits",                  opaque("half", "a: Small", "return half(a) <= a;", "bits"), "read every function"],
  ["a theorem that stands on another",   opaque("half", WORDS, "assume(halfByAnother(a)); return half(a) <= a;"), "take no theorem for granted"],
];

/** The names that some theorem does not read. */
const NAMED = [...new Set(allTheorems().flatMap(({ declaration }) => [...opaqueOf(declaration)]))];
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  lowestOf: ["word"],
  withoutLowest: ["word"],
  isFreeAmong: ["word", "bit"],
  withFree: ["word", "bit"],
  slabBlockAt: ["offset", "index"],
};

/** That `name` answers, whatever its arguments are, and a word or -1, or a truth. */
function rangeText(name: string): string {
  const parameters = ARGUMENTS[name] ?? [];
  const call = `${name}(${parameters.map((each) => (each === "index" ? "index as SlabClass" : each)).join(", ")})`;
  const given = parameters.map((each) => `assume(${each} <= ${OPAQUE_ARGUMENTS[each]});`).join(" ");
  const claim = `${call} >= ${OPAQUE_LEAST} && ${call} <= ${OPAQUE_MOST}`;
  const isTruth = name.startsWith("is");
  const body = `${given} return ${isTruth ? `${call} || !${call}` : claim};`;
  const text = `export function stated(${parameters.map((each) => `${each}: number`).join(", ")}): boolean { ${body} }`;
  return `${BEFORE}\n${name === "slabBlockAt" ? "" : "/** @mode bits */ "}${text}`;
}

const theorems = new StatedTheorems("opaque", [
  ...[...HOLD, ...FAIL, ...REFUSED].map(([, text]) => text),
  ...NAMED.map(rangeText),
]);

afterAll(() => {
  theorems.remove();
  closeSolver();
});

describe("of a function that is not read", () => {
  test.each(HOLD)("%s", async (_, text) => {
    expect(await theorems.verdictOn(text)).toBe("impossible");
  });

  test.each(FAIL)("%s", async (_, text) => {
    expect(await theorems.verdictOn(text)).toBe("possible");
  });

  test.each(REFUSED)("%s is refused", async (_, text, reason) => {
    await expect(theorems.verdictOn(text)).rejects.toThrow(reason);
  });
});

describe("every function that a theorem does not read answers for every argument, as is taken for granted", () => {
  test.each(NAMED)("%s", async (name) => {
    const parameters = ARGUMENTS[name] ?? [];
    const text = rangeText(name);
    const cases = parameters.includes("index")
      ? Array.from({ length: 32 }, (_, index) => ({ index }))
      : [{}];
    for (const fixed of cases) expect(await theorems.verdictOn(text, fixed)).toBe("impossible");
  });
});

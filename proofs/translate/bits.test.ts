/** What is in a theorem of bits: for each word, a theorem that holds and one that fails. */
import { afterAll, describe, expect, test } from "vitest";
import { closeSolver } from "../solver/z3.ts";
import { givenBits as given, StatedTheorems } from "./stated-theorem.ts";
import { obligationText } from "./theorem.ts";

const WORD = "assume(a <= 4294967295);";
const WORDS = "assume(a <= 4294967295 && b <= 4294967295);";
const CLASS = "/** @range 0..8 */ type ClassIndex = number & { readonly unit: 'ClassIndex' };";
const TABLE = "const TABLE: readonly number[] = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];";

// biome-ignore format: one statement per line
const HOLDS: readonly (readonly [string, string])[] = [
  ["a sum of small numbers is exact",             given("a: number, b: number", "assume(a <= 1000 && b <= 1000); return a + b - b === a && -a <= 0;")],
  ["a sum that is owed is exact",                 given("a: number, b: number", "if (a > Number.MAX_SAFE_INTEGER - b) return true; return a + b - b === a;")],
  ["a product by a constant is a shift",          given("a: number", "assume(a < 1000); return a * 8 === a << 3;")],
  ["a product of unknowns",                       given("a: number, b: number", "assume(a < 200 && b < 200); return a * b === b * a && a * b < 40000;")],
  ["floor and ceil enclose a quotient",           given("a: number", "return Math.floor(a / 8) * 8 <= a && (a > 2 ** 52 || a <= Math.ceil(a / 8) * 8);")],
  ["ceil is floor where nothing remains",         given("a: number, b: number", "assume(a < 2 ** 20 && (b === 3 || b === 8)); return (Math.ceil(a / b) === Math.floor(a / b)) === (a % b === 0);")],
  ["trunc is floor of what is not negative",      given("a: number", "return Math.trunc(a / 4096) === Math.floor(a / 4096);")],
  ["a remainder of a power of two is a mask",     given("a: number", `${WORD} return a % 4096 === (a & 4095);`)],
  ["the two words of an address are the address", given("a: Address", "const high = Math.floor(a / 2 ** 32); const low = a - high * 2 ** 32; return low <= 4294967295 && high < 2 ** 21 && high * 2 ** 32 + (low >>> 0) === a;")],
  ["a shift left drops what is above 32 bits",    given("a: number", `${WORD} return (a << 8) >>> 8 === (a & 16777215);`)],
  ["a shift of 1 sets a bit",                     given("k: number", "assume(k < 32); return (1 << k) !== 0 && (k === 31 ? 1 << k < 0 : 1 << k > 0);")],
  ["a shift by nothing wraps only",               given("a: number", `${WORD} return a >>> 0 === a && (a >> 0 === a) === a <= 2147483647;`)],
  ["an arithmetic shift keeps the sign",          given("a: number", "assume(a <= 2147483648); return -a >> 1 <= 0 && -a >> 31 === (a === 0 ? 0 : -1);")],
  ["a logical shift does not",                    given("a: number, k: number", `${WORD} assume(k < 32); return a >>> k >= 0 && a >>> k <= a;`)],
  ["or and xor differ by and",                    given("a: number, b: number", `${WORDS} return ((a | b) ^ (a & b)) === (a ^ b);`)],
  ["a complement is the negative less 1",         given("a: number", "assume(a <= 2147483647); return ~a === -a - 1 && ~~a === a;")],
  ["a mask of a negative number is from its two's complement", given("a: number", "assume(a <= 8); return (-a & 7) === (8 - a) % 8;")],
  ["clz32 counts down",                           given("a: number", `${WORD} return a === 0 ? Math.clz32(a) === 32 : a >>> (31 - Math.clz32(a)) === 1;`)],
  ["imul is the product while it fits",           given("a: number, b: number", "assume(a < 4096 && b < 4096); return Math.imul(a, b) === a * b;")],
  ["imul drops what does not",                    given("a: number", `${WORD} return Math.imul(a, 65536) === a << 16;`)],
  ["min and max are two bounds",                  given("a: number, b: number", "return Math.min(a, b) <= a && a <= Math.max(a, b) && (Math.max(a, b) === a || Math.max(a, b) === b);")],
  ["an alignment is a power of two",              given("a: Alignment", "return a === 1 || a % 2 === 0 && a !== 6 && a !== 2 ** 52 - 2 ** 10;")],
  ["a mask of an alignment is a remainder",       given("a: number, b: Alignment", "assume(a < 2 ** 16 && b <= 2048); return (a & (b - 1)) === a % b;")],
  ["a unit has the range of its tag",             given("i: ClassIndex", "return 8 << i <= 2048;", CLASS)],
  ["a table has what is computed",                given("i: ClassIndex", "return (TABLE[i] as number) === 8 << i;", CLASS + TABLE)],
  ["a loop between constants is read in full",    given("a: number", "assume(a < 256); for (let i = 0; i < 8; i++) { if (a >>> i === 1) return a >= 1 << i && a < 2 << i; } return a === 0;")],
  ["texts are told apart",                        given("t: 'x' | 'y' | 'z', a: number | 'none'", "const n = t === 'x' ? 1 : t === 'y' ? 2 : 3; return n <= 3 && (t === 'z') === (n === 3) && (a === 'none' || a >= 0);")],
  ["a switch goes where the label is",            given("t: 'x' | 'y'", "switch (t) { case 'x': return t !== 'y'; case 'y': return true; default: return unreachable(t); }")],
  ["what is undefined has no bits",               given("a: number | undefined", "return (a ?? 7) === 7 || a !== undefined;")],
  ["a record is read field by field",             given("o: { readonly kind: 'a'; readonly x: number } | { readonly kind: 'b' }", "return o.kind === 'b' || o.x >= 0;")],
  ["a theorem without numbers",                   given("a: boolean, b: boolean", "return (a && b) === !(!a || !b);")],
];

// biome-ignore format: one statement per line
const FAILS: readonly (readonly [string, string])[] = [
  ["a sum beyond 2^53",                     given("a: number, b: number", "return a + b >= a || true;")],
  ["a product beyond 2^53",                 given("a: number", "return a * 2 >= a || true;")],
  ["a negative number beyond -2^53",        given("a: number", "return -a - 1 < 0 && -a - 2 < 0;")],
  ["a quotient is not rounded up by floor", given("a: number", "return Math.floor(a / 8) * 8 >= a;")],
  ["a quotient is not rounded down by ceil", given("a: number", "assume(a < 100); return Math.ceil(a / 8) * 8 <= a;")],
  ["a divisor that may be zero",            given("a: number, b: number", "return Math.floor(a / b) >= 0;")],
  ["a dividend that may be negative",       given("a: number", "return Math.trunc((a - 1) / 2) >= 0 || true;")],
  ["a remainder of what may be negative",   given("a: number", "return (a - 1) % 2 === 0 || true;")],
  ["a number beyond 32 bits is masked",     given("a: number", "return (a & 1) <= 1;")],
  ["a number beyond 32 bits is shifted",    given("a: number", "return a >>> 12 >= 0;")],
  ["a number below -2^31 is complemented",  given("a: number", "assume(a <= 2147483649); return ~(-a) >= -1;")],
  ["a shift by more than 31",               given("k: number", "assume(k <= 32); return 1 << k !== 0;")],
  ["a shift by less than 0",                given("k: number", "assume(k <= 31); return 1 << (k - 1) !== 0;")],
  ["a shift left reaches the sign",         given("a: number", "assume(a <= 2147483647); return a << 1 >= 0;")],
  ["and of words may be negative",          given("a: number, b: number", `${WORDS} return (a & b) >= 0;`)],
  ["or of words may be negative",           given("a: number, b: number", `${WORDS} return (a | b) >= 0;`)],
  ["an arithmetic shift of a word",         given("a: number", `${WORD} return a >> 1 === Math.floor(a / 2);`)],
  ["clz32 of nothing is 32",                given("a: number", `${WORD} return Math.clz32(a) < 32;`)],
  ["clz32 of a number beyond 32 bits",      given("a: number", "return Math.clz32(a) <= 32;")],
  ["imul wraps",                            given("a: number", `${WORD} return Math.imul(a, a) >= 0;`)],
  ["the larger is not the smaller",         given("a: number, b: number", "return Math.max(a, b) === Math.min(a, b);")],
  ["not every alignment is 4096",           given("a: Alignment", "return a === 4096;")],
  ["the largest alignment is 2^52",         given("a: Alignment", "return a < 2 ** 52;")],
  ["the last of a range is in it",          given("i: ClassIndex", "return i < 8;", CLASS)],
  ["an index that is not there",            given("i: number", "return (TABLE[i] as number) >= 8;", TABLE)],
  ["an element of a table that is another", given("i: ClassIndex", "return (TABLE[i] ?? 0) < 2048;", CLASS + TABLE)],
  ["an assertion that fails",               given("a: number", "assert(a !== 2 ** 52 + 1, 'a'); return true;")],
  ["a text is none of the others",          given("t: 'x' | 'y'", "return t === 'x';")],
  ["a number is no text",                   given("a: number | 'none'", "return a === 'none';")],
  ["a case that is called unreachable",     given("t: 'x' | 'y'", "switch (t) { case 'x': return true; default: return unreachable(t); }")],
];

const stated = new StatedTheorems(
  "bits",
  [...HOLDS, ...FAILS].map(([, text]) => text),
);

afterAll(async () => {
  stated.remove();
  await closeSolver();
});

describe("what holds for all bits has no counterexample", () => {
  test.each(HOLDS)("%s", async (_, text) => {
    expect(await stated.verdictOn(text)).toBe("impossible");
  });
});

describe("what fails for some bits has a counterexample", () => {
  test.each(FAILS)("%s", async (_, text) => {
    expect(await stated.verdictOn(text)).toBe("possible");
  });
});

test("a formula of bits has no integers", () => {
  const texts = [...HOLDS, ...FAILS].map(([, text]) => obligationText(stated.theorem(text)));

  expect(texts.filter((text) => /\bInt\b/.test(text))).toEqual([]);
});

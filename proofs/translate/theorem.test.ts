/** What is in the dialect: for each row of its table, a theorem that holds and one that fails. */
import { afterAll, describe, expect, test } from "vitest";
import { closeSolver, solve } from "../solver/z3.ts";
import { given, StatedTheorems } from "./stated-theorem.ts";

const A_OR_B = "o: { readonly kind: 'a'; readonly x: number } | { readonly kind: 'b' }";
const CODE = `function code(a: 'x' | 'y'): number {
  switch (a) { case 'x': return 1; case 'y': return 2; default: return unreachable(a); } }`;
const TABLE = "const TABLE: readonly number[] = [8, 16, 32];";

/** What is said of each value of a map in a map in a map is said of one. */
const DEEP =
  "assume(m.every((a) => a.every((b) => b.every((c) => c > 2)))); assume(m.has(k) && m.get(k).has(l) && m.get(k).get(l).has(n)); return m.get(k).get(l).get(n) > 1;";

// biome-ignore format: one statement per line
const HOLDS: readonly (readonly [string, string])[] = [
  ["a sum of small numbers is exact",       given("a: number, b: number", "assume(a <= 1000 && b <= 1000); return a + b - b === a;")],
  ["a rounded sum is not a safe integer",   given("a: number, b: number", "return a + b <= 9007199254740991 ? a + b - b === a : a + b > 1000;")],
  ["a sum of constants is rounded",         given("a: number", "return a >= 0 && Number.MAX_SAFE_INTEGER + 2 === Number.MAX_SAFE_INTEGER + 1;")],
  ["floor and ceil enclose a quotient",     given("a: number", "return Math.floor(a / 8) * 8 <= a && a <= Math.ceil(a / 8) * 8;")],
  ["trunc is floor of what is not negative", given("a: number", "return Math.trunc(a / 8) === Math.floor(a / 8);")],
  ["a remainder has the dividend's sign",   given("a: number", "const n = -a; return n % 8 <= 0 && a % 8 >= 0 && a % 8 < 8;")],
  ["a power of constants is a constant",    given("a: number", "return a <= 2 ** 53 - 1;")],
  ["min and max are two bounds",            given("a: number, b: number", "return Math.min(a, b) <= a && a <= Math.max(a, b);")],
  ["a unit is named with as",               given("a: Address", "return (a as number) === a;")],
  ["a shift by a constant is a product",    given("a: number", "assume(a < 1000); return a << 3 === a * 8 && a >> 3 === Math.floor(a / 8);")],
  ["a mask of low bits is a remainder",     given("a: number", "assume(a <= 4294967295); return (a & 7) === a % 8 && a >>> 12 === Math.floor(a / 4096);")],
  ["bits of constants are constants",       given("a: number", "return a >= 0 && (12 | 3) === 15 && (-1 >>> 0) === 4294967295 && (5 ^ 1) === 4;")],
  ["an early return excludes what follows", given("a: number", "if (a < 3) return true; return a >= 3;")],
  ["a name inside a block ends with it",    given("a: number", "const b = 1; if (a > 5) { const b = 2; if (b === 1) return false; } return b === 1;")],
  ["a default stands for undefined only",   given("a: number | undefined", "return f(a) === (a === undefined ? 7 : a);", "const f = (x: number | undefined = 7): number => x;")],
  ["zero is false and undefined is false",  given("a: number | undefined", "if (!a) return a === undefined || a === 0; return a > 0;")],
  ["?? keeps a zero",                       given("a: number | undefined", "return (a ?? 5) === 0 || a !== 0;")],
  ["?. of nothing is undefined",            given("a: { readonly b: number } | undefined", "return a?.b === undefined || a !== undefined;")],
  ["a spread keeps what is not replaced",   given("a: number, b: number", "const o = { x: a, y: b }; const { x, y } = { ...o, y: 3 }; return x === a && y === 3;")],
  ["a kind tells records apart",            given(A_OR_B, "return o.kind === 'b' || o.x >= 0;")],
  ["a switch goes where the label is",      given("a: 'x' | 'y'", "return code(a) === (a === 'x' ? 1 : 2);", CODE)],
  ["a switch on kind is closed",            given(A_OR_B, "switch (o.kind) { case 'a': return o.x >= 0; case 'b': return true; default: return unreachable(o); }")],
  ["a switch of numbers without a default goes on", given("a: number", "switch (a) { case 0: case 1: return a < 2; case 2: { const b = a; return b === 2; } } return a > 2;")],
  ["a list that is written out is gone through", given("a: number", "for (const b of [1, 2]) { if (a === b) return a < 3; } return a !== 2;")],
  ["a loop between constants is read in full", given("a: number", "for (let i = 0; i < 4; i++) { if (a === i) return true; } for (let i = 4; i <= 5; i++) { if (a === i) return true; } return a > 5;")],
  ["an index is in the table",              given("a: number", "assume(a < 3); return (TABLE[a] as number) === 8 * (a === 0 ? 1 : a * 2);", TABLE)],
  ["an index behind the table has nothing", given("a: number", "return (TABLE[a] ?? 0) === 0 ? a > 2 : a < TABLE.length;", TABLE)],
  ["some, every and includes go through a list", given("a: number", "return [1, 2].includes(a) === [1, 2].some((b) => a === b) && [a, 3].every((b) => b >= 0);")],
  ["a map has what was put into it",        given("m: FiniteMap<BlockName, number>, k: BlockName", "return m.with(k, 3).get(k) === 3 && !m.without(k).has(k);")],
  ["what holds for all holds for one",      given("m: FiniteMap<BlockName, number>, k: BlockName", "assume(m.every((v) => v > 2)); return !m.has(k) || m.get(k) > 2;")],
  ["what holds for one holds for some",     given("m: FiniteMap<BlockName, number>, k: BlockName", "assume(m.has(k)); return m.some((v) => v === m.get(k));")],
  ["what holds for all of a list holds for one", given("a: readonly number[], b: number", "assume(a.every((x) => x > 2)); return !a.some((x) => x === 2);")],
  ["a list of texts includes only them",    given("a: readonly ('x' | 'y')[], b: 'x' | 'y'", "assume(a.includes(b)); return a.includes(b) && (b === 'x' || b === 'y');")],
  ["a map without keys has none",           given("k: BlockName", "return !finiteMap<BlockName, number>().has(k) && finiteMap<BlockName, number>().every((v) => v > 5);")],
  ["an interval has what lies between",     given("a: BlockName, b: number", "assume(b < 1000 && interval<BlockName>(3, b).every((x) => x !== a)); return a < 3 || a > b;")],
  ["an observer changes nothing",           given("a: number", "DEAF.reached('a'); return a >= 0;")],
  ["a block is a scope",                    given("a: number", "{ const b = a; assert(b === a, 'a'); } const b = 3; return b === 3;")],
  ["a Math of one's own is read",           given("a: number", "return Math.max(a, 1) === a;", "const Math = { max: (x: number, y: number): number => x };")],
  ["an assertion may need the path",        given("a: number", "if (a > 5) assert(a > 4, 'a'); return true;")],
  ["an alignment is a number of its range", given("a: Alignment", "return 1 <= a && a <= 2 ** 52;")],
  ["what holds three maps deep, if it is asked", given("m: FiniteMap<BlockName, FiniteMap<Address, FiniteMap<ByteCount, number>>>, k: BlockName, l: Address, n: ByteCount", DEEP, "/** @depth 3 */")],
  ["a function is called twice, one in the other", given("a: number", "return f(f(a)) === a;", "const f = (x: number): number => -x;")],
];

// biome-ignore format: one statement per line
const FAILS: readonly (readonly [string, string])[] = [
  ["a sum beyond 2^53 is not exact",             given("a: number, b: number", "return a + b - b === a;")],
  ["an assertion that fails",                    given("a: number", "assert(a > 0, 'positive'); return true;")],
  ["an assertion under a silent if",             given("a: number", "if (a > 5) assert(a > 6, 'a'); return true;")],
  ["an else that returns",                       given("a: number", "if (a > 5) assert(true, 'a'); else return false; return true;")],
  ["a return of nothing inside a loop",          given("a: number", "return f(a) !== undefined;", "function f(a: number): number | undefined { for (const b of [1, 2]) { if (a === b) return undefined; } return 0; }")],
  ["a round of a loop is left out",              given("a: number", "for (let i = 0; i < 4; i++) { if (a === i) return true; } return a > 4;")],
  ["a round too many asserts something else",    given("a: number", "for (let i = 0; i <= 4; i++) assert(i < 4, 'a'); return a >= 0;")],
  ["a key that is not there",                    given("m: FiniteMap<BlockName, number>, k: BlockName", "return m.get(k) >= 0;")],
  ["a key that is not there, for some element",  given("m: FiniteMap<BlockName, number>, n: FiniteMap<BlockName, number>", "return m.every((v, k) => n.get(k) >= 0);")],
  ["an index that is not there",                 given("a: number", "return (TABLE[a] as number) >= 8;", TABLE)],
  ["an element of a table that is another",      given("a: number", "assume(a < TABLE.length); return (TABLE[a] ?? 0) === 8;", TABLE)],
  ["an index below the table",                   given("a: number", "return (TABLE[a - 1] ?? 0) > 0 || a > 3;", TABLE)],
  ["a divisor that may be zero",                 given("a: number, b: number", "return a % b >= 0 || true;")],
  ["a quotient of a divisor that may be zero",   given("a: number, b: number", "return Math.floor(a / b) >= 0 || true;")],
  ["a quotient is not rounded up by floor",      given("a: number", "return Math.floor(a / 8) * 8 >= a;")],
  ["trunc of a negative number is not floor",    given("a: number", "return Math.trunc(-a / 8) <= 0;")],
  ["a shift of a number beyond 2^31",            given("a: number", "return a << 3 >= 0;")],
  ["a shift whose result is beyond 2^31",        given("a: number", "assume(a < 2147483648); return a << 3 >= 0;")],
  ["a mask of a number beyond 2^32",             given("a: number", "return (a & 7) < 8;")],
  ["a mask of a negative number",                given("a: number", "assume(a < 9); return (-a & 7) < 8;")],
  ["a smaller number is not the larger",         given("a: number, b: number", "return Math.max(a, b) === a;")],
  ["a later assumption does not help",           given("a: number, b: number", "const c = a % b; assume(b >= 1); return c === c;")],
  ["a remainder of a negative number is not positive", given("a: number", "const n = -a; return n % 8 >= 0;")],
  ["two absent numbers are not one",             given("a: number | undefined, b: number | undefined", "return a === b;")],
  ["a default is not undefined",                 given("a: number | undefined", "return (a ?? 7) === a;")],
  ["a field of a record that may be none",       given("a: { readonly b: number } | undefined", "return a?.b !== undefined;")],
  ["a spread replaces",                          given("a: number, b: number", "const o = { x: a, y: b }; return { ...o, y: 3 }.y === b;")],
  ["a text is none of the others",               given("a: 'x' | 'y'", "return a === 'x';")],
  ["a switch goes where no label is",            given("a: 'x' | 'y'", "switch (a) { case 'x': return true; default: return false; }")],
  ["a case that is called unreachable",          given("a: 'x' | 'y'", "switch (a) { case 'x': return true; default: return unreachable(a); }")],
  ["a switch that ends without a case",          given("a: number", "switch (a) { case 0: case 1: return true; } return a > 2;")],
  ["a number is no text",                        given("a: number | 'x'", "return a !== 3;")],
  ["something holds for one element only",       given("m: FiniteMap<BlockName, number>", "assume(m.some((v) => v > 2)); return m.every((v) => v > 2);")],
  ["nothing holds for an element of nothing",    given("m: FiniteMap<BlockName, number>", "return m.some((v) => v >= 0);")],
  ["some element of a list is not every",       given("a: readonly number[]", "assume(a.some((x) => x > 2)); return a.every((x) => x > 2);")],
  ["a list need not include a text",             given("a: readonly ('x' | 'y')[]", "return a.includes('x');")],
  ["a key of a map without keys",                given("k: BlockName", "return finiteMap<BlockName, number>().get(k) >= 0;")],
  ["an interval has its ends",                   given("a: BlockName, b: number", "return !interval<BlockName>(3, b).some((x) => x === a);")],
  ["what an observer is told may be owed",       given("a: number", "if (a > 5) DEAF.reached('a'); else throw new Error('x'); return a >= 0;")],
  ["a block that returns",                       given("a: number", "{ if (a > 7) return false; } return true;")],
  ["a list that is written out has other elements", given("a: number", "return [1, 2].includes(a);")],
  ["a throw that is reached",                    given("a: number", "if (a === 77) throw new Error('x'); return true;")],
  ["an alignment of integers is any number",     given("a: Alignment", "return a !== 3;")],
  ["what holds three maps deep is not said of names", given("m: FiniteMap<BlockName, FiniteMap<Address, FiniteMap<ByteCount, number>>>, k: BlockName, l: Address, n: ByteCount", DEEP)],
];

const stated = new StatedTheorems(
  "integers",
  [...HOLDS, ...FAILS].map(([, text]) => text),
);

afterAll(async () => {
  stated.remove();
  await closeSolver();
});

describe("what holds for all arguments has no counterexample", () => {
  test.each(HOLDS)("%s", async (_, text) => {
    expect(await stated.verdictOn(text)).toBe("impossible");
  });
});

describe("what fails for some arguments has a counterexample", () => {
  test.each(FAILS)("%s", async (_, text) => {
    expect(await stated.verdictOn(text)).toBe("possible");
  });
});

test("a text that the solver does not read whole is an error", async () => {
  await expect(solve("(declare-fun a () Int) (assert (< a 1) (assert false)")).rejects.toThrow();
});

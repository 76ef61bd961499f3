import { afterAll, describe, expect, test } from "vitest";
import { closeSolver, solve } from "../solver/z3.ts";
import { loadSource, ROOT } from "../source.ts";
import { type Case, obligationText } from "./theorem.ts";

const IMPORTS = `
  import { assert, type FiniteMap } from "#support";
  import type { Alignment, BlockName } from "#units";
  import { assume } from "./assume.ts";
`;

/** Whether the theorem \`stated\`, a text with a function of that name, has a counterexample. */
async function verdictOn(text: string, fixed: Case = {}): Promise<string> {
  const file = loadSource().createSourceFile(
    `${ROOT}proofs/obligations/stated.ts`,
    `${IMPORTS}${text}`,
    { overwrite: true },
  );
  try {
    const answer = await solve(obligationText(file.getFunctionOrThrow("stated"), { fixed }));
    return answer.kind;
  } finally {
    loadSource().removeSourceFile(file);
  }
}

const given = (parameters: string, body: string, before = ""): string =>
  `${before} export function stated(${parameters}): boolean { ${body} }`;

afterAll(closeSolver);

// biome-ignore format: one statement per line
describe("what holds for all arguments has no counterexample", () => {
  test.each([
    ["a sum of small numbers is exact",       given("a: number, b: number", "assume(a <= 1000 && b <= 1000); return a + b - b === a;")],
    ["a rounded sum is not a safe integer",   given("a: number, b: number", "return a + b <= 9007199254740991 ? a + b - b === a : a + b > 1000;")],
    ["floor and ceil enclose a quotient",     given("a: number", "return Math.floor(a / 8) * 8 <= a && a <= Math.ceil(a / 8) * 8;")],
    ["a remainder has the dividend's sign",   given("a: number", "const n = -a; return n % 8 <= 0 && a % 8 >= 0 && a % 8 < 8;")],
    ["an early return excludes what follows", given("a: number", "if (a < 3) return true; return a >= 3;")],
    ["a name inside a block ends with it",    given("a: number", "const b = 1; if (a > 5) { const b = 2; if (b === 1) return false; } return b === 1;")],
    ["a default stands for undefined only",   given("a: number | undefined", "return f(a) === (a === undefined ? 7 : a);", "const f = (x: number | undefined = 7): number => x;")],
    ["zero is false and undefined is false",  given("a: number | undefined", "if (!a) return a === undefined || a === 0; return a > 0;")],
    ["?? keeps a zero",                       given("a: number | undefined", "return (a ?? 5) === 0 || a !== 0;")],
    ["?. of nothing is undefined",            given("a: { readonly b: number } | undefined", "return a?.b === undefined || a !== undefined;")],
    ["a map has what was put into it",        given("m: FiniteMap<BlockName, number>, k: BlockName", "return m.with(k, 3).get(k) === 3 && !m.without(k).has(k);")],
    ["what holds for all holds for one",      given("m: FiniteMap<BlockName, number>, k: BlockName", "assume(m.every((v) => v > 2)); return !m.has(k) || m.get(k) > 2;")],
    ["what holds for one holds for some",     given("m: FiniteMap<BlockName, number>, k: BlockName", "assume(m.has(k)); return m.some((v) => v === m.get(k));")],
    ["a Math of one's own is read",           given("a: number", "return Math.max(a, 1) === a;", "const Math = { max: (x: number, y: number): number => x };")],
    ["an assertion may need the path",        given("a: number", "if (a > 5) assert(a > 4, 'a'); return true;")],
  ])("%s", async (_, text) => {
    expect(await verdictOn(text)).toBe("impossible");
  });
});

// biome-ignore format: one statement per line
describe("what fails for some arguments has a counterexample", () => {
  test.each([
    ["a sum beyond 2^53 is not exact",             given("a: number, b: number", "return a + b - b === a;")],
    ["an assertion that fails",                    given("a: number", "assert(a > 0, 'positive'); return true;")],
    ["an assertion under a silent if",             given("a: number", "if (a > 5) assert(a > 6, 'a'); return true;")],
    ["an else that returns",                       given("a: number", "if (a > 5) assert(true, 'a'); else return false; return true;")],
    ["a return of nothing inside a loop",          given("a: number", "return f(a) !== undefined;", "function f(a: number): number | undefined { for (const b of [1, 2]) { if (a === b) return undefined; } return 0; }")],
    ["a key that is not there",                    given("m: FiniteMap<BlockName, number>, k: BlockName", "return m.get(k) >= 0;")],
    ["a key that is not there, for some element",  given("m: FiniteMap<BlockName, number>, n: FiniteMap<BlockName, number>", "return m.every((v, k) => n.get(k) >= 0);")],
    ["a divisor that may be zero",                 given("a: number, b: number", "return a % b >= 0 || true;")],
    ["a later assumption does not help",           given("a: number, b: number", "const c = a % b; assume(b >= 1); return c === c;")],
    ["a remainder of a negative number is not positive", given("a: number", "const n = -a; return n % 8 >= 0;")],
    ["two absent numbers are not one",             given("a: number | undefined, b: number | undefined", "return a === b;")],
    ["a text is none of the others",               given("a: 'x' | 'y'", "return a === 'x';")],
    ["a number is no text",                        given("a: number | 'x'", "return a !== 3;")],
    ["something holds for one element only",       given("m: FiniteMap<BlockName, number>", "assume(m.some((v) => v > 2)); return m.every((v) => v > 2);")],
    ["nothing holds for an element of nothing",    given("m: FiniteMap<BlockName, number>", "return m.some((v) => v >= 0);")],
    ["a throw that is reached",                    given("a: number", "if (a === 77) throw new Error('x'); return true;")],
  ])("%s", async (_, text) => {
    expect(await verdictOn(text)).toBe("possible");
  });
});

// biome-ignore format: one refusal per line
describe("what is not modelled is refused", () => {
  test.each([
    ["let",                      given("a: number", "let b = a; return b === a;")],
    ["a variable of the file",   given("a: number", "return a === b;", "let b = 1;")],
    ["an assignment",            given("a: number", "const o = { a }; o.a = 3; return o.a === a;")],
    ["an increment",             given("a: number", "a++; return a > 0;")],
    ["a bit operator",           given("a: number", "return (a & 1) === 0;")],
    ["a complement",             given("a: number", "return ~a < 0;")],
    ["a unary plus",             given("a: number", "return +a === a;")],
    ["a fraction",               given("a: number", "return a > 0.5;")],
    ["a quotient",               given("a: number", "return a / 2 === 1;")],
    ["a while loop",             given("a: number", "while (a > 5) return true; return false;")],
    ["a loop over an unknown",   given("a: readonly number[]", "for (const b of a) { if (b === 1) return false; } return true;")],
    ["three numbers at once",    given("a: number", "return Math.max(a, 1, 2) >= 2;")],
    ["the sum of texts",         given("a: 'x' | 'y'", "return a + a === 'xx';")],
    ["the order of texts",       given("a: 'x' | 'y'", "return a < 'z';")],
    ["the truth of a text",      given("a: 'x' | ''", "return a ? true : false;")],
    ["|| of numbers",            given("a: number", "const b = a || 7; return b === a;")],
    ["a value that is not none", given("a: number | undefined", "return a! >= 0;")],
    ["a cast of what may be none", given("a: number | undefined", "return (a as number) >= 0;")],
    ["a cast through unknown",   given("a: number", "return (a as unknown as boolean) === true;")],
    ["==",                       given("a: number | undefined", "return a == undefined;")],
    ["typeof",                   given("a: number", "return typeof a === 'number';")],
    ["null",                     given("a: number | null", "return a !== null;")],
    ["a template",               given("a: number", "return `x` === 'x' && a >= 0;")],
    ["the length of a list",     given("a: readonly number[]", "return a.length >= 0;")],
    ["an index",                 given("a: readonly number[]", "return a[0] === undefined;")],
    ["a default in a pattern",   given("o: { readonly a: number | undefined }", "const { a = 3 } = o; return a === 3;")],
    ["the rest of a record",     given("o: { readonly a: number; readonly b: number }", "const { a, ...rest } = o; return rest.b === a;")],
    ["rest parameters",          given("a: number", "return f(a);", "const f = (...all: readonly number[]): boolean => all.some((x) => x === 1);")],
    ["a generator",              given("a: number", "const b = f(a); return b !== undefined;", "function* f(a: number) { return a; }")],
    ["a string",                 given("a: string", "return a === 'x';")],
    ["a number of a few",        given("a: 1 | true", "return a === 1;")],
    ["an optional field",        given("o: { readonly a?: number }", "return o.a === undefined;")],
    ["a map inside a map",       given("m: FiniteMap<BlockName, readonly number[]>, k: BlockName", "return !m.has(k) || m.get(k).some((x) => x > 1);")],
    ["one field of two types",   given("o: { readonly kind: 'x'; readonly a: number } | { readonly kind: 'y'; readonly a: boolean }", "return o.kind === 'x';")],
    ["a switch",                 given("a: 'x' | 'y'", "switch (a) { case 'x': return true; case 'y': return true; }")],
    ["a regular expression",     given("a: number", "return /x/.test('x') && a >= 0;")],
    ["an unknown function",      given("a: number", "return isNaN(a);")],
  ])("%s", async (_, text) => {
    await expect(verdictOn(text)).rejects.toThrow();
  });

  test("a case that does not exist", async () => {
    const text = given("a: 'x' | 'y'", "return a === 'x';");

    await expect(verdictOn(text, { a: "z" })).rejects.toThrow("a is never z");
    await expect(verdictOn(text, { b: "x" })).rejects.toThrow("there is no unknown b");
  });
});

test("a text that the solver does not read whole is an error", async () => {
  await expect(solve("(declare-fun a () Int) (assert (< a 1) (assert false)")).rejects.toThrow();
});

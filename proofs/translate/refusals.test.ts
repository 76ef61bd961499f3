/** What is not in the dialect is refused where it stands, with what to write instead. */
import { afterAll, describe, expect, test } from "vitest";
import { given, givenBits, StatedTheorems } from "./stated-theorem.ts";
import { obligationText } from "./theorem.ts";

const UP = "const up = (x: number): number => (x > 5 ? x : up(x + 1));";
const EVEN = `function even(x: number): boolean { return x === 0 || odd(x - 1); }
  function odd(x: number): boolean { return x !== 0 && even(x - 1); }`;

// biome-ignore format: one refusal per line
const IN_EITHER: readonly (readonly [string, string, string])[] = [
  ["let",                      "a: number", "let b = a; return b === a;"],
  ["an assignment",            "a: number", "const o = { a }; o.a = 3; return o.a === a;"],
  ["an increment",             "a: number", "a++; return a > 0;"],
  ["a sum that is assigned",   "a: number", "a += 1; return a > 0;"],
  ["a decrement in front",     "a: number", "return --a < 5;"],
  ["a unary plus",             "a: number", "return +a === a;"],
  ["a fraction",               "a: number", "return a > 0.5;"],
  ["a number beyond 2^53",     "a: number", "return a < 9007199254740993;"],
  ["a quotient",               "a: number", "return a / 2 === 1;"],
  ["a sign of zero, by 1 / x", "a: number", "return 1 / -a < 0;"],
  ["a sign of zero, by Object.is", "a: number", "return Object.is(-a, 0);"],
  ["a sign of zero, by Math.sign", "a: number", "return Math.sign(a) === 1;"],
  ["a sign of zero, by atan2", "a: number", "return Math.atan2(a, -1) > 0;"],
  ["a root",                   "a: number", "return Math.sqrt(a) >= 0;"],
  ["a number rounded to even", "a: number", "return Math.round(a / 2) >= 0;"],
  ["the floor of no quotient", "a: number", "return Math.floor(a) === a;"],
  ["a power of an unknown",    "a: number", "return 2 ** a > 0;"],
  ["a power beyond 2^53",      "a: number", "return 3 ** 40 > a;"],
  ["a while loop",             "a: number", "while (a > 5) return true; return false;"],
  ["a do loop",                "a: number", "do { return true; } while (a > 5);"],
  ["a loop up to an unknown",  "a: number", "for (let i = 0; i < a; i++) { if (i === 3) return true; } return true;"],
  ["a loop by other steps",    "a: number", "for (let i = 0; i < 8; i += 2) { if (a === i) return true; } return true;"],
  ["a loop down",              "a: number", "for (let i = 8; i > 0; i--) { if (a === i) return true; } return true;"],
  ["a loop of many rounds",    "a: number", "for (let i = 0; i < 5000; i++) { if (a === i) return true; } return true;"],
  ["a loop that is left",      "a: number", "for (let i = 0; i < 8; i++) { if (a === i) break; } return true;"],
  ["a round that is skipped",  "a: number", "for (let i = 0; i < 8; i++) { if (a === i) continue; } return true;"],
  ["a switch that falls through", "a: number", "switch (a) { case 0: assert(true, 'a'); case 1: return true; } return true;"],
  ["a switch with a default in front", "a: number", "switch (a) { default: return true; case 1: return false; }"],
  ["a switch on what is computed", "a: number, b: number", "switch (a) { case b: return true; } return true;"],
  ["a name in a clause without braces", "a: number", "switch (a) { case 0: const b = 1; return b === a; } return true;"],
  ["a clause that breaks",     "a: number", "switch (a) { case 0: break; } return true;"],
  ["three numbers at once",    "a: number", "return Math.max(a, 1, 2) >= 2;"],
  ["the sum of texts",         "a: 'x' | 'y'", "return a + a === 'xx';"],
  ["the order of texts",       "a: 'x' | 'y'", "return a < 'z';"],
  ["the truth of a text",      "a: 'x' | ''", "return a ? true : false;"],
  ["|| of numbers",            "a: number", "const b = a || 7; return b === a;"],
  ["bits of what may be none", "a: number | undefined", "return (a | 0) === 0;"],
  ["a value that is not none", "a: number | undefined", "return a! >= 0;"],
  ["a cast of what may be none", "a: number | undefined", "return (a as number) >= 0;"],
  ["a cast through unknown",   "a: number", "return (a as unknown as boolean) === true;"],
  ["==",                       "a: number | undefined", "return a == undefined;"],
  ["!=",                       "a: number | undefined", "return a != undefined;"],
  ["a comma",                  "a: number", "return a > 5, true;"],
  ["in",                       "a: { readonly b: number }", "return 'b' in a;"],
  ["typeof",                   "a: number", "return typeof a === 'number';"],
  ["null",                     "a: number | null", "return a !== null;"],
  ["a template",               "a: number", "return `x` === 'x' && a >= 0;"],
  ["an index of a record",     "a: { readonly b: number }", "return a['b'] === 0;"],
  ["the length of a text",     "a: 'x' | 'yy'", "return a.length === 1;"],
  ["a list that is built",     "a: number", "return [a, 1].map((b) => b + 1).includes(2);"],
  ["the spread of a list",     "a: number", "return [...[a, 1]].includes(1);"],
  ["a default in a pattern",   "o: { readonly a: number | undefined }", "const { a = 3 } = o; return a === 3;"],
  ["a pattern of a list",      "a: number", "const [b] = [a]; return b === a;"],
  ["the rest of a record",     "o: { readonly a: number; readonly b: number }", "const { a, ...rest } = o; return rest.b === a;"],
  ["a computed field",         "a: number", "const o = { ['x']: a }; return o.x === a;"],
  ["a getter",                 "a: number", "const o = { get x() { return a; } }; return o.x === a;"],
  ["a comparison of records",  "a: { readonly b: number }", "return a === a;"],
  ["a string",                 "a: string", "return a === 'x';"],
  ["a bigint",                 "a: number", "return 3n > 2n && a >= 0;"],
  ["a number of a few",        "a: 1 | true", "return a === 1;"],
  ["an optional field",        "o: { readonly a?: number }", "return o.a === undefined;"],
  ["one field of two types",   "o: { readonly kind: 'x'; readonly a: number } | { readonly kind: 'y'; readonly a: boolean }", "return o.kind === 'x';"],
  ["a record without kind",    "o: { readonly x: number } | { readonly y: number }", "return o !== undefined;"],
  ["a function that is unknown", "f: (a: number) => number", "return f(1) === 1;"],
  ["a regular expression",     "a: number", "return /x/.test('x') && a >= 0;"],
  ["an unknown function",      "a: number", "return isNaN(a);"],
  ["a word of Number",         "a: number", "return Number.isInteger(a);"],
  ["try",                      "a: number", "try { return a > 0; } catch { return true; }"],
  ["new",                      "a: number", "return new Set([a]).has(a);"],
  ["this",                     "a: number", "return this === undefined && a >= 0;"],
  ["await",                    "a: number", "return (await a) === a;"],
  ["a function inside a function", "a: number", "function f(): number { return a; } return f() === a;"],
  ["?. before a call",         "a: number", "const f = (x: number): number => x; return f?.(a) === a;"],
];

// biome-ignore format: one refusal per line
const WITH_A_FILE: readonly (readonly [string, string])[] = [
  ["a variable of the file",   given("a: number", "return a === b;", "let b = 1;")],
  ["rest parameters",          given("a: number", "return f(a);", "const f = (...all: readonly number[]): boolean => all.some((x) => x === 1);")],
  ["a missing argument",       given("a: number", "return f() === a;", "const f = (x: number): number => x;")],
  ["a generator",              given("a: number", "const b = f(a); return b !== undefined;", "function* f(a: number) { return a; }")],
  ["a promise",                given("a: number", "const b = f(a); return b !== undefined;", "async function f(a: number) { return a; }")],
  ["a class",                  given("a: number", "return C.f(a) === a;", "class C { static f(x: number): number { return x; } }")],
  ["an enumeration",           given("a: number", "return E.X === a;", "enum E { X }")],
  ["overloads",                given("a: number", "return f(a) === a;", "function f(x: number): number; function f(x: number): number { return x; }")],
  ["a loop over an unknown",   given("a: readonly number[]", "for (const b of a) { if (b === 1) return false; } return true;")],
  ["an index of an unknown",   given("a: readonly number[]", "return a[0] === undefined;")],
  ["the length of an unknown", given("a: readonly number[]", "return a.length >= 0;")],
  ["a map with other arguments", given("m: FiniteMap<BlockName, number>, k: BlockName", "return m.with(k).has(k);")],
  ["the texts of a map",       given("m: FiniteMap<BlockName, number>", "return m.keys().every((k) => k >= 0);")],
  ["a list inside a map",      given("m: FiniteMap<BlockName, readonly number[]>, k: BlockName", "return !m.has(k) || m.get(k).some((x) => x > 1);")],
  ["a bit operator of unknowns", given("a: number, b: number", "return (a & b) >= 0;")],
  ["or, of integers",          given("a: number", "return (a | 1) >= 0;")],
  ["a shift by an unknown",    given("a: number", "return 1 << a >= 0;")],
  ["a mask with a hole",       given("a: number", "return (a & 5) >= 0;")],
  ["a complement of integers", given("a: number", "return ~a < 0;")],
  ["clz32 of integers",        given("a: number", "return Math.clz32(a) <= 32;")],
  ["imul of integers",         given("a: number", "return Math.imul(a, 3) >= 0;")],
  ["a map as bits",            givenBits("m: FiniteMap<BlockName, number>, k: BlockName", "return m.has(k);")],
  ["a map without keys, as bits", givenBits("a: number", "return finiteMap<BlockName, number>().every((v) => v > a);")],
  ["an interval, as bits",     givenBits("a: number", "return interval<BlockName>(3, a).every((x) => x > 2);")],
  ["a list as bits",           givenBits("a: readonly number[]", "return a.includes(3);")],
  ["a range that is none",     given("a: Odd", "return a >= 0;", "/** @range 3 to 5 */ type Odd = number & { readonly unit: 'Odd' };")],
  ["a range that is empty",    given("a: Odd", "return a >= 0;", "/** @range 5..3 */ type Odd = number & { readonly unit: 'Odd' };")],
  ["another mode",             given("a: number", "return a >= 0;").replace(" export", "/** @mode reals */ export")],
  ["another depth",            given("a: number", "return a >= 0;").replace(" export", "/** @depth 4 */ export")],
];

const WITH_A_CYCLE: readonly (readonly [string, string, string])[] = [
  ["a function that calls itself", given("a: number", "return up(a) > 5;", UP), "up -> up"],
  [
    "a claim that asks itself",
    given(
      "m: FiniteMap<BlockName, number>",
      "return all(m);",
      "const all = (m: FiniteMap<BlockName, number>): boolean => m.every(() => all(m));",
    ),
    "all -> line 5 -> all",
  ],
  ["two that call each other", given("a: number", "return even(a);", EVEN), "even -> odd -> even"],
];

const texts = [
  ...IN_EITHER.flatMap(([, ...text]) => [given(...text), givenBits(...text)]),
  ...[...WITH_A_FILE, ...WITH_A_CYCLE].map(([, text]) => text),
];
const stated = new StatedTheorems("refused", texts);

afterAll(() => stated.remove());

/** A file, a line, the text that is refused, and what to write instead. */
const PLACED = /^[\w.-]+\.ts:\d+ .+: \S/;

describe.each([
  ["integers", given],
  ["bits", givenBits],
] as const)("in a theorem of %s there is no word for", (_, state) => {
  test.each(IN_EITHER)("%s", (_, parameters, body) => {
    const theorem = stated.theorem(state(parameters, body));

    expect(() => obligationText(theorem)).toThrow(PLACED);
  });
});

describe("there is no word for", () => {
  test.each(WITH_A_FILE)("%s", (_, text) => {
    expect(() => obligationText(stated.theorem(text))).toThrow(PLACED);
  });
});

test.each(WITH_A_CYCLE)("%s is refused with its cycle", (_, text, cycle) => {
  expect(() => obligationText(stated.theorem(text))).toThrow(`${cycle} calls itself`);
});

test("a case that does not exist is an error", () => {
  const theorem = stated.theorem(given("a: 'x' | 'y'", "return a < 'z';"));

  expect(() => obligationText(theorem, { fixed: { a: "z" } })).toThrow("a is never z");
  expect(() => obligationText(theorem, { fixed: { b: "x" } })).toThrow("there is no unknown b");
});

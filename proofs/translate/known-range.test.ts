import { describe, expect, test } from "vitest";
import { isAlwaysSafe, noteRange, rangeOf } from "./known-range.ts";
import { apply, arithmetic, ifThenElse, integer, type Term } from "./term.ts";

function unknown(name: string, least: number, most: number): Term {
  const term = apply("Int", name);
  noteRange(term, least, most);
  return term;
}

const word = unknown("word", 0, 2 ** 32 - 1);
const address = unknown("address", 0, Number.MAX_SAFE_INTEGER);
const any = apply("Int", "any");
const isAny = apply("Bool", "is any");

// biome-ignore format: one term per line
describe("the range of", () => {
  test.each([
    ["a constant",               integer(7),                                     7, 7],
    ["an unknown",               word,                                           0, 2 ** 32 - 1],
    ["a sum",                    arithmetic("+", word, integer(4)),              4, 2 ** 32 + 3],
    ["a difference",             arithmetic("-", word, address),                 -Number.MAX_SAFE_INTEGER, 2 ** 32 - 1],
    ["a multiple",               arithmetic("*", integer(8), word),              0, 8 * (2 ** 32 - 1)],
    ["a multiple, turned round", arithmetic("*", word, integer(8)),              0, 8 * (2 ** 32 - 1)],
    ["a choice",                 ifThenElse(isAny, integer(-1), word),           -1, 2 ** 32 - 1],
    ["a quotient",               apply("Int", "div", word, integer(8)),          0, 2 ** 29 - 1],
    ["a remainder of anything",  apply("Int", "mod", any, integer(8)),           0, 7],
  ])("%s has nothing outside of it", (_, term, least, most) => {
    expect(rangeOf(term)).toEqual({ least, most });
  });
});

// biome-ignore format: one term per line
describe("not always safe is", () => {
  test.each([
    ["an unknown of which nothing is known", any],
    ["a choice of one of them",              ifThenElse(isAny, any, word)],
    ["a sum that passes 2^53",               arithmetic("+", address, integer(1))],
    ["a sum that passes 2^53 far below",     arithmetic("-", integer(-1), address)],
    ["a multiple that passes 2^53",          arithmetic("*", integer(2), address)],
    ["a multiple of a negative number",      arithmetic("*", integer(-1), address)],
    ["a product of unknowns",                arithmetic("*", word, word)],
    ["a quotient of one by zero",            apply("Int", "div", word, integer(0))],
    ["what is infinite less what is",        arithmetic("-", any, any)],
  ])("%s", (_, term) => {
    expect(isAlwaysSafe(term)).toBe(false);
  });
});

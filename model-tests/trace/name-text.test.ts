import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { blockName } from "#units";
import { nameText, parseName } from "./name-text.ts";

test("names count like the columns of a spreadsheet", () => {
  const texts = [0, 1, 25, 26, 27, 51, 52, 701, 702].map((name) => nameText(blockName(name)));

  expect(texts).toEqual(["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
});

property.prop([fc.nat({ max: 1e14 })], { seed: 1 })("a name survives being written", (name) => {
  expect(parseName(nameText(blockName(name)))).toBe(name);
});

test("a text that no name has is not read", () => {
  const texts = ["", "A", "a1", "a b", "ä", "aaaaaaaaaaa", "a\n"];

  expect(texts.map((text) => parseName(text))).toEqual(texts.map(() => undefined));
});

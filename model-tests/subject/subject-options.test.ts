import { expect, test } from "vitest";
import {
  areSameOptions,
  readSubjectOptions,
  type SubjectOptions,
  subjectText,
  subjectWords,
} from "./subject-options.ts";

// biome-ignore format: one subject a line.
const SUBJECTS: readonly (readonly [string, SubjectOptions, string])[] = [
  ["./mine.ts",        {},                                     "./mine.ts"],
  ["libmimalloc.so.2", { prefix: "mi_" },                      "libmimalloc.so.2 --prefix mi_"],
  ["./a b.wasm",       { alloc: "grab", dealloc: "drop" },     "'./a b.wasm' --alloc grab --dealloc drop"],
  ["./driver -x",      { stdio: true, promises: "c-malloc" },  "--stdio './driver -x' --promises c-malloc"],
  ["./tlsf.so",        { prefix: "t_", alignDefault: 8 },      "./tlsf.so --prefix t_ --align-default 8"],
  ["./it's.so",        {},                                     "'./it'\\''s.so'"],
];

test.each(SUBJECTS)("%s with %j is typed as a shell reads it", (reference, options, text) => {
  expect(subjectText(reference, options)).toBe(text);
});

test("options that were written down are the same when they are read", () => {
  for (const [, options] of SUBJECTS) {
    const read = readSubjectOptions(JSON.parse(JSON.stringify(options)));

    expect(read).toEqual(options);
    expect(areSameOptions(read, options)).toBe(true);
  }
});

test("an option that is no word is told in one sentence", () => {
  expect(() => readSubjectOptions({ prefix: 7 })).toThrow(
    "the option prefix of a subject is a word, not 7",
  );
});

test.each(["3", "0", "8192", "eight", ""])(
  "a default alignment of %j is told in one sentence",
  (alignDefault) => {
    expect(() => readSubjectOptions({ alignDefault })).toThrow(
      `the option alignDefault of a subject is a power of two up to 4096, not ${alignDefault}`,
    );
  },
);

test("subjects that differ in one option are not the same", () => {
  expect(areSameOptions({ prefix: "mi_" }, { prefix: "je_" })).toBe(false);
  expect(areSameOptions({ stdio: true }, {})).toBe(false);
  expect(areSameOptions({ alignDefault: 8 }, { alignDefault: 16 })).toBe(false);
  expect(subjectWords("block")).toEqual(["block"]);
});

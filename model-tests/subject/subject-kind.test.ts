import { expect, test } from "vitest";
import { kindOf } from "./subject-kind.ts";

// biome-ignore format: one reference a line.
test.each([
  ["block",                  "built-in"],
  ["./mine.ts",              "module"],
  ["mine.mjs",               "module"],
  ["./folder/mine",          "module"],
  ["./mine.wasm",            "wasm"],
  ["libmimalloc.so",         "native"],
  ["libmimalloc.so.2.1",     "native"],
  ["./build/libmine.dylib",  "native"],
  ["./x.so/mine.ts",         "module"],
  ["nonesuch",               "unknown"],
])("%s names something of the kind %s", (reference, kind) => {
  expect(kindOf(reference, {})).toBe(kind);
});

test("a command is one, whatever its words are", () => {
  expect(kindOf("./driver.so --fast", { stdio: true })).toBe("stdio");
});

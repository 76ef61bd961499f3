/** Which exports are taken for an allocator, and how a module without one is told. */
import { expect, test } from "vitest";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { type Allocator, findAllocator } from "./families.ts";
import type { Signature, ValueType } from "./module-shape.ts";

/** Functions by their names, each with as many parameters of 32 bits; all of them answer one number. */
function exporting(functions: Readonly<Record<string, number>>): Map<string, Signature> {
  const results: readonly ValueType[] = ["i32"];
  return new Map(
    Object.entries(functions).map(([name, count]) => [
      name,
      { params: Array.from({ length: count }, (): ValueType => "i32"), results },
    ]),
  );
}

function found(
  functions: Readonly<Record<string, number>>,
  options: SubjectOptions = {},
): Allocator {
  return findAllocator({ functions: exporting(functions) }, options);
}

const C = { malloc: 1, free: 1, realloc: 2 };
const RUST = { alloc: 2, dealloc: 3, realloc: 4 };
const COLLECTED = { __new: 2, __pin: 1, __unpin: 1, __collect: 0 };

// biome-ignore format: a table is read by its columns.
test.each<readonly [Readonly<Record<string, number>>, SubjectOptions, string, string, number]>([
  [C,                                {},                                 "c",                        "malloc",     8],
  [{ ...C, memalign: 2 },            {},                                 "c",                        "malloc",     4096],
  [{ ...RUST, ...C },                {},                                 "c",                        "malloc",     8],
  [{ malloc: 1, ...RUST },           {},                                 "rust",                     "alloc",      4096],
  [{ alloc: 1, dealloc: 2 },         {},                                 "rust",                     "alloc",      1],
  [{ __alloc: 1, __free: 1 },        {},                                 "assemblyscript",           "__alloc",    16],
  [COLLECTED,                        {},                                 "assemblyscript-collected", "__new",      16],
  [{ __wbindgen_malloc: 2, __wbindgen_free: 3 }, {},                     "wasm-bindgen",             "__wbindgen_malloc", 4096],
  [{ je_malloc: 1, je_free: 1, ...C }, { prefix: "je_" },                "c",                        "je_malloc",  8],
  [{ ...C, ...RUST },                { alloc: "alloc", dealloc: "dealloc" }, "rust",                 "alloc",      4096],
  [{ ...C, grab: 1, drop: 1 },       { alloc: "grab", dealloc: "drop" }, "named",                    "grab",       1],
  [{ ...C, grab: 2, drop: 3 },       { alloc: "grab", dealloc: "drop" }, "named",                    "grab",       4096],
])("of %j with %j the family is %s", (functions, options, family, alloc, alignMax) => {
  const allocator = found(functions, options);

  expect([allocator.family, allocator.calls.alloc.name]).toEqual([family, alloc]);
  expect(allocator.promises.alignMax ?? 1).toBe(alignMax);
});

test("a function that is named stands for that of the family", () => {
  const { calls } = found({ ...C, resize: 3 }, { realloc: "resize" });

  expect(calls.realloc).toEqual({ name: "resize", params: 3 });
  expect(calls.alloc).toEqual({ name: "malloc", params: 1 });
});

// What sqlite3_realloc is asked with a sign means a free: only of C itself is it known that there is none.
test("sizes with the highest bit are said to functions of C itself alone", () => {
  expect(found(C).sizeMax).toBe(2 ** 32 - 1);
  expect(found({ my_malloc: 1, my_free: 1 }, { prefix: "my_" }).sizeMax).toBe(2 ** 31 - 1);
  expect(found({ grab: 1, drop: 1 }, { alloc: "grab", dealloc: "drop" }).sizeMax).toBe(2 ** 31 - 1);
});

// biome-ignore format: a table is read by its columns.
test.each<readonly [Readonly<Record<string, number>>, SubjectOptions, string]>([
  [{ grab: 1 },             {},                                  "its functions have other names, of which --alloc and --dealloc say those that are meant"],
  [{ my_malloc: 1, go: 0 }, {},                                  "say which functions are meant, maybe of my_malloc"],
  [C,                       { prefix: "mi_" },                   "it exports none of mi_malloc/mi_free, "],
  [C,                       { alloc: "malloc" },                 "--alloc and --dealloc belong together"],
  [C,                       { alloc: "grab", dealloc: "free" },  "it exports no function grab; "],
  [{ ...C, realloc: 5 },    {},                                  "its realloc is a function (i32, i32, i32, i32, i32) -> (i32); to be asked it has to take 2 or 3 or 4 numbers"],
])("of %j with %j nothing can be asked, and a sentence says why", (functions, options, sentence) => {
  expect(() => found(functions, options)).toThrow(sentence);
});

test("what would be judged with one more export is told by the name of that export", () => {
  expect(found({ my_malloc: 1, my_free: 1 }, { prefix: "my_" }).offering).toMatchObject({
    realloc: "export my_realloc",
    allocZeroed: "export my_calloc",
    usableSize: "export my_malloc_usable_size",
  });
  expect(found(COLLECTED).offering["allocZeroed"]).toContain("of a module that wraps this one");
});

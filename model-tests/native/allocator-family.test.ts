import { expect, test } from "vitest";
import { UnusableSubject } from "../subject/contract.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { allocatorFamily } from "./allocator-family.ts";

const C = ["malloc", "free", "realloc", "calloc", "aligned_alloc", "malloc_usable_size"];
const RUST = ["alloc", "dealloc", "realloc", "alloc_zeroed"];
const begun = (prefix: string): string[] => C.map((name) => `${prefix}${name}`);

// biome-ignore format: a table
test.each<[string, string[], SubjectOptions, object]>([
  ["the names of C",              C,                             {},                        { kind: "c", alloc: "malloc", dealloc: "free", usableSize: "malloc_usable_size" }],
  ["a prefix that is given",      [...C, ...begun("mi_")],       { prefix: "mi_" },         { kind: "c", alloc: "mi_malloc", realloc: "mi_realloc", allocZeroed: "mi_calloc" }],
  ["a prefix that is well known", begun("je_"),                  {},                        { kind: "c", alloc: "je_malloc", aligned: [{ name: "je_aligned_alloc", form: "aligned_alloc" }] }],
  ["the names of Rust",           RUST,                          {},                        { kind: "rust", alloc: "alloc", dealloc: "dealloc", realloc: "realloc", allocZeroed: "alloc_zeroed" }],
  ["C before Rust",               [...RUST, ...C],               {},                        { kind: "c", alloc: "malloc" }],
  ["C, whatever it promises",     C,                             { promises: "rust-global-alloc" }, { kind: "c", alloc: "malloc" }],
  ["names that are chosen",       ["take", "give"],              { alloc: "take", dealloc: "give" }, { kind: "c", alloc: "take", dealloc: "give", aligned: [] }],
  ["those of Rust, as promised",  ["take", "give"],              { alloc: "take", dealloc: "give", promises: "rust-global-alloc" }, { kind: "rust" }],
])("%s are an allocator", (_, functions, options, family) => {
  expect(allocatorFamily("x.so", new Set(functions), options)).toMatchObject(family);
});

test("what was not chosen does not belong to what was", () => {
  const options = { alloc: "take", dealloc: "give" };

  const family = allocatorFamily("x.so", new Set(["take", "give", ...C]), options);

  expect(family).toEqual({ kind: "c", alloc: "take", dealloc: "give", aligned: [] });
});

// biome-ignore format: one sentence a line.
test.each<[string[], SubjectOptions, string]>([
  [["sin"],            {},                               "x.so exports no allocator, neither malloc and free nor alloc and dealloc; and nothing that looks like one"],
  [["_free", "reallo", "pool_alloc"], {},                "what looks like one is pool_alloc, _free: --prefix, or --alloc and --dealloc, say which"],
  [C,                  { prefix: "mi_" },                "nor alloc and dealloc that begin with mi_; what looks like one is aligned_alloc, calloc, free"],
  [C,                  { alloc: "take", dealloc: "free" }, "x.so exports no function take; what looks like one is"],
])("of %j nothing is an allocator under %j", (functions, options, sentence) => {
  const family = () => allocatorFamily("x.so", new Set(functions), options);

  expect(family).toThrow(UnusableSubject);
  expect(family).toThrow(sentence);
});

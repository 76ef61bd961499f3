import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../needs/needing.fixture.ts";
import { elfExports } from "./elf-exports.ts";
import { findLibrary } from "./find-library.ts";
import { nativeAllocator } from "./load-native.ts";

const libc = process.platform === "linux" ? findLibrary("libc.so.6", ".") : undefined;
const needs = needing("libc.so.6");

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
  writeFileSync(join(folder, "text.so"), "no library");
  if (libc !== undefined) copyFileSync(libc, join(folder, "libcopy.so"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(libc === undefined)(`${needs}the C library exports its allocator`, () => {
  const { path, family } = nativeAllocator("libc.so.6", folder, {});

  expect(path).toBe(libc);
  expect(family).toMatchObject({ kind: "c", alloc: "malloc", usableSize: "malloc_usable_size" });
  expect(family.aligned.map(({ form }) => form)).toEqual([
    "posix_memalign",
    "memalign",
    "aligned_alloc",
  ]);
});

test.skipIf(libc === undefined)(`${needs}a library of a folder is found by its path only`, () => {
  const byName = () => nativeAllocator("libcopy.so", folder, {});

  expect(nativeAllocator("./libcopy.so", folder, {}).path).toBe(join(folder, "libcopy.so"));
  expect(byName).toThrow(
    "the loader knows no library libcopy.so; the one that is here is ./libcopy",
  );
});

test.skipIf(libc === undefined)(`${needs}a library of another processor is told from none`, () => {
  const file = readFileSync(libc ?? "");
  const half = file.subarray(0, file.length / 2);

  expect(elfExports(file, process.arch)?.isOfThisMachine).toBe(true);
  expect(elfExports(file, process.arch === "arm64" ? "x64" : "arm64")?.isOfThisMachine).toBe(false);
  expect(elfExports(half, process.arch)).toBeUndefined();
});

test.skipIf(process.platform !== "linux")(
  `${needing("Linux")}what is no library is told in a sentence`,
  () => {
    const load = (reference: string) => () => nativeAllocator(reference, folder, {});

    expect(load("./text.so")).toThrow("./text.so is no shared library");
    expect(load("./none.so")).toThrow("there is no file ./none.so");
    expect(load("libnone.so.7")).toThrow("the loader knows no library libnone.so.7");
  },
);

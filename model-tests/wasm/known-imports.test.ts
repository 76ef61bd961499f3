/** What a module meets outside of itself: growth that works, ends that are told, and no chance. */
import { expect, test } from "vitest";
import { ENGINE, WASM_PAGE_SIZE } from "./engine.ts";
import { knownImport } from "./known-imports.ts";
import { Aborted, Outside } from "./outside.ts";

const WASI = "wasi_snapshot_preview1";

/** The outside of an instance with two pages, which may become four. */
function outside(): Outside {
  const made = new Outside(4, () => {});
  made.attach(new ENGINE.Memory({ initial: 2, maximum: 4, shared: false }));
  return made;
}

function ask(of: Outside, module: string, name: string, ...args: number[]): number | undefined {
  return knownImport(module, name)?.(of, ...args);
}

test("memory is resized as far as there is room, and no further", () => {
  const of = outside();
  const resized = (pages: number) =>
    ask(of, "env", "emscripten_resize_heap", pages * WASM_PAGE_SIZE);

  expect([resized(3), of.bytes().length]).toEqual([1, 3 * WASM_PAGE_SIZE]);
  expect([resized(5), of.bytes().length]).toEqual([0, 3 * WASM_PAGE_SIZE]);
  expect([resized(-1), of.bytes().length]).toEqual([0, 3 * WASM_PAGE_SIZE]);
  expect(ask(of, "env", "emscripten_get_heap_max")).toBe(4 * WASM_PAGE_SIZE);
});

test("long copies are made", () => {
  const of = outside();
  of.bytes().set([1, 2, 3], 100);

  ask(of, "env", "_emscripten_memcpy_js", 200, 100, 3);

  expect([...of.bytes().slice(199, 204)]).toEqual([0, 1, 2, 3, 0]);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["env", "abort",             [0, 0, 0, 0],     "abort"],
  ["env", "abort",             [104, 204, 7, 9], "why (where:7:9)"],
  ["env", "__assert_fail",     [300, 310, 7, 0], "assertion failed: ok (file.c:7)"],
  ["env", "_abort_js",         [],               "_abort_js"],
  ["env", "segfault",          [],               "segfault"],
  ["wbg", "__wbindgen_throw",  [310, 4],         "file"],
  [WASI,  "proc_exit",         [3],              "proc_exit says 3"],
] as const)("%s.%s ends the call, and says why", (module, name, args, why) => {
  const of = outside();
  const put = (at: number, text: string) => of.bytes().set(Buffer.from(text, "latin1"), at);
  put(100, "\u0006\0\0\0w\0h\0y\0");
  put(200, "\u000a\0\0\0w\0h\0e\0r\0e\0");
  put(300, "ok\0");
  put(310, "file.c\0");

  expect(() => ask(of, module, name, ...args)).toThrow(new Aborted(why));
});

test("what was printed and who was stood in for is told with the trap", () => {
  const of = outside();
  of.standIn("env.early");
  of.ready();
  of.bytes().set(Buffer.from("free(): bad\n"), 64);
  of.setWord(16, 64);
  of.setWord(20, 12);

  const errno = ask(of, WASI, "fd_write", 2, 16, 1, 32);
  of.standIn("env.late");

  expect([errno, of.word(32)]).toEqual([0, 12]);
  expect(of.explained(new Error("unreachable"))).toMatchObject({
    message:
      'unreachable, after it had printed "free(): bad", after asking for env.late, which nobody provides',
  });
});

test("nothing outside depends on the time or on chance, and no file is there", () => {
  const [one, other] = [outside(), outside()];
  for (const of of [one, other]) {
    ask(of, WASI, "random_get", 0, 64);
    ask(of, WASI, "clock_time_get", 0, 0, 64);
    ask(of, WASI, "environ_sizes_get", 80, 84);
  }

  expect(Buffer.compare(one.bytes(), other.bytes())).toBe(0);
  expect(new Set(one.bytes().subarray(0, 64)).size).toBeGreaterThan(32);
  expect(ask(one, WASI, "path_open")).toBe(8);
});

test("a function that nobody knows is not known", () => {
  expect(knownImport("env", "trace_malloc")).toBeUndefined();
});

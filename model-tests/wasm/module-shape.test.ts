/** What is read from the bytes of a module, and what becomes of one whose memory is limited. */
import { expect, test } from "vitest";
import { ENGINE, WASM_PAGE_SIZE, type WasmMemory } from "./engine.ts";
import { limitedModule } from "./limited-module.ts";
import { moduleBytes, nameBytes } from "./module-bytes.fixture.ts";
import { moduleShape, signatureText } from "./module-shape.ts";
import { wasmSubject } from "./wasm-subject.ts";

const TYPES = 1;
const IMPORTS = 2;
const MEMORIES = 5;
const EXPORTS = 7;
const exportOf = (name: string, kind: number) => [...nameBytes(name), kind, 0];

/** One page at first; three, or no end of them, at most. */
const plain = moduleBytes([MEMORIES, [[0, 1]]], [EXPORTS, [exportOf("memory", 2)]]);
const limited = moduleBytes([MEMORIES, [[1, 1, 3]]], [EXPORTS, [exportOf("memory", 2)]]);

function grown(code: Uint8Array, growth: number): readonly number[] {
  const module = new ENGINE.Module(limitedModule(code, moduleShape(code), growth));
  const { memory } = new ENGINE.Instance(module, {}).exports as { readonly memory: WasmMemory };
  const pages: number[] = [];
  for (let more = 0; more < 300; more++) {
    try {
      memory.grow(1);
    } catch {
      break;
    }
    pages.push(memory.buffer.byteLength / WASM_PAGE_SIZE);
  }
  return pages;
}

test("a module grows by as many pages as it may, and by none that it would not", () => {
  expect(grown(plain, 2)).toEqual([2, 3]);
  expect(grown(plain, 200)).toHaveLength(200);
  expect(grown(limited, 1)).toEqual([2]);
  expect(grown(limited, 100)).toEqual([2, 3]);
});

test("functions are read with their types, and imports come before exports", () => {
  const i32 = 0x7f;
  const i64 = 0x7e;
  const code = moduleBytes(
    [
      TYPES,
      [
        [0x60, 1, i32, 1, i32],
        [0x60, 2, i64, i32, 0],
      ],
    ],
    [
      IMPORTS,
      [
        [...nameBytes("env"), ...nameBytes("memory"), 2, 1, 2, 9],
        [...nameBytes("env"), ...nameBytes("tell"), 0, 1],
        [...nameBytes("env"), ...nameBytes("malloc"), 0, 0],
      ],
    ],
    [EXPORTS, [exportOf("told", 0), [...nameBytes("malloc"), 0, 1], exportOf("memory", 2)]],
  );

  const { imports, functions, memoryNames, memories } = moduleShape(code);

  expect(imports.map(({ name, kind }) => [name, kind])).toEqual([
    ["memory", "memory"],
    ["tell", "function"],
    ["malloc", "function"],
  ]);
  expect([...functions].map(([name, type]) => `${name} ${signatureText(type)}`)).toEqual([
    "told (i64, i32) -> ()",
    "malloc (i32) -> (i32)",
  ]);
  expect([memoryNames, memories]).toEqual([["memory"], []]);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["no memory",           moduleBytes(),                                                        "it neither exports nor imports a memory"],
  ["a hidden memory",     moduleBytes([MEMORIES, [[0, 1]]]),                                    "it neither exports nor imports a memory"],
  ["part of a program",   moduleBytes([IMPORTS, [[...nameBytes("env"), ...nameBytes("base"), 3, 0x7f, 0]]], [MEMORIES, [[0, 1]]], [EXPORTS, [exportOf("m", 2)]]), "it imports the global env.base"],
  ["nothing to ask",      plain,                                                                "it exports none of malloc/free"],
] as const)("a module with %s is told in one sentence", (_title, code, sentence) => {
  expect(() => wasmSubject(code, "./a/mine.wasm", {})).toThrow(
    `./a/mine.wasm cannot be judged: ${sentence}`,
  );
});

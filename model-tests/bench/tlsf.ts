/** AssemblyScript's own allocator, compiled when it is measured: a two-level segregated fit, in WASM. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RawAllocator } from "./raw-allocator.ts";
import { TRACE_MEMORY_BYTES } from "./recorded-traces.ts";

/** All that is compiled beside the allocator. */
const SOURCE = `
export function alloc(size: usize): usize { return heap.alloc(size); }
export function realloc(start: usize, size: usize): usize { return heap.realloc(start, size); }
export function free(start: usize): void { heap.free(start); }
`;
const OPTIONS = ["--runtime", "minimal", "-O3", "--noAssert", "--outFile", "tlsf.wasm"];
const WASM_PAGE_SIZE = 65_536;

interface Exports {
  readonly memory: { grow(pages: number): number };
  alloc(size: number): number;
  realloc(start: number, size: number): number;
  free(start: number): void;
}

/** The part of WebAssembly's interface that is used; no library of types without a browser has it. */
interface Engine {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

declare const WebAssembly: Engine;

/** Answers a function that makes a fresh allocator, or says why there is none. */
export async function tlsfAllocator(): Promise<(() => RawAllocator) | string> {
  const code = await compiled();
  if (typeof code === "string") return code;
  const module = new WebAssembly.Module(code);
  return () => {
    const imports = { env: { abort: () => {} } };
    const exports = new WebAssembly.Instance(module, imports).exports as Exports;
    const { memory, alloc, realloc, free } = exports;
    // The others are given their memory at once; growing is not what is measured.
    memory.grow(TRACE_MEMORY_BYTES / WASM_PAGE_SIZE);
    return {
      alloc: (size) => alloc(size),
      realloc: (start, _size, _align, newSize) => realloc(start, newSize),
      free: (start) => free(start),
    };
  };
}

async function compiled(): Promise<Uint8Array | string> {
  let compiler: typeof import("assemblyscript/asc");
  try {
    compiler = await import("assemblyscript/asc");
  } catch {
    return "the package assemblyscript is not installed";
  }
  const folder = mkdtempSync(join(tmpdir(), "tlsf-"));
  try {
    writeFileSync(join(folder, "tlsf.ts"), SOURCE);
    const { error, stderr } = await compiler.main(["tlsf.ts", "--baseDir", folder, ...OPTIONS]);
    if (error !== null) return `assemblyscript refused: ${stderr.toString().slice(0, 200)}`;
    return readFileSync(join(folder, "tlsf.wasm"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** AssemblyScript's own allocator, compiled when it is measured: a two-level segregated fit, in WASM. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENGINE, WASM_PAGE_SIZE } from "../wasm/engine.ts";
import { commit, type RawAllocator } from "./raw-allocator.ts";
import { TRACE_MEMORY_BYTES } from "./recorded-traces.ts";

/** All that is compiled beside the allocator. */
const SOURCE = `
export function alloc(size: usize): usize { return heap.alloc(size); }
export function realloc(start: usize, size: usize): usize { return heap.realloc(start, size); }
export function free(start: usize): void { heap.free(start); }
`;
const OPTIONS = ["--runtime", "minimal", "-O3", "--noAssert", "--outFile", "tlsf.wasm"];
/** What lies before the pages that memory grew by is the allocator's already. */
const COMMITTED_FROM = WASM_PAGE_SIZE;

interface Exports {
  readonly memory: { grow(pages: number): number; readonly buffer: ArrayBuffer };
  alloc(size: number): number;
  realloc(start: number, size: number): number;
  free(start: number): void;
}

/** Answers a function that makes a fresh allocator, or says why there is none. */
export async function tlsfAllocator(): Promise<(() => RawAllocator) | string> {
  const code = await compiled();
  if (typeof code === "string") return code;
  const module = new ENGINE.Module(code);
  return () => {
    const imports = { env: { abort: () => {} } };
    const exports = new ENGINE.Instance(module, imports).exports as Exports;
    const { memory, alloc, realloc, free } = exports;
    // The others are given their memory at once; growing is not what is measured.
    memory.grow(TRACE_MEMORY_BYTES / WASM_PAGE_SIZE);
    commit(new Uint8Array(memory.buffer, COMMITTED_FROM));
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

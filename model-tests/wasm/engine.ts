/** The part of WebAssembly's interface that is used here; no library of types without a browser has it. */

/** How the memory that a module is given is made. */
export interface MemoryRequest {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}

export interface WasmMemory {
  /** Another one once memory has grown. */
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** A module that was compiled, which nobody looks into. */
export type CompiledModule = object;

export interface Engine {
  readonly Module: new (code: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: Imports,
  ) => { readonly exports: unknown };
  readonly Memory: new (request: MemoryRequest) => WasmMemory;
  readonly Table: new (request: object) => object;
}

export type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

declare const WebAssembly: Engine;

/** The engine that this process has. */
export const ENGINE: Engine = WebAssembly;

export const WASM_PAGE_SIZE = 65_536;
/** As many pages as 32 bits can address. */
export const WASM_PAGES_MAX = 65_536;

/**
 * A WASM module as a subject: a fresh instance of it for each run, which is asked through its exports.
 *
 * Memory begins as large as the module wants it and grows by no more than `memoryBytes`, rounded up to pages.
 * A trap is an exception here, and thereby a verdict: whatever the instance was doing is left half done.
 */
import { Thrown } from "../conformance/adapter.ts";
import { UnusableSubject } from "../subject/contract.ts";
import type { CreateOptions, Subject, SubjectInstance } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { type CompiledModule, ENGINE, WASM_PAGE_SIZE, type WasmMemory } from "./engine.ts";
import { type Exports, functionOf } from "./exported-function.ts";
import { type Allocator, findAllocator } from "./families.ts";
import { demandProvidable, provideImports } from "./imports.ts";
import { instanceCalls } from "./instance-calls.ts";
import { limitedModule, pagesMax } from "./limited-module.ts";
import { type Limits, type ModuleShape, moduleShape } from "./module-shape.ts";
import { Outside } from "./outside.ts";

/** The subject that the module `code` is, which was read from the file `reference`. */
export function wasmSubject(code: Uint8Array, reference: string, options: SubjectOptions): Subject {
  tried(() => new ENGINE.Module(code), `${reference} is no WASM module`);
  const shape = tried(() => moduleShape(code), `${reference} cannot be read`);
  const maker = tried(() => new Maker(code, shape, options), `${reference} cannot be judged`);
  const name = reference.replace(/^.*[/\\]/, "").replace(/\.wasm$/, "");
  const { promises, offering } = maker.allocator;
  return { name, create: (given) => maker.make(given), promises, offering };
}

/** Makes instances of one module. */
class Maker {
  readonly allocator: Allocator;
  readonly #code: Uint8Array;
  readonly #shape: ModuleShape;
  readonly #limits: Limits;
  /** The module for each number of pages that memory may grow by: there are few, and compiling takes long. */
  readonly #compiled = new Map<number, CompiledModule>();

  constructor(code: Uint8Array, shape: ModuleShape, options: SubjectOptions) {
    this.#code = code;
    this.#shape = shape;
    this.#limits = memoryOf(shape);
    demandProvidable(shape.imports);
    this.allocator = findAllocator(shape, options);
  }

  make({ memoryBytes, reached }: CreateOptions): SubjectInstance {
    const growth = Math.ceil(memoryBytes / WASM_PAGE_SIZE);
    const outside = new Outside(pagesMax(this.#limits, growth), reached);
    const { imports, memory } = provideImports(this.#shape.imports, outside, growth);
    if (memory !== undefined) outside.attach(memory);
    const instance = new ENGINE.Instance(this.#limited(growth), imports);
    const exports = instance.exports as Exports;
    const [exported] = this.#shape.memoryNames;
    if (exported !== undefined) outside.attach(exports[exported] as WasmMemory);
    this.#initialise(exports, outside);
    outside.ready();
    return {
      ...instanceCalls(this.allocator, exports, outside),
      memory: () => outside.bytes(),
    };
  }

  #limited(growth: number): CompiledModule {
    const known = this.#compiled.get(growth);
    if (known !== undefined) return known;
    const made = new ENGINE.Module(limitedModule(this.#code, this.#shape, growth));
    this.#compiled.set(growth, made);
    return made;
  }

  /** Runs what a module without a program has run before anything else, in either of its two customs. */
  #initialise(exports: Exports, outside: Outside): void {
    const name = ["_initialize", "__wasm_call_ctors"].find((each) =>
      this.#shape.functions.has(each),
    );
    if (name === undefined) return;
    try {
      functionOf(exports, { name, params: 0 })();
    } catch (error) {
      throw outside.explained(error);
    }
  }
}

/** The memory that blocks lie in: the first that is exported, else the one that is imported. */
function memoryOf({ imports, memories, memoryNames }: ModuleShape): Limits {
  const all = [
    ...imports.flatMap((each) => (each.kind === "memory" ? [each.limits] : [])),
    ...memories,
  ];
  const [first] = all;
  const isSeen = memoryNames.length > 0 || imports.some(({ kind }) => kind === "memory");
  if (first === undefined || !isSeen) {
    throw new UnusableSubject(
      "it neither exports nor imports a memory, so no block can be looked at",
    );
  }
  if (first.is64Bit) throw new UnusableSubject("its addresses have 64 bits; 32 are known here");
  return first;
}

/** What `make` makes; a sentence that begins with `otherwise`, if it cannot. */
function tried<Made>(make: () => Made, otherwise: string): Made {
  try {
    return make();
  } catch (error) {
    const reason = error instanceof UnusableSubject ? error.message : new Thrown(error).reason;
    throw new UnusableSubject(`${otherwise}: ${reason}`);
  }
}

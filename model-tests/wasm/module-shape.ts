/**
 * What a module says of itself before it runs: which functions it asks for and offers, with their types, and
 * how large its memory is.
 *
 * The engine says the names of all that, but neither the types nor the sizes; both decide how a function is
 * called, and which memory can be handed in. The module was compiled before, so its bytes are well formed.
 *
 *     module    ├ magic ┼ version ┼ section ┼ section ┼ …
 *     section   ├ id ┼ size ┼ count ┼ entry ┼ entry ┼ …
 */
import { ByteReader } from "./byte-reader.ts";

export type ValueType = "i32" | "i64" | "f32" | "f64" | "other";

export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** The pages of a memory, or the elements of a table: how many at first, and how many at most. */
export interface Limits {
  readonly initial: number;
  readonly maximum: number | undefined;
  readonly isShared: boolean;
  readonly is64Bit: boolean;
}

interface Named {
  readonly module: string;
  readonly name: string;
}

export type ImportShape =
  | (Named & { readonly kind: "function"; readonly signature: Signature })
  | (Named & { readonly kind: "memory"; readonly limits: Limits })
  | (Named & { readonly kind: "table"; readonly limits: Limits; readonly element: string })
  | (Named & { readonly kind: "global" | "tag" });

export interface ModuleShape {
  readonly imports: readonly ImportShape[];
  /** The functions that are exported, by their names. */
  readonly functions: ReadonlyMap<string, Signature>;
  /** The names of the memories that are exported, whether they are imported or not. */
  readonly memoryNames: readonly string[];
  /** The memories that are not imported. */
  readonly memories: readonly Limits[];
  /** Where in the bytes these memories are said, from the section's id to its end. */
  readonly memorySection: { readonly start: number; readonly end: number } | undefined;
}

const HEADER_BYTES = 8;
const SECTION = { types: 1, imports: 2, functions: 3, memories: 5, exports: 7 } as const;
const FUNCTION_TYPE = 0x60;
const NOTHING: Signature = { params: [], results: [] };

/** Reads the shape of the module `code`. */
export function moduleShape(code: Uint8Array): ModuleShape {
  const reader = new ByteReader(code, HEADER_BYTES);
  let types: readonly Signature[] = [];
  let imports: readonly ImportShape[] = [];
  let own: readonly Signature[] = [];
  let memories: readonly Limits[] = [];
  let memorySection: ModuleShape["memorySection"];
  let exported: readonly Exported[] = [];
  while (!reader.isAtEnd) {
    const start = reader.at;
    const id = reader.byte();
    const size = reader.count();
    const end = reader.at + size;
    if (id === SECTION.types) types = reader.list(() => signature(reader));
    if (id === SECTION.imports) imports = reader.list(() => importShape(reader, types));
    if (id === SECTION.functions) own = reader.list(() => types[reader.count()] ?? NOTHING);
    if (id === SECTION.memories) memories = reader.list(() => limits(reader));
    if (id === SECTION.memories) memorySection = { start, end };
    if (id === SECTION.exports) exported = reader.list(() => exportedName(reader));
    reader.skip(end - reader.at);
  }
  const signatures = [
    ...imports.flatMap((each) => (each.kind === "function" ? [each.signature] : [])),
    ...own,
  ];
  const functions = exported.filter(({ kind }) => kind === KIND.function);
  return {
    imports,
    functions: new Map(functions.map(({ name, index }) => [name, signatures[index] ?? NOTHING])),
    memoryNames: exported.filter(({ kind }) => kind === KIND.memory).map(({ name }) => name),
    memories,
    memorySection,
  };
}

/** How a sentence says a function's type. */
export function signatureText({ params, results }: Signature): string {
  return `(${params.join(", ")}) -> (${results.join(", ")})`;
}

const KIND = { function: 0, table: 1, memory: 2, global: 3 } as const;

interface Exported {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

function exportedName(reader: ByteReader): Exported {
  return { name: reader.name(), kind: reader.byte(), index: reader.count() };
}

function signature(reader: ByteReader): Signature {
  if (reader.byte() !== FUNCTION_TYPE) {
    throw new TypeError("it has types of objects, which are not read here");
  }
  const params = reader.list(() => valueType(reader));
  return { params, results: reader.list(() => valueType(reader)) };
}

function valueType(reader: ByteReader): ValueType {
  switch (reader.byte()) {
    case 0x7f:
      return "i32";
    case 0x7e:
      return "i64";
    case 0x7d:
      return "f32";
    case 0x7c:
      return "f64";
    case 0x63:
    case 0x64:
      // A reference says after itself to what.
      reader.count();
      return "other";
    default:
      return "other";
  }
}

function importShape(reader: ByteReader, types: readonly Signature[]): ImportShape {
  const module = reader.name();
  const name = reader.name();
  switch (reader.byte()) {
    case KIND.function:
      return { module, name, kind: "function", signature: types[reader.count()] ?? NOTHING };
    case KIND.table: {
      const element = reader.byte() === 0x70 ? "anyfunc" : "externref";
      return { module, name, kind: "table", limits: limits(reader), element };
    }
    case KIND.memory:
      return { module, name, kind: "memory", limits: limits(reader) };
    case KIND.global:
      valueType(reader);
      reader.byte();
      return { module, name, kind: "global" };
    default:
      reader.byte();
      reader.count();
      return { module, name, kind: "tag" };
  }
}

function limits(reader: ByteReader): Limits {
  const flags = reader.byte();
  const initial = reader.count();
  return {
    initial,
    maximum: flags % 2 === 1 ? reader.count() : undefined,
    isShared: Math.floor(flags / 2) % 2 === 1,
    is64Bit: Math.floor(flags / 4) % 2 === 1,
  };
}

/** The types that an argument can have, told apart as `symbol.ts` does for unknowns. */
import type { FunctionDeclaration, Type } from "ts-morph";
import { fileAt } from "../source.ts";
import { isColumnType } from "../translate/column.ts";
import { isNumberType, NotModelled, partsOf } from "../translate/dialect.ts";
import { isMemoryType } from "../translate/memory.ts";

export type ArgumentKind =
  | "absent"
  | "boolean"
  | "scalar"
  | "list"
  | "map"
  | "memory"
  | "column"
  | "index"
  | "union"
  | "record";

/** The interfaces of functions that an unknown can have, and what builds one of a map. */
export const INDEXES = {
  LiveBlocks: { path: "spec/heap/live-blocks.ts", builder: "liveBlocks" },
  HeldChunks: { path: "spec/chunks/held-chunks.ts", builder: "heldChunks" },
} as const;

/** What an argument of `type` is; a type that no unknown can have is refused. */
export function kindOf(type: Type): ArgumentKind {
  const parts = partsWithValue(type);
  if (parts.length < partsOf(type).length) return "absent";
  if (type.isBoolean()) return "boolean";
  if (parts.every((part) => isNumberType(part) || part.isStringLiteral())) return "scalar";
  if (type.getArrayElementType() !== undefined) return "list";
  if (type.getSymbol()?.getName() === "FiniteMap") return "map";
  if (isMemoryType(type)) return "memory";
  if (isColumnType(type)) return "column";
  if (isIndexType(type)) return "index";
  if (parts.length > 1) return "union";
  const isRecord = type.isObject() || type.isIntersection();
  if (!isRecord || type.getCallSignatures().length > 0 || type.isTypeParameter()) {
    throw new NotModelled(`no argument is drawn for ${type.getText()}`);
  }
  return "record";
}

/** The types that `type` is a union of, but for undefined. */
export function partsWithValue(type: Type): readonly Type[] {
  return partsOf(type).filter((part) => !part.isUndefined());
}

/** The fields of a record and their types. */
export function propertiesOf(type: Type): readonly (readonly [string, Type])[] {
  return type.getProperties().map((property) => {
    const [declaration] = property.getDeclarations();
    if (declaration === undefined) throw new NotModelled(`a field of ${type.getText()} is nowhere`);
    return [property.getName(), property.getTypeAtLocation(declaration)];
  });
}

/** Whether `type` is that of what rules ask about blocks or chunks, which is built of a map. */
function isIndexType(type: Type): boolean {
  return (type.getSymbol()?.getName() ?? "") in INDEXES;
}

/** The function that gives the questions of `index` their plain meaning. */
export function builderOf(index: Type): FunctionDeclaration {
  const name = index.getSymbolOrThrow().getName() as keyof typeof INDEXES;
  const { path, builder } = INDEXES[name];
  return fileAt(path).getFunctionOrThrow(builder);
}

/** The type of the map that `index` is built of. */
export function mapOf(index: Type): Type {
  const [parameter] = builderOf(index).getParameters();
  if (parameter === undefined) throw new NotModelled(`${index.getText()} is built of nothing`);
  return parameter.getType();
}

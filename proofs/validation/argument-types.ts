/** The types that an argument can have, told apart as `symbol.ts` does for unknowns. */
import type { Type } from "ts-morph";
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
  | "live blocks"
  | "union"
  | "record";

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
  if (type.getSymbol()?.getName() === "LiveBlocks") return "live blocks";
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

/** The type of the blocks that live blocks are built of. */
export function blocksOf(_live: Type): Type {
  const build = fileAt("spec/heap/live-blocks.ts").getFunctionOrThrow("liveBlocks");
  return build.getParameterOrThrow("blocks").getType();
}

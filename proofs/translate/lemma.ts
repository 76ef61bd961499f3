/**
 * A theorem that another takes for granted: `assume(freedBitIsFound(slab, block, bit))`.
 *
 * It is proved of all arguments of its types that keep what it assumes. So whoever takes it for granted owes that
 * the arguments are of these types, which a cast alone does not make them, and, as in any call, what it assumes.
 * It takes no theorem for granted itself, so that no two of them stand on each other.
 */
import { Node, type Type } from "ts-morph";
import { isColumnType } from "./column.ts";
import { declarationOf, inside, isNumberType } from "./dialect.ts";
import { isMemoryType } from "./memory.ts";
import { and, arithmetic, integer } from "./term.ts";
import { unitRange } from "./unit-range.ts";
import { numberOf, owe, type Place, type Value } from "./value.ts";

/** Owes that `operands` are arguments of the theorem that `node` calls, if it calls one. */
export function oweArguments(node: Node, operands: readonly Value[], place: Place): void {
  const called = Node.isCallExpression(node) ? declarationOf(node.getExpression()) : undefined;
  if (!isTheorem(called) || !Node.isFunctionDeclaration(called)) return;
  inside(!place.callers.some(isTheorem), node, "take no theorem for granted in one that is");
  for (const [index, parameter] of called.getParameters().entries()) {
    const operand = operands[index];
    inside(operand !== undefined, node, "give every argument");
    oweType(operand, parameter.getType(), node, place);
  }
}

function oweType(value: Value, type: Type, node: Node, place: Place): void {
  if (isMemoryType(type) || isColumnType(type)) return;
  if (isNumberType(type)) {
    const { least, most, arePowersOfTwo } = unitRange(type);
    const term = numberOf(value, place);
    const isPower = arePowersOfTwo ? [place.numbers.powerOfTwo(term)] : [];
    const isMost = arithmetic("<=", term, integer(most));
    owe(place, [isMost, ...isPower].reduce(and, arithmetic("<=", integer(least), term)));
    return;
  }
  const fields = value.kind === "record" ? value.fields : undefined;
  inside(
    fields !== undefined && type.isObject(),
    node,
    "take for granted only theorems of numbers, memory, and records of these",
  );
  for (const property of type.getProperties()) {
    const field = fields.get(property.getName());
    inside(field !== undefined, node, "give every field");
    oweType(field, property.getTypeAtLocation(node), node, place);
  }
}

/** Whether `node` is a function that is a theorem. */
export function isTheorem(node: Node | undefined): boolean {
  if (!Node.isFunctionDeclaration(node)) return false;
  return node.getJsDocs().some((doc) => doc.getTags().some((tag) => tag.getTagName() === "proves"));
}

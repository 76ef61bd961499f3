/**
 * Where the dialect ends. Whatever a text of the dialect could say that is not modelled exactly is
 * refused here, with its file and line and what to write instead.
 */
import { Node, type Type } from "ts-morph";

/** Refuses a construct outside the dialect. */
export class OutsideDialect extends Error {
  override readonly name = "OutsideDialect";
  constructor(node: Node, instead: string) {
    const [line] = node.getText().split("\n");
    super(`${node.getSourceFile().getBaseName()}:${node.getStartLineNumber()} ${line}: ${instead}`);
  }
}

/** Refuses what is asked of a value, or an unknown, by one who does not see where it is written. */
export class NotModelled extends Error {
  override readonly name = "NotModelled";
}

/** What `body` gives; what it refuses is refused as written at `node`. */
export function written<Value>(node: Node, body: () => Value): Value {
  try {
    return body();
  } catch (error) {
    throw error instanceof NotModelled ? new OutsideDialect(node, error.message) : error;
  }
}

/** Refuses `node` unless `condition` holds. */
export function inside(condition: boolean, node: Node, instead: string): asserts condition {
  if (!condition) throw new OutsideDialect(node, instead);
}

/** Where what `name` stands for is declared, or undefined. */
export function declarationOf(name: Node): Node | undefined {
  const symbol = name.getSymbol();
  return (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations()[0];
}

/** The types that `type` is a union of, or itself alone. */
export function partsOf(type: Type): readonly Type[] {
  return type.isUnion() && !type.isBoolean() ? type.getUnionTypes() : [type];
}

/** Whether `type` is a number, with a brand or without. */
export function isNumberType(type: Type): boolean {
  const parts = type.isIntersection() ? type.getIntersectionTypes() : [type];
  return parts.some((part) => part.isNumber() || part.isNumberLiteral());
}

/** Whether `node` is a number whenever it is reached. */
export function isNumeric(node: Node): boolean {
  return partsOf(node.getType()).every(isNumberType);
}

/** Whether `node` is a truth value whenever it is reached. */
export function isTruthValue(node: Node): boolean {
  return partsOf(node.getType()).every((part) => part.isBoolean() || part.isBooleanLiteral());
}

/** Whether `node` may stand where its truth is asked: a text may not, for the empty one is false. */
export function hasTruth(node: Node): boolean {
  const isText = (type: Type): boolean => type.isString() || type.isStringLiteral();
  return !partsOf(node.getType()).some((part) => isText(part) || part.isAny() || part.isUnknown());
}

/** The name of a global such as `Math.max`, or undefined if `node` names anything else. */
export function globalName(node: Node): string | undefined {
  if (!Node.isPropertyAccessExpression(node)) return undefined;
  const owner = node.getExpression();
  const declarations = owner.getSymbol()?.getDeclarations() ?? [];
  const isGlobal = declarations.every((each) => each.getSourceFile().isDeclarationFile());
  if (!Node.isIdentifier(owner) || declarations.length === 0 || !isGlobal) return undefined;
  return node.getText();
}

/** The plain name of a field or of a bound variable. */
export function plainName(node: Node): string {
  inside(Node.isIdentifier(node), node, "name it with a plain word");
  return node.getText();
}

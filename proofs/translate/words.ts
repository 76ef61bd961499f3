/**
 * The functions of `spec/units` and `spec/support` whose meaning is given, not read: the numbers from one to another,
 * and the finite map without keys.
 */
import { type CallExpression, type FunctionDeclaration, Node, type Type } from "ts-morph";
import { declarationOf, inside } from "./dialect.ts";
import { intervalValue, mapValue } from "./map.ts";
import { unitOf } from "./symbol.ts";
import { FALSE } from "./term.ts";
import { EXCLUDED, numberOf, type Place, type Value } from "./value.ts";

/** Each of them, and the file that declares it. */
const WORDS: Readonly<Record<string, string>> = {
  interval: "interval.ts",
  finiteMap: "finite-map.ts",
};

/** Their names: what their code says is no part of any formula. */
export const GIVEN_WORDS: readonly string[] = Object.keys(WORDS);

/** Whether the meaning of `declaration` is given, so that its code is never read. */
export function isGiven(declaration: Node | undefined): declaration is FunctionDeclaration {
  if (!Node.isFunctionDeclaration(declaration)) return false;
  const file = WORDS[declaration.getName() ?? ""];
  return file === declaration.getSourceFile().getBaseName();
}

/** The value of `node`, if it calls a function whose meaning is given. */
export function givenCall(
  node: CallExpression,
  place: Place,
  read: (node: Node, place: Place) => Value,
): Value | undefined {
  const callee = node.getExpression();
  if (!Node.isIdentifier(callee)) return undefined;
  const word = declarationOf(callee);
  if (!isGiven(word)) return undefined;

  inside(place.numbers.mode === "integers", node, "state it in a theorem of integers");
  const operands = node.getArguments().map((argument) => read(argument, place));
  const [unit] = typeArguments(node);
  inside(unit !== undefined, node, "name the unit in angle brackets");
  if (word.getName() === "interval") {
    const [first, last] = operands as [Value, Value];
    return intervalValue(unit, numberOf(first, place), numberOf(last, place));
  }
  inside(operands.length === 0, node, "begin with the empty map");
  return mapValue({ over: unit, has: () => FALSE, get: () => EXCLUDED });
}

/** The units that a call names, or that the type of its value has. */
function typeArguments(node: CallExpression): readonly string[] {
  const type: Type = node.getType();
  const named = type.getAliasTypeArguments();
  return (named.length > 0 ? named : type.getTypeArguments()).map(unitOf);
}

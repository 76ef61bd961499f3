/**
 * Functions of words that a theorem does not read: `@opaque lowestOf, withoutLowest`.
 *
 * Such a call is an unknown number, or truth, of its arguments: the same for the same ones, and nothing else is
 * known of it but what the theorem assumes. So a theorem of integers may be about code that works with
 * bits, where it assumes theorems of bits about these functions: what is true of every function is true of that one.
 *
 * The arguments must be among those of which the function is defined, which their names say:
 *
 *     word    0 … 2^32 - 1        bit, index    0 … 31        offset    0 … 8191
 */
import { type FunctionDeclaration, Node } from "ts-morph";
import { declarationOf, inside, OutsideDialect } from "./dialect.ts";
import { noteRange } from "./known-range.ts";
import { and, apply, arithmetic, integer, type Term } from "./term.ts";
import { numberOf, owe, type Place, termValue, type Value } from "./value.ts";

/** The largest argument of each name. */
export const OPAQUE_ARGUMENTS: Readonly<Record<string, number>> = {
  word: 2 ** 32 - 1,
  bit: 31,
  index: 31,
  offset: 8191,
};

/**
 * What such a function answers, if it is a number: a word, or -1. That is proved of each that is named; the solver
 * is not told, but sums of such numbers are taken to be exact.
 */
export const OPAQUE_LEAST = -1;
export const OPAQUE_MOST: number = 2 ** 32 - 1;

/** The names of the functions that `theorem` does not read. */
export function opaqueOf(theorem: FunctionDeclaration): ReadonlySet<string> {
  const tags = theorem.getJsDocs().flatMap((doc) => doc.getTags());
  const texts = tags
    .filter((tag) => tag.getTagName() === "opaque")
    .flatMap((tag) => tag.getCommentText()?.trim().split(/,\s*/) ?? []);
  return new Set(texts);
}

/** The value of `node`, if it calls a function that is not read. */
export function opaqueCall(
  node: Node,
  place: Place,
  read: (node: Node, place: Place) => Value,
): Value | undefined {
  const called = Node.isCallExpression(node) ? node.getExpression() : undefined;
  if (!Node.isIdentifier(called) || !place.opaque.has(called.getText())) return undefined;
  const declaration = declarationOf(called);
  inside(Node.isFunctionDeclaration(declaration), called, "name a function with @opaque");
  inside(place.numbers.mode === "integers", node, "read every function in a theorem of bits");

  const parameters = declaration.getParameters().map((each) => each.getName());
  const given = (Node.isCallExpression(node) ? node.getArguments() : []).map((each) =>
    numberOf(read(each, place), place),
  );
  inside(given.length === parameters.length, node, "give every argument");
  for (const [index, name] of parameters.entries()) {
    const most = OPAQUE_ARGUMENTS[name];
    if (most === undefined) {
      throw new OutsideDialect(
        declaration,
        `${name} is no word, bit, index or offset: read the function`,
      );
    }
    owe(place, isIn(given[index] as Term, most));
  }
  return termValue(unknownOf(declaration, given));
}

function unknownOf(declaration: FunctionDeclaration, given: readonly Term[]): Term {
  const isTruth = declaration.getReturnType().isBoolean();
  const name = `${declaration.getName()} of`;
  const value = apply(isTruth ? "Bool" : "Int", name, ...given);
  if (!isTruth) noteRange(value, OPAQUE_LEAST, OPAQUE_MOST);
  return value;
}

function isIn(term: Term, most: number): Term {
  return and(arithmetic("<=", integer(0), term), arithmetic("<=", term, integer(most)));
}

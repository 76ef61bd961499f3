/**
 * The expressions that have parts: truth, operators, records, members and calls.
 *
 * Each reads its parts through `read`, which knows the names in scope, and says at which place: the
 * right side of `&&` is only reached where the left side is true.
 */
import { type AsExpression, Node, SyntaxKind } from "ts-morph";
import {
  hasTruth,
  inside,
  isNumberType,
  isNumeric,
  isTruthValue,
  OutsideDialect,
  partsOf,
  plainName,
  written,
} from "./dialect.ts";
import { oweArguments } from "./lemma.ts";
import { listMember } from "./map.ts";
import { mathCall, numberOperator, numeric } from "./number-words.ts";
import { opaqueCall } from "./opaque.ts";
import { and, equal, FALSE, integer, not, or, type Term } from "./term.ts";
import {
  call,
  choose,
  EXCLUDED,
  orElse,
  owe,
  type Place,
  same,
  spread,
  termValue,
  truthOf,
  UNDEFINED,
  under,
  type Value,
} from "./value.ts";
import { givenCall } from "./words.ts";

/** Reads a part of an expression where the expression stands. */
export type Read = (node: Node, place: Place) => Value;

/** Whether an expression is true, as `if` sees it. */
export function truth(node: Node, place: Place, read: Read): Term {
  if (Node.isParenthesizedExpression(node)) return truth(node.getExpression(), place, read);
  if (Node.isPrefixUnaryExpression(node) && isNegation(node)) {
    return not(truth(node.getOperand(), place, read));
  }
  if (Node.isBinaryExpression(node)) {
    const operator = node.getOperatorToken().getText();
    if (operator === "&&" || operator === "||") {
      const left = truth(node.getLeft(), place, read);
      const goesOn = under(place, operator === "&&" ? left : not(left));
      if (goesOn.path.value === false) return left.value === undefined ? FALSE : left;
      const right = truth(node.getRight(), goesOn, read);
      return operator === "&&" ? and(left, right) : or(left, right);
    }
  }
  inside(hasTruth(node), node, "compare a text with ===");
  return truthOf(read(node, place));
}

export function isNegation(node: Node): boolean {
  return (
    Node.isPrefixUnaryExpression(node) && node.getOperatorToken() === SyntaxKind.ExclamationToken
  );
}

/** The member `key` of `value`, which has one wherever it is read. */
export function member(value: Value, key: string, node: Node, place: Place): Value {
  return spread(value, place, (branch, there) => {
    const found =
      branch.kind === "list"
        ? key === "length"
          ? termValue(place.numbers.constant(branch.elements.length))
          : listMember(branch.elements, key)
        : branch.kind === "record" || branch.kind === "map"
          ? branch.fields.get(key)
          : undefined;
    if (found !== undefined) return found;
    const isRefused = branch.kind === "map" || branch.kind === "list" || branch.kind === "term";
    inside(!isRefused, node, `there is no word ${key} for a ${branch.kind}`);
    owe(there, FALSE);
    return EXCLUDED;
  });
}

/** The value of a call: of a function, or of one of the few words of `Math`. */
export function callOf(node: Node, place: Place, read: Read): Value {
  inside(Node.isCallExpression(node) && !node.hasQuestionDotToken(), node, "call a function");
  const word =
    mathCall(node, place, read) ?? givenCall(node, place, read) ?? opaqueCall(node, place, read);
  if (word !== undefined) return word;
  const callee = node.getExpression();
  const operands = node.getArguments().map((argument) => read(argument, place));
  if (!Node.isPropertyAccessExpression(callee)) {
    const called = read(callee, place);
    oweArguments(node, operands, place);
    return written(node, () => call(called, operands, place));
  }
  const owner = read(callee.getExpression(), place);
  return spread(owner, place, (branch, there) =>
    branch.kind === "undefined" && callee.hasQuestionDotToken()
      ? UNDEFINED
      : written(node, () => call(member(branch, callee.getName(), callee, there), operands, there)),
  );
}

/** The element at an index of a list that is written out; undefined where there is none. */
export function elementOf(node: Node, place: Place, read: Read): Value {
  inside(Node.isElementAccessExpression(node), node, "write an index");
  inside(!node.hasQuestionDotToken(), node, "index a list that is there");
  const list = read(node.getExpression(), place);
  inside(list.kind === "list", node, "index a list that is written out");
  const index = numeric(node.getArgumentExpressionOrThrow(), place, read);
  return list.elements.reduceRight<Value>(
    (others, element, at) => choose(equal(index, integer(at)), element, others),
    UNDEFINED,
  );
}

/** A value of which `as` names the unit; an element of a list that is written out must be there. */
export function castOf(node: AsExpression, place: Place, read: Read): Value {
  const inner = node.getExpression();
  const value = read(inner, place);
  if (node.getTypeNode()?.getText() === "const") return value;
  const mayBeNone = Node.isElementAccessExpression(inner);
  const parts = partsOf(inner.getType()).filter((part) => !(mayBeNone && part.isUndefined()));
  const isUnit = parts.every(isNumberType) && isNumeric(node);
  inside(isUnit, node, "name only the unit of a number with as");
  return spread(value, place, (branch, there) => {
    if (branch.kind !== "undefined") return branch;
    owe(there, FALSE);
    return EXCLUDED;
  });
}

/** The value of a record that is written out. */
export function objectOf(node: Node, place: Place, read: Read): Value {
  inside(Node.isObjectLiteralExpression(node), node, "write a record");
  const fields = new Map<string, Value>();
  for (const property of node.getProperties()) {
    if (Node.isPropertyAssignment(property)) {
      const value = read(property.getInitializerOrThrow(), place);
      fields.set(plainName(property.getNameNode()), value);
    } else if (Node.isShorthandPropertyAssignment(property)) {
      fields.set(property.getName(), read(property.getNameNode(), place));
    } else {
      inside(Node.isSpreadAssignment(property), property, "write a field and its value");
      const base = read(property.getExpression(), place);
      for (const key of fieldNames(base, property)) {
        fields.set(key, member(base, key, property, place));
      }
    }
  }
  return { kind: "record", fields };
}

/** The fields of a record, which are the same in every branch. */
function fieldNames(value: Value, node: Node): readonly string[] {
  if (value.kind === "excluded") return [];
  if (value.kind === "choice") {
    const [yes, no] = [fieldNames(value.yes, node), fieldNames(value.no, node)];
    inside(
      yes.join() === no.join(),
      node,
      "spread a record that has the same fields in every case",
    );
    return yes;
  }
  inside(value.kind === "record", node, "spread a record");
  return [...value.fields.keys()];
}

/** The value of an operator between two operands. */
export function binary(node: Node, place: Place, read: Read): Value {
  inside(Node.isBinaryExpression(node), node, "write an expression");
  const operator = node.getOperatorToken().getText();
  const [left, right] = [node.getLeft(), node.getRight()];
  switch (operator) {
    case "&&":
    case "||":
      inside(isTruthValue(node), node, "join truth values, or use ??");
      return termValue(truth(node, place, read));
    case "??":
      return orElse(read(left, place), place, (there) => read(right, there));
    case "===":
    case "!==": {
      const [one, two] = [read(left, place), read(right, place)];
      const isSame = written(node, () => same(one, two));
      return termValue(operator === "===" ? isSame : not(isSame));
    }
    default: {
      const value = numberOperator(node, place, read);
      if (value !== undefined) return value;
      throw new OutsideDialect(
        node,
        `the operator ${operator} is not in the dialect${insteadOf(operator)}`,
      );
    }
  }
}

function insteadOf(operator: string): string {
  if (operator === "==" || operator === "!=") return `: write ${operator}=`;
  if (operator === "/") return ": round the quotient, Math.floor(a / b)";
  if (operator === ",") return ": write two statements";
  return operator.endsWith("=") ? ": declare another const" : "";
}

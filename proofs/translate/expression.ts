/**
 * The expressions that have parts: truth, operators, records, members and calls.
 *
 * Each reads its parts through `read`, which knows the names in scope, and says at which place: the
 * right side of `&&` is only reached where the left side is true.
 */
import { Node, SyntaxKind } from "ts-morph";
import {
  globalName,
  hasTruth,
  inside,
  isNumeric,
  isTruthValue,
  OutsideDialect,
  plainName,
} from "./dialect.ts";
import { doubleOf, quotientOf, remainderOf } from "./double.ts";
import { listMember } from "./map.ts";
import { and, arithmetic, FALSE, ifThenElse, integer, not, or, type Term } from "./term.ts";
import {
  call,
  EXCLUDED,
  numberOf,
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
        ? listMember(branch.elements, key)
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
  const callee = node.getExpression();
  const given = node.getArguments();
  const word = globalName(callee);
  if (word === "Math.floor" || word === "Math.ceil") {
    const [quotient] = given;
    const isQuotient =
      Node.isBinaryExpression(quotient) && quotient.getOperatorToken().getText() === "/";
    inside(isQuotient, node, "round a quotient");
    const dividend = numeric(quotient.getLeft(), place, read);
    const divisor = numeric(quotient.getRight(), place, read);
    owe(place, arithmetic("<=", integer(1), divisor));
    return termValue(quotientOf(word === "Math.floor" ? "floor" : "ceil", dividend, divisor));
  }
  if (word === "Math.max" || word === "Math.min") {
    inside(given.length === 2, node, "compare two numbers");
    const [left, right] = given.map((each) => numeric(each, place, read)) as [Term, Term];
    const [less, more] = word === "Math.max" ? [left, right] : [right, left];
    return termValue(ifThenElse(arithmetic("<=", less, more), right, left));
  }
  const operands = given.map((argument) => read(argument, place));
  if (!Node.isPropertyAccessExpression(callee)) {
    return call(read(callee, place), operands, place);
  }
  const owner = read(callee.getExpression(), place);
  return spread(owner, place, (branch, there) =>
    branch.kind === "undefined" && callee.hasQuestionDotToken()
      ? UNDEFINED
      : call(member(branch, callee.getName(), callee, there), operands, there),
  );
}

function numeric(node: Node, place: Place, read: Read): Term {
  inside(isNumeric(node), node, "compute with numbers");
  return numberOf(read(node, place), place);
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
  const of = (side: Node): Term => numeric(side, place, read);
  switch (operator) {
    case "&&":
    case "||":
      inside(isTruthValue(node), node, "join truth values, or use ??");
      return termValue(truth(node, place, read));
    case "??":
      return orElse(read(left, place), place, (there) => read(right, there));
    case "===":
    case "!==": {
      const isSame = same(read(left, place), read(right, place));
      return termValue(operator === "===" ? isSame : not(isSame));
    }
    case "+":
    case "-":
    case "*":
      return termValue(doubleOf(operator, of(left), of(right)));
    case "<":
    case "<=":
      return termValue(arithmetic(operator, of(left), of(right)));
    case ">":
      return termValue(arithmetic("<", of(right), of(left)));
    case ">=":
      return termValue(arithmetic("<=", of(right), of(left)));
    case "%": {
      const divisor = of(right);
      owe(place, arithmetic("<=", integer(1), divisor));
      return termValue(remainderOf(of(left), divisor));
    }
    default:
      throw new OutsideDialect(node, `the operator ${operator} is not in the dialect`);
  }
}

/**
 * Numbers as expressions: the operators between them, and the few words of `Math`.
 *
 * Which terms they become, and what they owe, is for the reading of numbers to say. Here is only what
 * may be written: a quotient is rounded at once, and a word that tells `-0` from `0`, or makes a
 * fraction, is none of these.
 */
import { Node } from "ts-morph";
import { globalName, inside, isNumeric, OutsideDialect } from "./dialect.ts";
import type { Read } from "./expression.ts";
import type { BitOperator, Numbers, Owe } from "./number-mode.ts";
import { arithmetic, ifThenElse, type Term } from "./term.ts";
import { numberOf, owe, type Place, termValue, type Value } from "./value.ts";

/** The number that `node` is wherever it is reached. */
export function numeric(node: Node, place: Place, read: Read): Term {
  inside(isNumeric(node), node, "compute with numbers");
  return numberOf(read(node, place), place);
}

type Operation = (left: Term, right: Term, numbers: Numbers, owe: Owe) => Term | string;

const computed =
  (operator: "+" | "-" | "*"): Operation =>
  (left, right, numbers, owe) =>
    numbers.compute(operator, left, right, owe);

const bitwise =
  (operator: BitOperator): Operation =>
  (left, right, numbers, owe) =>
    numbers.bitwise(operator, left, right, owe);

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["+", computed("+")],
  ["-", computed("-")],
  ["*", computed("*")],
  ["%", (left, right, numbers, owe) => numbers.remainder(left, right, owe)],
  ["**", power],
  ["<", (left, right) => arithmetic("<", left, right)],
  ["<=", (left, right) => arithmetic("<=", left, right)],
  [">", (left, right) => arithmetic("<", right, left)],
  [">=", (left, right) => arithmetic("<=", right, left)],
  ["&", bitwise("&")],
  ["|", bitwise("|")],
  ["^", bitwise("^")],
  ["<<", bitwise("<<")],
  [">>", bitwise(">>")],
  [">>>", bitwise(">>>")],
]);

function power(left: Term, right: Term, numbers: Numbers): Term | string {
  const isConstant = typeof left.value === "number" && typeof right.value === "number";
  const value = isConstant ? (left.value as number) ** (right.value as number) : undefined;
  // Powers of two are doubles far beyond the safe integers.
  const isExact = Number.isSafeInteger(value) || (left.value === 2 && Number.isInteger(value));
  return isExact
    ? numbers.constant(value as number)
    : "raise a constant to a constant, within 2^53 - 1, or 2 to a constant";
}

/** The value of an operator between two numbers, or undefined if `node` has another operator. */
export function numberOperator(node: Node, place: Place, read: Read): Value | undefined {
  if (!Node.isBinaryExpression(node)) return undefined;
  const operation = OPERATIONS.get(node.getOperatorToken().getText());
  if (operation === undefined) return undefined;
  const left = numeric(node.getLeft(), place, read);
  const right = numeric(node.getRight(), place, read);
  return accepted(operation(left, right, place.numbers, owing(place)), node);
}

/** The value of `-` or `~` before a number. */
export function numberPrefix(operator: "-" | "~", operand: Node, place: Place, read: Read): Value {
  const { numbers } = place;
  const term = numeric(operand, place, read);
  if (operator === "~") return accepted(numbers.word("~", [term], owing(place)), operand);
  return termValue(numbers.compute("-", numbers.constant(0), term, owing(place)));
}

/** The value of a call of a word of `Math`, or undefined if `node` calls anything else. */
export function mathCall(node: Node, place: Place, read: Read): Value | undefined {
  if (!Node.isCallExpression(node)) return undefined;
  const word = globalName(node.getExpression());
  if (word === undefined) return undefined;
  const given = node.getArguments();
  const numbers = (count: number): readonly Term[] => {
    inside(
      given.length === count,
      node,
      `give ${word} ${count === 1 ? "one number" : "two numbers"}`,
    );
    return given.map((each) => numeric(each, place, read));
  };
  switch (word) {
    case "Math.floor":
    case "Math.ceil":
    case "Math.trunc":
      return termValue(roundedQuotient(word.slice(5), given, node, place, read));
    case "Math.min":
    case "Math.max": {
      const [left, right] = numbers(2) as [Term, Term];
      const [less, more] = word === "Math.max" ? [left, right] : [right, left];
      return termValue(ifThenElse(arithmetic("<=", less, more), right, left));
    }
    case "Math.clz32":
      return accepted(place.numbers.word("clz32", numbers(1), owing(place)), node);
    case "Math.imul":
      return accepted(place.numbers.word("imul", numbers(2), owing(place)), node);
    default:
      throw new OutsideDialect(
        node,
        `${word} is not in the dialect: use Math.floor, ceil or trunc of a quotient, min, max, clz32, imul`,
      );
  }
}

function roundedQuotient(
  rounding: string,
  given: readonly Node[],
  node: Node,
  place: Place,
  read: Read,
): Term {
  const [quotient] = given;
  const isQuotient =
    Node.isBinaryExpression(quotient) && quotient.getOperatorToken().getText() === "/";
  inside(isQuotient && given.length === 1, node, "round a quotient");
  const dividend = numeric(quotient.getLeft(), place, read);
  const divisor = numeric(quotient.getRight(), place, read);
  const word = rounding as "floor" | "ceil" | "trunc";
  return place.numbers.quotient(word, dividend, divisor, owing(place));
}

function owing(place: Place): Owe {
  return (claim) => owe(place, claim);
}

function accepted(term: Term | string, node: Node): Value {
  if (typeof term === "string") throw new OutsideDialect(node, term);
  return termValue(term);
}

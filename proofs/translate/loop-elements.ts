/**
 * What a loop goes through: a list that is written out, or the integers between two constants. Both
 * are known when the loop is read, so it is read once for each element, and for all of them: a loop
 * that would be cut off somewhere is refused.
 */
import { Node, type Statement } from "ts-morph";
import { inside, OutsideDialect } from "./dialect.ts";
import type { Read } from "./expression.ts";
import { type Place, termValue, type Value, type Values } from "./value.ts";

/** More rounds than any table of a kernel has entries. */
const ROUNDS_MAX = 1024;

export interface Loop {
  /** What is bound to each element. */
  readonly name: Node;
  readonly elements: Values;
  readonly body: Statement;
}

/** The loop that `statement` is. */
export function loopOf(statement: Node, place: Place, read: Read): Loop {
  if (Node.isForOfStatement(statement)) {
    const list = read(statement.getExpression(), place);
    const initializer = statement.getInitializer();
    inside(list.kind === "list" && !statement.isAwaited(), statement, "go through a constant list");
    inside(Node.isVariableDeclarationList(initializer), statement, "declare the element");
    inside(initializer.getDeclarationKind() === "const", statement, "declare a const");
    const name = initializer.getDeclarations()[0]!.getNameNode();
    return { name, elements: list.elements, body: statement.getStatement() };
  }
  inside(Node.isForStatement(statement), statement, COUNT);
  const initializer = statement.getInitializer();
  inside(Node.isVariableDeclarationList(initializer), statement, COUNT);
  const [declaration, ...others] = initializer.getDeclarations();
  inside(declaration !== undefined && others.length === 0, statement, COUNT);
  const name = declaration.getNameNode();
  const from = constant(read(declaration.getInitializerOrThrow(), place), statement);
  const to = boundOf(statement.getCondition(), name, statement, place, read);
  const step = statement.getIncrementor();
  inside(step?.getText() === `${name.getText()}++`, statement, COUNT);
  const count = Math.max(0, to - from);
  inside(count <= ROUNDS_MAX, statement, `count at most ${ROUNDS_MAX} rounds`);
  const elements = Array.from(
    { length: count },
    (_, index): Value => termValue(place.numbers.constant(from + index)),
  );
  return { name, elements, body: statement.getStatement() };
}

const COUNT = "count with for (let i = 0; i < 8; i++), between constants";

/** The first integer that is not gone through. */
function boundOf(
  condition: Node | undefined,
  name: Node,
  statement: Node,
  place: Place,
  read: Read,
): number {
  inside(Node.isBinaryExpression(condition), statement, COUNT);
  inside(condition.getLeft().getText() === name.getText(), statement, COUNT);
  const operator = condition.getOperatorToken().getText();
  const bound = constant(read(condition.getRight(), place), statement);
  if (operator === "<") return bound;
  if (operator === "<=") return bound + 1;
  throw new OutsideDialect(statement, COUNT);
}

function constant(value: Value, statement: Node): number {
  const number = value.kind === "term" ? value.term.value : undefined;
  inside(typeof number === "number", statement, COUNT);
  return number;
}

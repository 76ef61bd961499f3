/**
 * Reads a text of the dialect and says what it means, for all inputs at once.
 *
 * This is an evaluator, not a compiler: it walks the real source with the names resolved by the
 * compiler, calls become the meaning of their bodies, and an `if` becomes a choice. What is outside
 * the dialect is refused with its place, never approximated. What would throw or leave the integers
 * is owed: whoever asks for the meaning must prove that it is never reached.
 */
import { Node, type Statement, SyntaxKind } from "ts-morph";
import { globalName, inside, isNumeric, OutsideDialect, plainName } from "./dialect.ts";
import {
  binary,
  callOf,
  isNegation,
  member,
  objectOf,
  type Read,
  truth as truthThrough,
} from "./expression.ts";
import { arithmetic, FALSE, integer, not, type Term, TRUE } from "./term.ts";
import {
  choose,
  EXCLUDED,
  type Names,
  numberOf,
  orElse,
  owe,
  type Place,
  spread,
  termValue,
  textTerm,
  UNDEFINED,
  under,
  type Value,
} from "./value.ts";

/** What follows where a list of statements ends without a return. */
type Next = (place: Place) => Value;

/** The value that `statements` return, or else what `next` gives. */
export function run(
  statements: readonly Statement[],
  outer: Names,
  place: Place,
  next: Next,
): Value {
  if (place.path.value === false) return EXCLUDED;
  const names = new Map(outer);
  for (const [index, statement] of statements.entries()) {
    const rest: Next = (there) => run(statements.slice(index + 1), names, there, next);
    if (Node.isReturnStatement(statement)) {
      const value = statement.getExpression();
      return value === undefined ? UNDEFINED : evaluate(value, names, place);
    }
    if (Node.isThrowStatement(statement)) {
      owe(place, FALSE);
      return EXCLUDED;
    }
    if (Node.isIfStatement(statement)) {
      const condition = truth(statement.getExpression(), names, place);
      const yes = statementsOf(statement.getThenStatement());
      const no = statementsOf(statement.getElseStatement());
      // Expressions alone have no value that matters, so what follows need not be read twice.
      const isSilent = [...yes, ...no].every(Node.isExpressionStatement);
      const after: Next = isSilent ? () => UNDEFINED : rest;
      const whenYes = run(yes, names, under(place, condition), after);
      const whenNo = run(no, names, under(place, not(condition)), after);
      if (isSilent) continue;
      return choose(condition, whenYes, whenNo);
    }
    if (Node.isForOfStatement(statement)) return loop(statement, names, place, rest);
    if (Node.isVariableStatement(statement)) {
      declare(statement, names, place);
    } else {
      inside(Node.isExpressionStatement(statement), statement, "use const, if, for … of or return");
      evaluate(statement.getExpression(), names, place);
    }
  }
  return next(place);
}

function statementsOf(node: Statement | undefined): readonly Statement[] {
  return node === undefined ? [] : Node.isBlock(node) ? node.getStatements() : [node];
}

/** Gives the names of a `const` their values. */
export function declare(statement: Node, names: Map<string, Value>, place: Place): void {
  inside(Node.isVariableStatement(statement), statement, "declare a const");
  inside(statement.getDeclarationKind() === "const", statement, "declare a const");
  for (const declaration of statement.getDeclarations()) {
    const value = evaluate(declaration.getInitializerOrThrow(), names, place);
    bind(declaration.getNameNode(), value, names, place);
  }
}

/** One `for … of` over a list that is written out: element by element, then what follows. */
function loop(statement: Node, names: Names, place: Place, rest: Next): Value {
  inside(Node.isForOfStatement(statement), statement, "use for … of");
  const list = evaluate(statement.getExpression(), names, place);
  const initializer = statement.getInitializer();
  inside(list.kind === "list" && !statement.isAwaited(), statement, "go through a constant list");
  inside(Node.isVariableDeclarationList(initializer), statement, "declare the element");
  inside(initializer.getDeclarationKind() === "const", statement, "declare a const");
  const name = initializer.getDeclarations()[0]!.getNameNode();

  const step = (index: number, there: Place): Value => {
    const element = list.elements[index];
    if (element === undefined) return rest(there);
    const inner = new Map(names);
    bind(name, element, inner, there);
    const body = statementsOf(statement.getStatement());
    return run(body, inner, there, (after) => step(index + 1, after));
  };
  return step(0, place);
}

/** Gives the names in a binding their values. */
function bind(name: Node, value: Value, names: Map<string, Value>, place: Place): void {
  if (Node.isIdentifier(name)) {
    names.set(name.getText(), value);
    return;
  }
  inside(Node.isObjectBindingPattern(name), name, "bind a name or the fields of a record");
  for (const element of name.getElements()) {
    const isPlain = element.getInitializer() === undefined && !element.getDotDotDotToken();
    inside(isPlain, element, "bind each field as it is");
    const key = plainName(element.getPropertyNameNode() ?? element.getNameNode());
    bind(element.getNameNode(), member(value, key, element, place), names, place);
  }
}

/** Whether an expression is true, as `if` sees it. */
export function truth(node: Node, names: Names, place: Place): Term {
  return truthThrough(node, place, (part, there) => evaluate(part, names, there));
}

/** The value of an expression. */
export function evaluate(node: Node, names: Names, place: Place): Value {
  const read: Read = (part, there) => evaluate(part, names, there);
  if (Node.isParenthesizedExpression(node)) return read(node.getExpression(), place);
  if (Node.isAsExpression(node)) {
    const isUnit = isNumeric(node.getExpression()) && isNumeric(node);
    inside(isUnit, node, "only the unit of a number is named with as");
    return read(node.getExpression(), place);
  }
  if (Node.isNumericLiteral(node)) {
    inside(Number.isSafeInteger(node.getLiteralValue()), node, "write a safe integer");
    return termValue(integer(node.getLiteralValue()));
  }
  if (Node.isStringLiteral(node)) return termValue(textTerm(node.getLiteralValue()));
  if (node.getKind() === SyntaxKind.TrueKeyword) return termValue(TRUE);
  if (node.getKind() === SyntaxKind.FalseKeyword) return termValue(FALSE);
  if (Node.isIdentifier(node)) return resolve(node, names, place);
  if (Node.isArrowFunction(node)) return functionOf(node, names);
  if (Node.isConditionalExpression(node)) {
    const condition = truth(node.getCondition(), names, place);
    const branch = (chosen: Node, there: Place): Value =>
      there.path.value === false ? EXCLUDED : evaluate(chosen, names, there);
    const whenTrue = branch(node.getWhenTrue(), under(place, condition));
    return choose(condition, whenTrue, branch(node.getWhenFalse(), under(place, not(condition))));
  }
  if (Node.isPrefixUnaryExpression(node)) {
    if (isNegation(node)) return termValue(truth(node, names, place));
    inside(node.getOperatorToken() === SyntaxKind.MinusToken, node, "use ! or -");
    const operand = numberOf(evaluate(node.getOperand(), names, place), place);
    return termValue(arithmetic("-", integer(0), operand));
  }
  if (Node.isBinaryExpression(node)) return binary(node, place, read);
  if (Node.isPropertyAccessExpression(node)) {
    if (globalName(node) === "Number.MAX_SAFE_INTEGER") {
      return termValue(integer(Number.MAX_SAFE_INTEGER));
    }
    const owner = evaluate(node.getExpression(), names, place);
    return spread(owner, place, (branch, there) =>
      branch.kind === "undefined" && node.hasQuestionDotToken()
        ? UNDEFINED
        : member(branch, node.getName(), node, there),
    );
  }
  if (Node.isObjectLiteralExpression(node)) return objectOf(node, place, read);
  if (Node.isArrayLiteralExpression(node)) {
    const elements = node.getElements().map((element) => evaluate(element, names, place));
    return { kind: "list", elements };
  }
  if (Node.isCallExpression(node)) return callOf(node, place, read);
  throw new OutsideDialect(node, `a ${node.getKindName()} is not in the dialect`);
}

/** A function of the dialect: calling it is what its body means with the operands in place. */
function functionOf(node: Node, names: Names): Value {
  inside(Node.isFunctionDeclaration(node) || Node.isArrowFunction(node), node, "write a function");
  inside(!node.isAsync(), node, "write a plain function");
  inside(Node.isArrowFunction(node) || !node.isGenerator(), node, "write a plain function");
  const body = node.getBody();
  inside(body !== undefined, node, "write one declaration with its body");
  const parameters = node.getParameters();
  return {
    kind: "function",
    call: (operands, place) => {
      const inner = new Map(names);
      for (const [index, parameter] of parameters.entries()) {
        inside(!parameter.isRestParameter(), parameter, "name each parameter");
        const initializer = parameter.getInitializer();
        const isGiven = operands[index] !== undefined || parameter.isOptional();
        inside(isGiven, parameter, "give every argument");
        const value = orElse(operands[index] ?? UNDEFINED, place, (there) =>
          initializer === undefined ? UNDEFINED : evaluate(initializer, inner, there),
        );
        bind(parameter.getNameNode(), value, inner, place);
      }
      if (!Node.isBlock(body)) return evaluate(body, inner, place);
      return run(body.getStatements(), inner, place, () => UNDEFINED);
    },
  };
}

/** A name in scope, or what the compiler says it stands for: a function or a constant of a file. */
function resolve(node: Node, names: Names, place: Place): Value {
  const known = names.get(node.getText());
  if (known !== undefined) return known;
  if (node.getText() === "undefined") return UNDEFINED;

  const symbol = node.getSymbol();
  const declarations = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  const [declaration] = declarations;
  inside(declarations.length === 1, node, "name a function or a constant");
  if (Node.isFunctionDeclaration(declaration)) {
    inside(Node.isSourceFile(declaration.getParent()), node, "declare the function in the file");
    return functionOf(declaration, new Map());
  }
  inside(Node.isVariableDeclaration(declaration), node, "name a function or a constant");
  const statement = declaration.getVariableStatement();
  const isConstant =
    statement?.getDeclarationKind() === "const" && Node.isSourceFile(statement.getParent());
  const initializer = declaration.getInitializer();
  inside(isConstant && initializer !== undefined, node, "declare a const in the file");
  return evaluate(initializer, new Map(), place);
}

/**
 * Reads a text of the dialect and says what it means, for all inputs at once.
 *
 * This is an evaluator, not a compiler: it walks the real source with the names resolved by the
 * compiler, calls become the meaning of their bodies, and an `if` becomes a choice. What is outside
 * the dialect is refused with its place, never approximated. What would throw or leave the integers
 * is owed: whoever asks for the meaning must prove that it is never reached.
 */
import { Node, type Statement, type SwitchStatement, SyntaxKind } from "ts-morph";
import { entered } from "./callers.ts";
import { globalName, inside, OutsideDialect, plainName } from "./dialect.ts";
import {
  binary,
  callOf,
  castOf,
  elementOf,
  isNegation,
  member,
  objectOf,
  type Read,
  truth as truthThrough,
} from "./expression.ts";
import { loopOf } from "./loop-elements.ts";
import { numberPrefix } from "./number-words.ts";
import { noteRead } from "./read-parts.ts";
import { clausesOf } from "./switch-clauses.ts";
import { FALSE, not, or, type Term, TRUE } from "./term.ts";
import {
  choose,
  EXCLUDED,
  type Names,
  orElse,
  owe,
  type Place,
  same,
  spread,
  termValue,
  textTerm,
  UNDEFINED,
  under,
  type Value,
} from "./value.ts";

const INSTEAD = "use const, if, switch, for … of, for between constants, or return";

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
    noteRead(statement);
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
    if (Node.isForOfStatement(statement) || Node.isForStatement(statement)) {
      return loop(statement, names, place, rest);
    }
    if (Node.isBlock(statement)) return run(statement.getStatements(), names, place, rest);
    if (Node.isSwitchStatement(statement)) return select(statement, names, place, rest);
    if (Node.isVariableStatement(statement)) {
      declare(statement, names, place);
    } else {
      inside(Node.isExpressionStatement(statement), statement, INSTEAD);
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

/** One loop: element by element, then what follows. */
function loop(statement: Node, names: Names, place: Place, rest: Next): Value {
  const read: Read = (part, there) => evaluate(part, names, there);
  const { name, elements, body } = loopOf(statement, place, read);
  const step = (index: number, there: Place): Value => {
    const element = elements[index];
    if (element === undefined) return rest(there);
    const inner = new Map(names);
    bind(name, element, inner, there);
    return run(statementsOf(body), inner, there, (after) => step(index + 1, after));
  };
  return step(0, place);
}

/** One `switch`: the first clause with a label that fits, else what follows. */
function select(statement: SwitchStatement, names: Names, place: Place, rest: Next): Value {
  const clauses = clausesOf(statement);
  const subject = evaluate(statement.getExpression(), names, place);
  const step = (index: number, there: Place): Value => {
    const clause = clauses[index];
    if (clause === undefined) return rest(there);
    const { labels, statements } = clause;
    if (labels === "default") return run(statements, names, there, rest);
    const fits = labels
      .map((label) => same(subject, evaluate(label, names, there)))
      .reduce(or, FALSE);
    const whenFits = run(statements, names, under(there, fits), rest);
    return choose(fits, whenFits, step(index + 1, under(there, not(fits))));
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
    return castOf(node, place, read);
  }
  if (Node.isNumericLiteral(node)) {
    inside(Number.isSafeInteger(node.getLiteralValue()), node, "write a safe integer");
    return termValue(place.numbers.constant(node.getLiteralValue()));
  }
  if (Node.isStringLiteral(node)) {
    const code = textTerm(node.getLiteralValue()).value as bigint;
    return termValue(place.numbers.constant(code));
  }
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
    const operator = node.getText()[0];
    inside(operator === "-" || operator === "~", node, "use !, - or ~");
    inside(node.getOperatorToken() !== SyntaxKind.MinusMinusToken, node, "declare another const");
    return numberPrefix(operator, node.getOperand(), place, read);
  }
  if (Node.isBinaryExpression(node)) return binary(node, place, read);
  if (Node.isPropertyAccessExpression(node)) {
    if (globalName(node) === "Number.MAX_SAFE_INTEGER") {
      return termValue(place.numbers.constant(Number.MAX_SAFE_INTEGER));
    }
    const owner = evaluate(node.getExpression(), names, place);
    return spread(owner, place, (branch, there) =>
      branch.kind === "undefined" && node.hasQuestionDotToken()
        ? UNDEFINED
        : member(branch, node.getName(), node, there),
    );
  }
  if (Node.isElementAccessExpression(node)) return elementOf(node, place, read);
  if (Node.isObjectLiteralExpression(node)) return objectOf(node, place, read);
  if (Node.isArrayLiteralExpression(node)) {
    const elements = node.getElements().map((element) => evaluate(element, names, place));
    return { kind: "list", elements };
  }
  if (Node.isCallExpression(node)) return callOf(node, place, read);
  throw new OutsideDialect(node, `a ${node.getKindName()} is not in the dialect`);
}

/** A function of the dialect: calling it is what its body means with the operands in place. */
export function functionOf(node: Node, names: Names): Value {
  inside(Node.isFunctionDeclaration(node) || Node.isArrowFunction(node), node, "write a function");
  inside(!node.isAsync(), node, "write a plain function");
  inside(Node.isArrowFunction(node) || !node.isGenerator(), node, "write a plain function");
  const body = node.getBody();
  inside(body !== undefined, node, "write one declaration with its body");
  const parameters = node.getParameters();
  return {
    kind: "function",
    call: (operands, caller) => {
      const place = entered(node, caller);
      noteRead(node);
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
  noteRead(statement);
  return evaluate(initializer, new Map(), place);
}

/**
 * The functions of spec/ and impl/ that some theorem reaches: those that a proof speaks of, so those
 * whose translation has to be right. They are found through the names in the source, as the compiler
 * resolves them: functions, arrows that a `const` of a file holds, and arrows in its tables.
 */
import { type ArrowFunction, type FunctionDeclaration, Node, type SourceFile } from "ts-morph";
import { allTheorems } from "../ledger/theorem-list.ts";
import { pathFromRoot } from "../source.ts";

export interface ReachedFunction {
  /** Its file and name, or the place in the table that holds it. */
  readonly name: string;
  readonly path: string;
  /** How its own file says it: `roundUp`, or `RULES[0].test`. */
  readonly expression: string;
  readonly declaration: FunctionDeclaration | ArrowFunction;
}

/** Every function of spec/ and impl/ that a theorem reaches, ordered by file and by place in it. */
export function reachedFunctions(): readonly ReachedFunction[] {
  const found = new Map<Node, ReachedFunction>();
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const each of functionsAt(node)) found.set(each.declaration, each);
    for (const name of node.getDescendants().filter(Node.isIdentifier)) {
      const declaration = declarationOf(name);
      if (declaration !== undefined) visit(declaration);
    }
  };
  for (const { declaration } of allTheorems()) visit(declaration);
  const reached = [...found.values()];
  return reached.sort(
    (left, right) =>
      left.path.localeCompare(right.path) ||
      left.declaration.getStart() - right.declaration.getStart(),
  );
}

/** The functions of one file, those in its tables too. */
export function functionsOf(file: SourceFile): readonly ReachedFunction[] {
  const constants = file.getVariableStatements().flatMap((each) => each.getDeclarations());
  return [...file.getFunctions(), ...constants].flatMap(functionsIn);
}

/** The function or the constant of a file that `name` stands for. */
function declarationOf(name: Node): Node | undefined {
  const parent = name.getParent();
  const symbol = Node.isShorthandPropertyAssignment(parent)
    ? parent.getValueSymbol()
    : name.getSymbol();
  const [declaration] = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  if (Node.isFunctionDeclaration(declaration)) {
    return Node.isSourceFile(declaration.getParent()) ? declaration : undefined;
  }
  if (!Node.isVariableDeclaration(declaration)) return undefined;
  return Node.isSourceFile(declaration.getVariableStatement()?.getParent())
    ? declaration
    : undefined;
}

/** The functions that a declaration of spec/ or impl/ holds. */
function functionsAt(node: Node): readonly ReachedFunction[] {
  const path = pathFromRoot(node.getSourceFile());
  return path.startsWith("spec/") || path.startsWith("impl/") ? functionsIn(node) : [];
}

/** The functions that a declaration holds: itself, or those in its table. */
function functionsIn(node: Node): readonly ReachedFunction[] {
  const path = pathFromRoot(node.getSourceFile());
  const at = (
    declaration: ReachedFunction["declaration"],
    expression: string,
  ): ReachedFunction => ({
    name: `${path} ${expression}`,
    path,
    expression,
    declaration,
  });
  if (Node.isFunctionDeclaration(node)) return [at(node, node.getName() ?? "")];
  const initializer = Node.isVariableDeclaration(node) ? node.getInitializer() : undefined;
  if (!Node.isVariableDeclaration(node) || initializer === undefined) return [];
  return [...arrowsIn(initializer, node.getName())].map(([arrow, way]) => at(arrow, way));
}

/** The arrows in a value that is written out, with the way to each. */
function arrowsIn(value: Node, way: string): readonly (readonly [ArrowFunction, string])[] {
  if (Node.isArrowFunction(value)) return [[value, way]];
  if (Node.isArrayLiteralExpression(value)) {
    return value.getElements().flatMap((each, index) => arrowsIn(each, `${way}[${index}]`));
  }
  if (!Node.isObjectLiteralExpression(value)) return [];
  return value
    .getProperties()
    .filter(Node.isPropertyAssignment)
    .flatMap((each) => arrowsIn(each.getInitializerOrThrow(), `${way}.${each.getName()}`));
}

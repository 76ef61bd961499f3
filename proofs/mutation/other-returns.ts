/** What another branch of a function returns, where everything that it is made of is in sight. */
import { Node, type ReturnStatement } from "ts-morph";
import type { Change } from "./mutants.ts";

/** `statement`, returning what the next of the other returns of its function does. */
export function otherReturns(statement: ReturnStatement): readonly Change[] {
  const own = statement.getExpression();
  const owner = statement.getFirstAncestor(isFunction);
  if (own === undefined || owner === undefined) return [];
  const others = owner
    .getDescendants()
    .filter(Node.isReturnStatement)
    .filter((each) => each.getFirstAncestor(isFunction) === owner)
    .map((each) => each.getExpression())
    .filter((each) => each !== undefined && each.getText() !== own.getText())
    .filter((each) => each !== undefined && isInSight(each, statement));
  const next = others.find((each) => (each?.getStart() ?? 0) > own.getStart()) ?? others[0];
  return next === undefined ? [] : [{ node: own, wrong: next.getText() }];
}

function isFunction(node: Node): boolean {
  return Node.isFunctionDeclaration(node) || Node.isArrowFunction(node);
}

/** Whether every name in `expression` means at `statement` what it means where it stands. */
function isInSight(expression: Node, statement: Node): boolean {
  const names = [expression, ...expression.getDescendants()].filter(Node.isIdentifier);
  return names.every((name) =>
    (name.getSymbol()?.getDeclarations() ?? []).every((declaration) => {
      if (declaration.getSourceFile() !== statement.getSourceFile()) return true;
      const block = declaration.getFirstAncestor((each) => Node.isBlock(each) || isFunction(each));
      if (block === undefined) return true;
      const isAround = statement.getAncestors().includes(block);
      return isAround && declaration.getEnd() <= statement.getStart();
    }),
  );
}

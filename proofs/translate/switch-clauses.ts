/**
 * The clauses of a `switch`, where it reads as a list of cases: each label is a literal, each clause
 * ends with a return, and what has no label comes last. Falling from one clause into the next, other
 * than from a label to the label below, depends on order in a way that an `if` shows better.
 */
import { Node, type Statement, type SwitchStatement } from "ts-morph";
import { inside } from "./dialect.ts";

export interface Clause {
  /** The literals that lead here; none lead to the default, where everything else goes. */
  readonly labels: readonly Node[] | "default";
  readonly statements: readonly Statement[];
}

/** The clauses of `statement`, in order. */
export function clausesOf(statement: SwitchStatement): readonly Clause[] {
  const clauses: Clause[] = [];
  const all = statement.getClauses();
  let labels: readonly Node[] = [];
  for (const [index, clause] of all.entries()) {
    const statements = clause.getStatements();
    const isLast = index === all.length - 1;
    if (Node.isCaseClause(clause)) {
      const label = clause.getExpression();
      const isLiteral = Node.isStringLiteral(label) || Node.isNumericLiteral(label);
      inside(isLiteral, clause, "write a text or a number as the label");
      labels = [...labels, label];
      if (statements.length === 0 && !isLast) continue;
    }
    const isDefault = Node.isDefaultClause(clause);
    inside(!isDefault || isLast, clause, "put the default last");
    inside(!statements.some(Node.isVariableStatement), clause, "put the clause in braces");
    inside(endsAlways(statements), clause, "end each clause with a return, or with unreachable");
    clauses.push({ labels: isDefault ? "default" : labels, statements });
    labels = [];
  }
  return clauses;
}

/** Whether `statements` always end with a return, a throw or a call of `unreachable`. */
function endsAlways(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last === undefined) return false;
  if (Node.isReturnStatement(last) || Node.isThrowStatement(last)) return true;
  if (Node.isBlock(last)) return endsAlways(last.getStatements());
  if (Node.isIfStatement(last)) {
    const no = last.getElseStatement();
    return endsAlways([last.getThenStatement()]) && no !== undefined && endsAlways([no]);
  }
  const call = Node.isExpressionStatement(last) ? last.getExpression() : undefined;
  return Node.isCallExpression(call) && call.getReturnType().isNever();
}

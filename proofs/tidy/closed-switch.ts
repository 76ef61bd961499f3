/** A `switch` on `kind` names every kind, so that a new one is found by the compiler. */
import { Node, type SwitchStatement, SyntaxKind } from "ts-morph";
import { partsOf } from "../translate/dialect.ts";
import { complaint, type TidyCheck } from "./tidy-check.ts";

export const closedSwitch: TidyCheck = {
  claim: "a switch on a kind has a case for each, and unreachable where there is no other",
  complaints: (files) =>
    files.flatMap((file) =>
      file
        .getDescendantsOfKind(SyntaxKind.SwitchStatement)
        .filter((node) => /\bkind$/.test(node.getExpression().getText()))
        .filter(
          (node) => !partsOf(node.getExpression().getType()).some((part) => part.isUndefined()),
        )
        .filter((node) => !isClosed(node))
        .map((node) => complaint(node.getExpression(), "add the missing cases, or unreachable()")),
    ),
  good: [
    sample('switch (x.kind) { case "a": return 1; case "b": return 2; }'),
    sample('switch (x.kind) { case "a": return 1; default: return unreachable(x.kind); }'),
  ],
  bad: [
    sample('switch (x.kind) { case "a": return 1; } return 2;'),
    sample('switch (x.kind) { case "a": return 1; default: return 2; }'),
  ],
};

function isClosed(node: SwitchStatement): boolean {
  const clauses = node.getClauses();
  const last = clauses.find(Node.isDefaultClause);
  if (last !== undefined) return last.getText().includes("unreachable(");
  const cases = clauses
    .filter(Node.isCaseClause)
    .map((clause) => clause.getExpression().getText().slice(1, -1));
  return partsOf(node.getExpression().getType()).every((part) =>
    cases.includes(String(part.getLiteralValue())),
  );
}

function sample(text: string) {
  const head =
    'declare function unreachable(x: unknown): never;\ntype X = { readonly kind: "a" | "b" };';
  const body = `${head}\nexport function f(x: X): number { ${text} }`;
  return { path: `impl/heap/sample-${text.length}.ts`, text: body };
}

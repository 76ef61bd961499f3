/** The names of the rules and invariants of the specification, which are records with a name and a claim. */
import { Node, type ObjectLiteralExpression, SyntaxKind } from "ts-morph";
import { loadSource, ROOT } from "../source.ts";

/** The rules below `folder`, in the order of the source. */
export function rulesIn(folder: string): readonly string[] {
  const names = loadSource()
    .getSourceFiles(`${ROOT}${folder}/**/*.ts`)
    .filter((file) => !file.getFilePath().endsWith(".test.ts"))
    .flatMap((file) => file.getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression))
    .map(ruleOf);
  return names.filter((name) => name !== undefined);
}

/** The rule that `node` is part of, if it is part of one. */
export function ruleAround(node: Node): string | undefined {
  const records = node.getAncestors().filter(Node.isObjectLiteralExpression);
  return records.map(ruleOf).find((name) => name !== undefined);
}

function ruleOf(record: ObjectLiteralExpression): string | undefined {
  const [name, claim] = ["name", "claim"].map((key) => {
    const property = record.getProperty(key);
    return Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  });
  return Node.isStringLiteral(name) && claim !== undefined ? name.getLiteralValue() : undefined;
}

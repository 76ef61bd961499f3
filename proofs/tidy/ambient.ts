/** Nothing hidden: no clock, no chance and no machine in spec/ and impl/; every choice comes in. */
import { Node, SyntaxKind } from "ts-morph";
import { complaint, folderOf, isTest, pathOf, type TidyCheck } from "./tidy-check.ts";

const AMBIENT = new Set([
  "Date",
  "performance",
  "process",
  "console",
  "globalThis",
  "crypto",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
]);

export const ambient: TidyCheck = {
  claim: "spec and impl depend on their arguments alone",
  complaints: (files) =>
    files
      .filter((file) => ["spec", "impl"].includes(folderOf(pathOf(file))) && !isTest(pathOf(file)))
      .flatMap((file) => [
        ...file
          .getDescendantsOfKind(SyntaxKind.Identifier)
          .filter((node) => AMBIENT.has(node.getText()) && !isField(node))
          .map((node) => complaint(node, "take it as an argument")),
        ...file
          .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
          .filter((node) => node.getText() === "Math.random")
          .map((node) => complaint(node, "take a seed or a schedule as an argument")),
        ...file
          .getVariableStatements()
          .filter((node) => node.getDeclarationKind() !== "const")
          .map((node) => complaint(node, "let an object own what changes")),
      ]),
  good: [
    { path: "impl/heap/sample.ts", text: "export const a = (o: { process: 1 }) => o.process;" },
  ],
  bad: [
    { path: "impl/heap/sample.ts", text: "export const a = (): number => Date.now();" },
    { path: "spec/heap/sample.ts", text: "export const a = (): number => Math.random();" },
    { path: "impl/heap/sample2.ts", text: "let a = 1; export const b = (): number => a++;" },
  ],
};

function isField(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() === node;
  return Node.isPropertySignature(parent) || Node.isPropertyAssignment(parent);
}

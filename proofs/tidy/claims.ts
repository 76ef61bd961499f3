/** A claim is a constant: building a text costs a hundred times the check itself, on every call. */
import { Node, SyntaxKind } from "ts-morph";
import { complaint, type TidyCheck } from "./tidy-check.ts";

export const claims: TidyCheck = {
  claim: "what is asserted or demanded is a constant sentence without a full stop",
  complaints: (files) =>
    files.flatMap((file) =>
      file
        .getDescendantsOfKind(SyntaxKind.CallExpression)
        .filter((node) => ["assert", "demand"].includes(node.getExpression().getText()))
        .filter((node) => !isSentence(node.getArguments()[1]))
        .map((node) => complaint(node, "write the claim as one constant, without a full stop")),
    ),
  good: [sample('assert(a > 0, "a count is positive");')],
  bad: [
    sample("assert(a > 0, `a is a number`);"),
    sample("demand(a > 0);"),
    sample('assert(a > 0, "a count is positive.");'),
  ],
};

function isSentence(node: Node | undefined): boolean {
  return Node.isStringLiteral(node) && /[^.\s]$/.test(node.getLiteralValue());
}

function sample(text: string) {
  return { path: `impl/heap/sample-${text.length}.ts`, text };
}

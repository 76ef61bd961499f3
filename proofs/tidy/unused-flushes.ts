/**
 * A change of page tables answers what cores may still believe, and that is never dropped: neither the
 * compiler nor a run on one core tells that a core was left with the way to somebody else's bytes.
 */
import { Node, SyntaxKind, type Type } from "ts-morph";
import { partsOf } from "../translate/dialect.ts";
import { complaint, type TidyCheck } from "./tidy-check.ts";

const INSTEAD = "keep it, have every core flush that may know the pages, and complete it";
const ONE_OF_TWO = new Set(["&&", "||", "??", ","]);

export const unusedFlushes: TidyCheck = {
  claim: "a pending flush is used, and so is a result that may hold one",
  complaints: (files) =>
    files.flatMap((file) =>
      file
        .getDescendantsOfKind(SyntaxKind.ExpressionStatement)
        .flatMap((statement) => droppedBy(statement.getExpression()))
        .filter((dropped) => mayBeFlush(dropped))
        .map((dropped) => complaint(dropped, INSTEAD)),
    ),
  good: [
    sample("const pending = change(); pending.complete();"),
    sample("const answer = tried(); if (answer.ok) answer.value.complete();"),
    sample("let last = change(); last.complete(); last = change(); last.complete();"),
    sample("list.push(change());"),
    sample("list.push(change()), count();"),
  ],
  bad: [
    sample("change();"),
    sample("tried();"),
    sample("void change();"),
    sample("if (count() > 1) (tried());"),
    sample("count() > 1 && tried();"),
    sample("count() > 2 ? count() : tried();"),
    sample("change(), count();"),
  ],
};

/** The calls whose values nobody has once `node` was evaluated for its effect. */
function droppedBy(node: Node): readonly Node[] {
  if (Node.isParenthesizedExpression(node) || Node.isVoidExpression(node)) {
    return droppedBy(node.getExpression());
  }
  if (Node.isConditionalExpression(node)) {
    return [...droppedBy(node.getWhenTrue()), ...droppedBy(node.getWhenFalse())];
  }
  if (Node.isBinaryExpression(node) && ONE_OF_TWO.has(node.getOperatorToken().getText())) {
    return [...droppedBy(node.getLeft()), ...droppedBy(node.getRight())];
  }
  const isEvaluated =
    Node.isCallExpression(node) || Node.isNewExpression(node) || Node.isYieldExpression(node);
  return isEvaluated ? [node] : [];
}

function mayBeFlush(node: Node): boolean {
  return partsOf(node.getType()).some((part) => {
    const value = part.getProperty("value")?.getTypeAtLocation(node);
    return isFlush(part) || (value !== undefined && partsOf(value).some(isFlush));
  });
}

function isFlush(type: Type): boolean {
  return type.getSymbol()?.getName() === "PendingFlush";
}

function sample(text: string) {
  const head = [
    'import type { Result } from "#support";',
    'import type { PendingFlush } from "../memory/pending-flush.ts";',
    "declare const list: PendingFlush[];",
    "declare function count(): number;",
    "declare function change(): PendingFlush;",
    "declare function tried(): Result<PendingFlush, string>;",
  ];
  return { path: `impl/core/sample-${text.length}.ts`, text: [...head, text].join("\n") };
}

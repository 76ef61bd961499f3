/**
 * Small changes of a function, one at a time: each is a mistake that somebody could have made.
 *
 * An operator becomes its neighbour, a constant one more or one less, a condition its opposite or
 * never true, and one branch returns what another does. What does not change the meaning at all, such as the
 * text of an assertion, is left alone.
 */
import { type BinaryExpression, Node, SyntaxKind } from "ts-morph";
import { ruleAround } from "../ledger/rule-list.ts";
import { pathFromRoot } from "../source.ts";
import { otherReturns } from "./other-returns.ts";
import { type Declared, nameOf } from "./reached.ts";

export interface Mutant {
  /** What is changed, in words that stay the same when lines move. */
  readonly name: string;
  readonly file: string;
  /** The function or the constant, by its file and name. */
  readonly owner: string;
  readonly line: number;
  readonly start: number;
  /** Where the change begins, counted from the beginning of its owner. */
  readonly startInOwner: number;
  readonly end: number;
  readonly wrong: string;
  /** The rule that is changed, if the function is a list of rules. */
  readonly rule: string | undefined;
}

/** A part of a text, and what to write there. */
export interface Change {
  readonly node: Node;
  readonly wrong: string;
}

/** Every small change of `declared`, in the order of its text. */
export function mutantsOf(declared: Declared): readonly Mutant[] {
  const nodes = declared.getDescendants().filter((node) => !isInType(node));
  const changes = nodes.flatMap(changesOf);
  const counts = new Map<string, number>();
  return changes.map(({ node, wrong }) => {
    const change = `${oneLine(lineWith(node))} : ${oneLine(node.getText())} -> ${oneLine(wrong)}`;
    const count = (counts.get(change) ?? 0) + 1;
    counts.set(change, count);
    return {
      name: `${nameOf(declared)} : ${change}${count === 1 ? "" : ` (${count})`}`,
      file: pathFromRoot(declared.getSourceFile()),
      owner: nameOf(declared),
      line: node.getStartLineNumber(),
      start: node.getStart(),
      startInOwner: node.getStart() - declared.getStart(),
      end: node.getEnd(),
      wrong,
      rule: ruleAround(node),
    };
  });
}

const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "+": ["-"],
  "-": ["+"],
  "*": ["+"],
  "/": ["*"],
  "%": ["+"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "&": ["|"],
  "|": ["&"],
  "^": ["|"],
  "<<": [">>"],
  ">>": ["<<", ">>>"],
  ">>>": ["<<", ">>"],
};

const WORDS: Readonly<Record<string, string>> = {
  floor: "ceil",
  ceil: "floor",
  min: "max",
  max: "min",
  some: "every",
  every: "some",
};

function changesOf(node: Node): readonly Change[] {
  if (isSilent(node)) return [];
  if (Node.isBinaryExpression(node)) return operatorChanges(node);
  if (Node.isNumericLiteral(node)) return constantChanges(node, node.getLiteralValue());
  if (node.getKind() === SyntaxKind.TrueKeyword) return [{ node, wrong: "false" }];
  if (node.getKind() === SyntaxKind.FalseKeyword) return [{ node, wrong: "true" }];
  if (Node.isPrefixUnaryExpression(node)) return [{ node, wrong: node.getOperand().getText() }];
  if (Node.isPropertyAccessExpression(node)) {
    const word = WORDS[node.getName()];
    return word === undefined ? [] : [{ node: node.getNameNode(), wrong: word }];
  }
  if (Node.isConditionalExpression(node)) return [opposite(node.getCondition())];
  if (Node.isIfStatement(node)) {
    const condition = node.getExpression();
    return [opposite(condition), { node: condition, wrong: "false" }];
  }
  return Node.isReturnStatement(node) ? otherReturns(node) : [];
}

function operatorChanges(node: BinaryExpression): readonly Change[] {
  const token = node.getOperatorToken();
  return (NEIGHBOURS[token.getText()] ?? []).map((wrong) => ({ node: token, wrong }));
}

function constantChanges(node: Node, value: number): readonly Change[] {
  const more = { node, wrong: `${value + 1}` };
  return value === 0 ? [more] : [more, { node, wrong: `${value - 1}` }];
}

function opposite(node: Node): Change {
  return { node, wrong: `!(${node.getText()})` };
}

function isInType(node: Node): boolean {
  return Node.isTypeNode(node) || node.getFirstAncestor(Node.isTypeNode) !== undefined;
}

/** An assertion is owed, not computed with: a wrong one is refuted or says less, which is no mistake. */
function isSilent(node: Node): boolean {
  const call = node.getFirstAncestorByKind(SyntaxKind.CallExpression);
  if (call === undefined) return false;
  return call.getExpression().getText() === "assert" || isSilent(call);
}

/** The line that `node` begins on. */
function lineWith(node: Node): string {
  const lines = node.getSourceFile().getFullText().split("\n");
  return lines[node.getStartLineNumber() - 1] ?? "";
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

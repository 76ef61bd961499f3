/**
 * A file of the source, changed so that its claims report what they came to.
 *
 *     return isWhole && end <= start;              as written
 *     return report$("…:12 isWhole", () => (isWhole)) && report$("…:12 end <= start", () => (…));
 *
 * Every part of a conjunction that a function of type boolean returns, that a `const` in it holds, or
 * that an arrow function is, is wrapped. Loops count their rounds, because a loop from 0 to a number
 * that a solver chose may not end in a lifetime. Nothing else changes, not even the number of a line.
 */
import {
  type Expression,
  type ForStatement,
  Node,
  type SourceFile,
  type WhileStatement,
} from "ts-morph";
import { pathFromRoot } from "../source.ts";

/** One part of a claim, as it was evaluated, with the parts that it called upon. */
export interface Report {
  /** Where it is written, `path:line`, and how. */
  readonly place: string;
  readonly text: string;
  /** The `const` that it is a part of, if it is. */
  readonly owner: string;
  readonly value: unknown;
  readonly parts: readonly Report[];
}

/** The script that collects reports, as a module of its own; `reports$` hands them over. */
export const REPORTER = `
let open = { parts: [] };
export function report$(place, text, owner, body) {
  const outer = open;
  open = { place, text, owner, value: undefined, parts: [] };
  outer.parts.push(open);
  try {
    return (open.value = body());
  } finally {
    open = outer;
  }
}
let rounds = 0;
export function round$() {
  rounds += 1;
  if (rounds > 1e5) throw Object.assign(new Error("a loop has too many rounds"), { name: "Endless" });
}
export function reports$() {
  rounds = 0;
  const { parts } = open;
  open = { parts: [] };
  return parts;
}
`;

/** The text of `file` that reports to the module at `reporter`; only claims report, loops always do. */
export function reportingText(file: SourceFile, reporter: string, isClaiming: boolean): string {
  const insertions: Insertion[] = file
    .getDescendants()
    .flatMap((node) => (isLoop(node) ? roundsIn(node.getStatement()) : []));
  if (isClaiming) {
    for (const { claim, owner } of file.getDescendants().flatMap(claimsIn)) {
      insertions.push(...conjunctsOf(claim).flatMap((part) => reportOf(part, owner)));
    }
  }
  if (insertions.length === 0) return file.getFullText();
  const text = inserted(file.getFullText(), insertions);
  return `${text}\nimport { report$, round$ } from "${reporter}";\n`;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

function reportOf(part: Node, owner: string): readonly Insertion[] {
  const place = `${pathFromRoot(part.getSourceFile())}:${part.getStartLineNumber()}`;
  const words = [place, part.getText().replace(/\s+/g, " "), owner];
  const said = words.map((each) => JSON.stringify(each)).join(", ");
  return [
    { at: part.getStart(), text: `report$(${said}, () => (` },
    { at: part.getEnd(), text: "))" },
  ];
}

function isLoop(node: Node): node is ForStatement | WhileStatement {
  return Node.isForStatement(node) || Node.isWhileStatement(node);
}

function roundsIn(body: Node): readonly Insertion[] {
  return Node.isBlock(body) ? [{ at: body.getStart() + 1, text: " round$();" }] : [];
}

interface Claim {
  readonly claim: Expression;
  readonly owner: string;
}

/** The claim that `node` makes, if it does: what it returns, or holds, or is. */
function claimsIn(node: Node): readonly Claim[] {
  if (Node.isArrowFunction(node)) {
    const claim = node.getBody();
    return Node.isExpression(claim) && isClaim(node) ? [{ claim, owner: "" }] : [];
  }
  if (Node.isReturnStatement(node)) {
    const claim = node.getExpression();
    const owner = node.getFirstAncestor(Node.isFunctionLikeDeclaration);
    return claim !== undefined && owner !== undefined && isClaim(owner)
      ? [{ claim, owner: "" }]
      : [];
  }
  if (!Node.isVariableDeclaration(node)) return [];
  const claim = node.getInitializer();
  const isJoined = claim !== undefined && conjunctsOf(claim).length > 1;
  return isJoined ? [{ claim, owner: node.getName() }] : [];
}

/** Whether what a function gives is a claim: it says so, or it is asked of every element. */
function isClaim(node: Node): boolean {
  if (Node.isFunctionDeclaration(node)) return node.getReturnTypeNode()?.getText() === "boolean";
  const owner = node.getParent();
  if (Node.isPropertyAssignment(owner)) return owner.getName() === "holds";
  const callee = Node.isCallExpression(owner) ? owner.getExpression() : undefined;
  return Node.isPropertyAccessExpression(callee) && callee.getName() === "every";
}

/** The expressions that are joined by `&&` in `node`, or itself alone. */
function conjunctsOf(node: Expression): readonly Expression[] {
  if (Node.isParenthesizedExpression(node)) return conjunctsOf(node.getExpression());
  if (!Node.isBinaryExpression(node) || node.getOperatorToken().getText() !== "&&") return [node];
  return [...conjunctsOf(node.getLeft()), ...conjunctsOf(node.getRight())];
}

/** `text` with all insertions; of two at one place the first comes first, so that ends stay nested. */
function inserted(text: string, insertions: readonly Insertion[]): string {
  const sorted = insertions.toSorted((left, right) => left.at - right.at);
  const pieces = sorted.map(({ at, text: piece }, index) => {
    return text.slice(sorted[index - 1]?.at ?? 0, at) + piece;
  });
  return pieces.join("") + text.slice(sorted.at(-1)?.at ?? 0);
}

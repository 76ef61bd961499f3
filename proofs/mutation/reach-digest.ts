/**
 * One name for all that decides what a theorem says: its own text, and the text of every declaration that
 * it reaches, near or far.
 *
 *     theorem ──> functions, constants ──> …
 *        └──────> types, which say what an unknown can be, and in which range
 *
 * A declaration is taken as a whole, with its comment, in which ranges and splits are written. With it
 * goes what its names mean: if one of them comes from elsewhere now, the text is the same and the meaning is not.
 * Whatever is not of the project, the language and its library, changes with the lock file.
 */
import { readFileSync } from "node:fs";
import { Node, SyntaxKind } from "ts-morph";
import { digestOf } from "../ledger/obligations-of.ts";
import { codeOf } from "../ledger/source-digest.ts";
import type { Theorem } from "../ledger/theorem-list.ts";
import { pathFromRoot, ROOT } from "../source.ts";

/** The code that reads source, asks and decides, by its way from `proofs/ledger`. */
const DECIDERS = [
  ...["./obligations-of", "./theorem-list", "../source", "../mutation/mutation-run"],
  ...["../translate/", "../solver/"],
];
const SETTINGS = ["package-lock.json", "tsconfig.json"];

/** A statement of a file, what it says, and the statements that its names are of. */
interface Stated {
  readonly digest: string;
  readonly next: readonly Node[];
}

/** The name of all that decides each of `theorems`, asked of the solver `version`. */
export function reachDigests(
  theorems: readonly Theorem[],
  version: string,
): ReadonlyMap<Theorem, string> {
  const settings = SETTINGS.map((name) => readFileSync(`${ROOT}${name}`, "utf8"));
  const deciding = digestOf([version, ...settings, ...codeOf(DECIDERS)]);
  const known = new Map<Node, Stated>();
  return new Map(
    theorems.map((theorem) => {
      const digests = [...reachedFrom(theorem.declaration, known)].map((each) => {
        return statedAt(each, known).digest;
      });
      return [theorem, digestOf([deciding, theorem.name, ...digests.toSorted()])];
    }),
  );
}

/** The statements that are reached from `start`, itself among them. */
function reachedFrom(start: Node, known: Map<Node, Stated>): ReadonlySet<Node> {
  const reached = new Set([start]);
  for (const each of reached) {
    for (const next of statedAt(each, known).next) reached.add(next);
  }
  return reached;
}

function statedAt(statement: Node, known: Map<Node, Stated>): Stated {
  const before = known.get(statement);
  if (before !== undefined) return before;
  const links = new Set<string>();
  const next = new Set<Node>();
  for (const name of statement.getDescendantsOfKind(SyntaxKind.Identifier)) {
    for (const declaration of declarationsOf(name)) {
      const target = statementAround(declaration);
      if (target === undefined || target === statement) continue;
      next.add(target);
      links.add(`${name.getText()} ${placeOf(target)}`);
    }
  }
  const text = [placeOf(statement), statement.getFullText(), ...[...links].toSorted()];
  const stated = { digest: digestOf(text), next: [...next] };
  known.set(statement, stated);
  return stated;
}

/** Where `name` is declared; one that is a property and its value at once is declared twice. */
function declarationsOf(name: Node): readonly Node[] {
  const parent = name.getParent();
  const symbols = [
    name.getSymbol(),
    Node.isShorthandPropertyAssignment(parent) ? parent.getValueSymbol() : undefined,
  ];
  return symbols.flatMap(
    (symbol) => (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [],
  );
}

/** The statement of a file of the project that `node` is part of. */
function statementAround(node: Node): Node | undefined {
  if (!node.getSourceFile().getFilePath().startsWith(ROOT)) return undefined;
  if (node.getSourceFile().isInNodeModules()) return undefined;
  return [node, ...node.getAncestors()].find((each) => Node.isSourceFile(each.getParent()));
}

/** The file of `statement`, and what it declares there. */
function placeOf(statement: Node): string {
  const path = pathFromRoot(statement.getSourceFile());
  if (Node.isVariableStatement(statement)) {
    return `${path} ${statement.getDeclarations().map((each) => each.getName())}`;
  }
  return `${path} ${Node.hasName(statement) ? statement.getName() : statement.getKindName()}`;
}

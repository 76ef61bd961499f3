/**
 * What a theorem is about: the functions and constants of the specification and of the implementation
 * that its formula is made of.
 *
 * A word whose meaning the translation supplies is not among them, nor is what its code is made of: none of
 * it is read, so a change of it is seen by its tests and by no formula.
 *
 * A function that only an assumption reaches is a condition that nothing has been proved of: if it were
 * wrong, the theorem would still be proved, of something else.
 */
import { type FunctionDeclaration, Node, type VariableDeclaration } from "ts-morph";
import type { Theorem } from "../ledger/theorem-list.ts";
import { pathFromRoot } from "../source.ts";
import { assumption } from "../translate/theorem.ts";
import { isGiven } from "../translate/words.ts";

/** A function or a constant of a file, as a whole. */
export type Declared = FunctionDeclaration | VariableDeclaration;

export interface Reached {
  /** What the conclusion is made of, and what leads to it. */
  readonly stated: ReadonlySet<Declared>;
  /** What the assumptions are made of. */
  readonly assumed: ReadonlySet<Declared>;
}

/** What `theorem` reaches, near or far, itself left out. */
export function reachedBy(theorem: FunctionDeclaration): Reached {
  const stated = new Set<Declared>();
  const assumed = new Set<Declared>();
  for (const statement of theorem.getStatements()) {
    const condition = assumption(statement);
    if (condition === undefined) visit(statement, stated);
    else visit(condition, assumed);
  }
  return { stated, assumed };
}

/** What the conclusions of `theorems` are made of, in the order in which they are met. */
export function statedBy(theorems: readonly Theorem[]): readonly Declared[] {
  const stated = theorems.flatMap(({ declaration }) => [...reachedBy(declaration).stated]);
  return [...new Set(stated)].filter(isProduct);
}

/** Rooms whose theorems are proved, and of which nobody has measured yet how much they say. */
export const NOT_MUTATED: readonly string[] = [
  "impl/heap/class-bits",
  "impl/heap/heap-map",
  "impl/heap/page-links",
  "impl/heap/slab-",
  "impl/heap/zone-",
  "impl/memory/",
  "impl/interpretation/chunk-",
  "impl/interpretation/page-list-",
  "impl/interpretation/page-table-",
  "impl/interpretation/slab-",
  "impl/interpretation/table-",
  "impl/interpretation/tlb-",
  "impl/interpretation/walked-",
  "impl/interpretation/zone-",
];

/** What is changed to see whether `theorems` notice: what they are made of, in the rooms that are measured. */
export function mutatedBy(theorems: readonly Theorem[]): readonly Declared[] {
  return statedBy(theorems).filter((each) => {
    const path = pathFromRoot(each.getSourceFile());
    return !NOT_MUTATED.some((room) => path.startsWith(room));
  });
}

/** What is taken for granted by some theorem, and of which no theorem says anything. */
export function onlyAssumed(theorems: readonly Theorem[]): readonly Declared[] {
  const stated = new Set(statedBy(theorems));
  const assumed = theorems.flatMap(({ declaration }) => [...reachedBy(declaration).assumed]);
  return [...new Set(assumed)].filter((each) => isProduct(each) && !stated.has(each));
}

/** Whether `declared` belongs to the specification or to the implementation. */
export function isProduct(declared: Declared): boolean {
  return /^(spec|impl)\//.test(pathFromRoot(declared.getSourceFile()));
}

/** What messages call it: its file and its name. */
export function nameOf(declared: Declared): string {
  return `${pathFromRoot(declared.getSourceFile())} ${declared.getName() ?? ""}`;
}

function visit(node: Node, seen: Set<Declared>): void {
  node.forEachDescendant((each) => {
    if (Node.isTypeNode(each) || !Node.isIdentifier(each)) return;
    const symbol = each.getSymbol();
    for (const declared of (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? []) {
      if (!isDeclared(declared) || isGiven(declared) || seen.has(declared)) continue;
      seen.add(declared);
      visit(declared, seen);
    }
  });
}

function isDeclared(node: Node): node is Declared {
  if (Node.isFunctionDeclaration(node)) return Node.isSourceFile(node.getParent());
  if (!Node.isVariableDeclaration(node)) return false;
  return Node.isSourceFile(node.getVariableStatement()?.getParent());
}

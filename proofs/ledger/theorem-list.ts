/**
 * All theorems, as the source states them.
 *
 * A theorem is an exported function of a file of obligations whose doc comment has the tag `@proves`.
 * The comment is read here and nowhere else: its first paragraph is the claim, `@proves` names what it
 * is about, `@mode bits` and `@depth 3` choose how it is asked about, and each `@split` multiplies the
 * cases.
 */
import type { FunctionDeclaration, SourceFile } from "ts-morph";
import { loadSource, pathFromRoot } from "../source.ts";
import { type Case, splitOver } from "../translate/theorem.ts";

export interface Theorem {
  readonly name: string;
  /** Its file, from the root of the project. */
  readonly path: string;
  readonly claim: string;
  /** The rules, invariants, transitions and kernels that it is about. */
  readonly proves: readonly string[];
  readonly mode: "integers" | "bits";
  /** Proved one by one; that together they are all there is, is owed as well. */
  readonly cases: readonly Case[];
  readonly declaration: FunctionDeclaration;
}

/** Every theorem of the source as it stands, ordered by file and by place in it. */
export function allTheorems(): readonly Theorem[] {
  const theorems = loadSource()
    .getSourceFiles()
    .filter((file) => isObligationFile(pathFromRoot(file)))
    .toSorted((left, right) => (pathFromRoot(left) < pathFromRoot(right) ? -1 : 1))
    .flatMap(theoremsIn);
  const names = theorems.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two theorems have the name ${twice}: rename one`);
  return theorems;
}

/** The theorem that is called `name`. */
export function theoremNamed(name: string): Theorem {
  const found = allTheorems().find((theorem) => theorem.name === name);
  if (found === undefined) throw new Error(`there is no theorem ${name}`);
  return found;
}

/** Whether the file at `path` states theorems. */
export function isObligationFile(path: string): boolean {
  return path.endsWith(".obligation.ts") || path === "proofs/theorems.ts";
}

/** The theorems that `file` states. */
export function theoremsIn(file: SourceFile): readonly Theorem[] {
  const path = pathFromRoot(file);
  return file
    .getFunctions()
    .filter((each) => each.isExported() && tagsOf(each, "proves").length > 0)
    .map((declaration) => ({
      name: declaration.getName() ?? "",
      path,
      claim: claimOf(declaration),
      proves: tagsOf(declaration, "proves").flatMap(wordsOf),
      mode: tagsOf(declaration, "mode").includes("bits") ? "bits" : "integers",
      cases: casesOf(declaration),
      declaration,
    }));
}

function tagsOf(declaration: FunctionDeclaration, name: string): readonly string[] {
  return declaration
    .getJsDocs()
    .flatMap((doc) => doc.getTags())
    .filter((tag) => tag.getTagName() === name)
    .map((tag) => tag.getCommentText()?.trim() ?? "");
}

function wordsOf(list: string): readonly string[] {
  return list.split(",").map((word) => word.trim());
}

function claimOf(declaration: FunctionDeclaration): string {
  const text = declaration.getJsDocs().at(-1)?.getDescription().trim() ?? "";
  const [paragraph] = text.split(/\n\s*\n/) as [string];
  return paragraph.replace(/\s+/g, " ");
}

/** Every combination of what the tags `@split` allow; one case if there are none. */
function casesOf(declaration: FunctionDeclaration): readonly Case[] {
  return tagsOf(declaration, "split")
    .map((tag) => valuesOf(declaration, tag))
    .reduce<readonly Case[]>(
      (cases, values) => cases.flatMap((each) => values.map((value) => ({ ...each, ...value }))),
      [{}],
    );
}

const RANGE = /^(\S+) (2\^|)(\d+)\.\.(2\^|)(\d+)$/;

function valuesOf(declaration: FunctionDeclaration, tag: string): readonly Case[] {
  const [, name, power, first, powerToo, last] = RANGE.exec(tag) ?? [];
  if (name === undefined) {
    if (!/^[\w.]+(, *[\w.]+)*$/.test(tag)) throw new Error(`@split ${tag} is not understood`);
    return splitOver(declaration, wordsOf(tag));
  }
  if (power !== powerToo) throw new Error(`@split ${tag} mixes powers and numbers`);
  const [from, to] = [Number(first), Number(last)];
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return numbers.map((number) => ({ [name]: power === "" ? number : 2 ** number }));
}

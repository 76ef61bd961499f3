/**
 * Which parts of the source were read to make a formula: the statements that were run, the functions that
 * were called, and the constants that were looked up.
 *
 * Where an evaluation never comes, whatever is written there makes no other formula. Many cases of a split
 * go past most of what their theorem reaches, and that is known after reading them once.
 */
import { Node, type SourceFile } from "ts-morph";
import { pathFromRoot } from "../source.ts";

/** What was read, by place; a part is whole without the parts inside of it. */
export type ReadParts = ReadonlySet<string>;

let noted: Set<string> | undefined;

/** The value of `body`, and what it reads. */
export function readingParts<Value>(body: () => Value): readonly [Value, ReadParts] {
  const outer = noted;
  const read = new Set<string>();
  noted = read;
  try {
    return [body(), read];
  } finally {
    noted = outer;
  }
}

/** Notes that `part` is read. */
export function noteRead(part: Node): void {
  noted?.add(placeOf(part));
}

/** The name of the innermost part of `file` that has all the text from `start` to `end`. */
export function partAt(file: SourceFile, start: number, end: number): string {
  const node = file.getDescendantAtStartWithWidth(start, end - start) ?? file;
  return placeOf([node, ...node.getAncestors()].find(isPart) ?? file);
}

function isPart(node: Node): boolean {
  return (Node.isStatement(node) && !Node.isBlock(node)) || Node.isArrowFunction(node);
}

function placeOf(part: Node): string {
  return `${pathFromRoot(part.getSourceFile())} ${part.getStart()}-${part.getKind()}`;
}

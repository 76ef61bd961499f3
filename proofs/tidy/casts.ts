/**
 * The compiler is not talked out of what it knows.
 *
 * In spec/ and impl/ a cast names the unit of a number, and nothing else: arithmetic on units gives a
 * plain number, and whoever computes it knows which unit the result has. Elsewhere a cast may also
 * name what was parsed; nowhere does it go through `any`.
 */
import { Node, SyntaxKind } from "ts-morph";
import { isNumberType, partsOf } from "../translate/dialect.ts";
import { complaint, folderOf, isTest, pathOf, type TidyCheck } from "./tidy-check.ts";

/** Where a cast says what a key of a map or the index of an array is known to hold. */
const KNOWN = ["spec/support/finite-map.ts"];

/** Where plain numbers from outside become records with units. */
const EDGES = ["model-tests/conformance/flight.ts", "model-tests/conformance/heap.ts"];

export const casts: TidyCheck = {
  claim: "a cast names a unit, and nothing is any",
  complaints: (files) =>
    files.flatMap((file) => {
      const path = pathOf(file);
      const isStrict = ["spec", "impl"].includes(folderOf(path)) && !isTest(path);
      const isKnown = KNOWN.includes(path);
      const wrong =
        isStrict && !isKnown
          ? file.getDescendantsOfKind(SyntaxKind.AsExpression).filter(isCast)
          : [];
      const twice = file.getDescendantsOfKind(SyntaxKind.AsExpression).filter(isTwice);
      const anys = file.getDescendantsOfKind(SyntaxKind.AnyKeyword);
      return [
        ...wrong.map((node) => complaint(node, "name a unit, or let the compiler see the type")),
        ...(isTest(path) || EDGES.includes(path) ? [] : twice).map((node) =>
          complaint(node, "do not cast through unknown"),
        ),
        ...anys.map((node) => complaint(node, "write unknown and look, or the type")),
        ...ignored(file.getFullText(), path),
      ];
    }),
  good: [
    {
      path: "impl/heap/sample.ts",
      text: "export const a = 3 as number; export const b = [1] as const; export const c = <U extends number>(x: number): U => x as U;",
    },
    { path: "model-tests/trace/sample.ts", text: "export const a = JSON.parse('1') as { b: 1 };" },
  ],
  bad: [
    {
      path: "impl/heap/sample.ts",
      text: "export const a = (x: string | undefined): string => x as string;",
    },
    {
      path: "model-tests/trace/sample.ts",
      text: "export const a = (x: number) => x as unknown as string;",
    },
    { path: "spec/heap/sample.ts", text: "export const a = (x: any): number => x;" },
    { path: "spec/heap/sample2.ts", text: "// @ts-ignore\nexport const a: string = 1;" },
  ],
};

function isCast(node: Node): boolean {
  if (!Node.isAsExpression(node) || node.getTypeNode()?.getText() === "const") return false;
  // An element of an array of numbers may be undefined to the compiler, and is not to the author.
  const parts = partsOf(node.getExpression().getType()).filter((part) => !part.isUndefined());
  // A unit that the caller names is a number too.
  const unit = node.getType().getConstraint() ?? node.getType();
  return !(parts.every(isNumberType) && partsOf(unit).every(isNumberType));
}

function isTwice(node: Node): boolean {
  const inner = Node.isAsExpression(node) ? node.getExpression() : undefined;
  return Node.isAsExpression(inner) && inner.getTypeNode()?.getText() === "unknown";
}

/** The words are put together here, so that this file does not complain about itself. */
function ignored(text: string, path: string): readonly string[] {
  const words = ["@ts-" + "ignore", "@ts-" + "nocheck"];
  const isWritten = words.some((word) => new RegExp(`^\\s*(//|/\\*+)\\s*${word}`, "m").test(text));
  return isWritten ? [`${path}: mend the type; a test may expect an error, with a sentence`] : [];
}

/** JavaScript's bit operators silently drop to 32 bits, so a wide unit never meets one. */
import { Node, SyntaxKind } from "ts-morph";
import { complaint, type TidyCheck } from "./tidy-check.ts";

const WIDE = /\b(Address|ByteCount|Alignment|PhysicalAddress|VirtualAddress|PageNumber|PageCount)$/;
const BITS = new Set(["&", "|", "^", "<<", ">>", ">>>", "&=", "|=", "^=", "<<=", ">>=", ">>>="]);
const INSTEAD = "divide and take the remainder: this drops to 32 bits";

/** Numbers that a size class serves: both are at most 2,048 where these stand. */
const SMALL = ["SIZE_CLASS_SIZE_MIN << index", "align & (align - 1)"];

export const wideBits: TidyCheck = {
  claim: "no address and no byte count meets a bit operator",
  complaints: (files) =>
    files.flatMap((file) => {
      const binary = file
        .getDescendantsOfKind(SyntaxKind.BinaryExpression)
        .filter((node) => BITS.has(node.getOperatorToken().getText()))
        .filter((node) => isWide(node.getLeft()) || isWide(node.getRight()));
      const unary = file
        .getDescendantsOfKind(SyntaxKind.PrefixUnaryExpression)
        .filter((node) => node.getOperatorToken() === SyntaxKind.TildeToken)
        .filter((node) => isWide(node.getOperand()));
      return [...binary, ...unary]
        .filter((node) => !SMALL.includes(node.getText()))
        .map((node) => complaint(node, INSTEAD));
    }),
  good: [sample("export const low = (a: Address, n: number): number => (a % 4096) + (n & 1);")],
  bad: [
    sample("export const low = (a: Address): number => a & 4095;"),
    sample("export const high = (a: ByteCount | undefined): number => (a ?? 0) >>> 12;"),
    sample("export const not = (a: Address): number => ~(a);"),
  ],
};

function isWide(node: Node): boolean {
  if (Node.isParenthesizedExpression(node)) return isWide(node.getExpression());
  if (Node.isBinaryExpression(node) && node.getOperatorToken().getText() === "??") {
    return isWide(node.getLeft()) || isWide(node.getRight());
  }
  const type = node.getType();
  const parts = type.isUnion() ? type.getUnionTypes() : [type];
  return parts.some((part) => WIDE.test(part.getText()));
}

function sample(text: string) {
  const head = 'import type { Address, ByteCount } from "#units";\n';
  return { path: `impl/heap/sample-${text.length}.ts`, text: `${head}${text}` };
}

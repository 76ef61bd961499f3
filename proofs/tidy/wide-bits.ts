/** JavaScript's bit operators silently drop to 32 bits, so a wide unit never meets one. */
import { Node, SyntaxKind } from "ts-morph";
import { complaint, type TidyCheck } from "./tidy-check.ts";

const WIDE_UNITS = [
  "Address",
  "PhysicalAddress",
  "VirtualAddress",
  "ByteCount",
  "Alignment",
  "PageNumber",
  "PageName",
  "PageCount",
  "FrameNumber",
  "UnitNumber",
  "UnitCount",
];
const WIDE = new RegExp(`\\b(${WIDE_UNITS.join("|")})$`);
const BITS = new Set(["&", "|", "^", "<<", ">>", ">>>", "&=", "|=", "^=", "<<=", ">>=", ">>>="]);
const INSTEAD = "divide and take the remainder: this drops to 32 bits";

/**
 * Wide units whose numbers are small where these stand. What a size class serves is at most 2,048. A frame
 * has up to 40 bits, but our memory is of at most 4 GiB, so the number of one that lies in it, which is
 * asserted one line above, has 20.
 */
const SMALL = ["SIZE_CLASS_SIZE_MIN << index", "align & (align - 1)", "table << 10", "frame << 10"];

export const wideBits: TidyCheck = {
  claim: "no address, count of bytes, page or frame meets a bit operator",
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
    sample("export const upper = (unit: UnitNumber): number => unit >>> 9;"),
    sample("export const word = (f: FrameNumber): number => f << 12;"),
    sample("export const space = (name: PageName): number => name >> 36;"),
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
  const head =
    'import type { Address, ByteCount, FrameNumber, PageName, UnitNumber } from "#units";\n';
  return { path: `impl/heap/sample-${text.length}.ts`, text: `${head}${text}` };
}

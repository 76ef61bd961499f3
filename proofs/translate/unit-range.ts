/**
 * What a unit says of its numbers: the one rule for both readings, and for drawing values by type.
 *
 * A unit says it where it is declared, by a tag in the comment of its type:
 *
 *     @range 0..8                        the class of a block
 *     @range 1..2^52 powers of two       an alignment
 *
 * A number without a unit, or of a unit without the tag, is from 0 to 2^53 - 1.
 */
import { Node, type Type } from "ts-morph";
import { OutsideDialect } from "./dialect.ts";

export interface UnitRange {
  /** The name of the unit, or of the type that has none. */
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly arePowersOfTwo: boolean;
}

/** The range of the numbers of `type`, which is a number with a unit or without. */
export function unitRange(type: Type): UnitRange {
  const literal = type.getLiteralValue();
  if (typeof literal === "number") {
    return { unit: type.getText(), least: literal, most: literal, arePowersOfTwo: false };
  }
  const alias = type.getAliasSymbol();
  const unit = alias?.getName() ?? type.getText();
  const [declaration] = alias?.getDeclarations() ?? [];
  const tag = Node.isTypeAliasDeclaration(declaration)
    ? declaration.getJsDocs().flatMap((doc) => doc.getTags().filter(isRange))[0]
    : undefined;
  if (tag === undefined) {
    return { unit, least: 0, most: Number.MAX_SAFE_INTEGER, arePowersOfTwo: false };
  }
  const [, least, most, powers] =
    /^(\S+)\.\.(\S+)(| powers of two)$/.exec(tag.getCommentText()?.trim() ?? "") ?? [];
  const [from, to] = [boundOf(least), boundOf(most)];
  if (from === undefined || to === undefined || from > to) {
    throw new OutsideDialect(tag, "write @range 0..8, @range 1..2^52 powers of two, or no range");
  }
  return { unit, least: from, most: to, arePowersOfTwo: powers !== "" };
}

function isRange(tag: Node): boolean {
  return Node.isJSDocTag(tag) && tag.getTagName() === "range";
}

/** The number that a bound is, `12`, `2^52` or `2^53-1`, or undefined. */
function boundOf(text: string | undefined): number | undefined {
  const [, base, exponent, minus] = /^(\d+)(?:\^(\d+))?(-1)?$/.exec(text ?? "") ?? [];
  if (base === undefined) return undefined;
  const value = Number(base) ** Number(exponent ?? 1) - (minus === undefined ? 0 : 1);
  return Number.isSafeInteger(value) ? value : undefined;
}

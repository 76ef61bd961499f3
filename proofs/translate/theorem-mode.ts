/**
 * How a theorem is asked about: in which reading of numbers, by its tag `@mode bits`, or integers; and how
 * many claims deep what holds for all is said of the names in sight, by its tag `@depth 3`, or two.
 *
 * Two are enough for a claim about the elements of two maps, and the questions stay short. Of a map
 * in a map in a map, three are needed. To say it less deep may leave a theorem unproved, never make one proved.
 */
import type { FunctionDeclaration, JSDocTag } from "ts-morph";
import { BITS } from "./bits.ts";
import { OutsideDialect } from "./dialect.ts";
import { INTEGERS } from "./integers.ts";
import type { Numbers } from "./number-mode.ts";

export function numbersOf(theorem: FunctionDeclaration): Numbers {
  const tag = tagOf(theorem, "mode");
  const mode = tag?.getCommentText()?.trim();
  if (tag === undefined) return INTEGERS;
  if (mode !== "bits") throw new OutsideDialect(tag, "write @mode bits, or no mode for integers");
  return BITS;
}

export function depthOf(theorem: FunctionDeclaration): number {
  const tag = tagOf(theorem, "depth");
  if (tag === undefined) return 2;
  const depth = tag.getCommentText()?.trim();
  if (depth !== "3") throw new OutsideDialect(tag, "write @depth 3, or no depth for two");
  return 3;
}

function tagOf(theorem: FunctionDeclaration, name: string): JSDocTag | undefined {
  const tags = theorem.getJsDocs().flatMap((doc) => doc.getTags());
  return tags.find((each) => each.getTagName() === name);
}

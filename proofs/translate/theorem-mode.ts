/** In which reading of numbers a theorem is stated: its tag `@mode bits`, or integers. */
import type { FunctionDeclaration } from "ts-morph";
import { BITS } from "./bits.ts";
import { OutsideDialect } from "./dialect.ts";
import { INTEGERS } from "./integers.ts";
import type { Numbers } from "./number-mode.ts";

export function numbersOf(theorem: FunctionDeclaration): Numbers {
  const tags = theorem.getJsDocs().flatMap((doc) => doc.getTags());
  const tag = tags.find((each) => each.getTagName() === "mode");
  const mode = tag?.getCommentText()?.trim();
  if (tag === undefined) return INTEGERS;
  if (mode !== "bits") throw new OutsideDialect(tag, "write @mode bits, or no mode for integers");
  return BITS;
}

/**
 * The text form of a block's name: letters, counted the way a spreadsheet counts its columns.
 *
 *     0   1       25  26  27       701  702
 *     a   b   …   z   aa  ab   …   zz   aaa
 *
 * There is no digit for nothing, so every number has one text and every text one number. Ten letters
 * are enough for 10^14 blocks, and more are not read: far beyond, doubles no longer count by one.
 */
import { assert } from "#support";
import { type BlockName, blockName } from "#units";

const FIRST_LETTER = 97;
const LETTERS = 26;

/** Writes `name`, which is at least 0. */
export function nameText(name: BlockName): string {
  assert(name >= 0, "only a name that a block can have is written");

  let text = "";
  for (let rest = name + 1; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
    text = String.fromCharCode(FIRST_LETTER + ((rest - 1) % LETTERS)) + text;
  }
  return text;
}

/** Reads what `nameText` wrote, or returns undefined if `text` is anything else. */
export function parseName(text: string): BlockName | undefined {
  if (!/^[a-z]{1,10}$/.test(text)) return undefined;

  let value = 0;
  for (const letter of text) value = value * LETTERS + letter.charCodeAt(0) - FIRST_LETTER + 1;
  return blockName(value - 1);
}

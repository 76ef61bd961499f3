/**
 * What a file calls a block: a text, kept as a number if it is short.
 *
 * Most ids are a few letters or digits, and a million texts in a table cost more than judging what they name.
 * Up to eight printable signs of ASCII are the digits of a number to the base of 95 that has no nought, so every
 * text has one number and every number one text; the largest is below 2^53.
 */

export type BlockId = number | string;

const BASE = 95;
const BEFORE_FIRST = 31;
const LAST = 126;
const LENGTH_MAX = 8;

/** The id that `text` is. */
export function blockId(text: string): BlockId {
  if (text.length > LENGTH_MAX) return text;
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= BEFORE_FIRST || code > LAST) return text;
    value = value * BASE + code - BEFORE_FIRST;
  }
  return value;
}

/** The same of the bytes from `from` to `to`, all of them printable and of ASCII. */
export function blockIdAt(bytes: Buffer, from: number, to: number): BlockId {
  if (to - from > LENGTH_MAX) return bytes.toString("latin1", from, to);
  let value = 0;
  for (let index = from; index < to; index++) {
    value = value * BASE + (bytes[index] as number) - BEFORE_FIRST;
  }
  return value;
}

/** The text that `id` stands for. */
export function blockIdText(id: BlockId): string {
  if (typeof id === "string") return id;
  let text = "";
  for (let rest = id; rest > 0; rest = Math.floor((rest - 1) / BASE)) {
    text = String.fromCharCode(BEFORE_FIRST + 1 + ((rest - 1) % BASE)) + text;
  }
  return text;
}

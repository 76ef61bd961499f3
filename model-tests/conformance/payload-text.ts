/**
 * What the owner of a block writes into it: a stretch of one long random text.
 *
 * Where the stretch begins is the block's seed. So neither a foreign byte nor bytes moved to another place
 * look right, and nothing has to be remembered but a number.
 *
 *     text     ├──────── first half ────────┼──────── second half ───────┤
 *     block         ├ seed ──── a stretch, up to a half long ────┤ and again from the seed
 */
const TEXT_SIZE = 0x2_0000;
/** A stretch never runs off the text: it begins in the first half and is at most half as long. */
export const STRETCH_MAX: number = TEXT_SIZE / 2;
export const WORD_SIZE = 8;

export const TEXT: Uint8Array<ArrayBuffer> = randomText();
export const TEXT_WORDS: Float64Array<ArrayBuffer> = new Float64Array(TEXT.buffer);
/** The same bytes, as what the engine compares without a view made for each comparison. */
export const TEXT_BUFFER: Buffer = Buffer.from(TEXT.buffer);

/** The seed after `seed`: a multiple of 8, so that words of the text meet words of memory. */
export function nextSeed(seed: number): number {
  return (seed + 20_248) % STRETCH_MAX;
}

/** Random bytes, the same on every machine: from 1 to 126 and from 128 to 254. */
function randomText(): Uint8Array<ArrayBuffer> {
  const text = new Uint8Array(TEXT_SIZE);
  let state = 0x9e37_79b9;
  for (let index = 0; index < TEXT_SIZE; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const byte = 1 + ((state >>> 8) % 253);
    text[index] = byte < 127 ? byte : byte + 1;
  }
  return text;
}

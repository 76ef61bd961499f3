/**
 * What a word of 32 bits says of what is free, and how it changes: a 1 for each that is.
 *
 *     bit    31 30 …  5  4  3  2  1  0
 *             0  1 …  1  0  1  0  0  0      3 is the lowest that is free
 *
 * Functions of a word and nothing else, so that they are proved for every word there is.
 */

/** The number of the lowest bit of `word` that is 1; there is one. */
export function lowestOf(word: number): number {
  return 31 - Math.clz32(word & ~(word - 1));
}

/** `word`, with its lowest 1 made 0. */
export function withoutLowest(word: number): number {
  return (word & (word - 1)) >>> 0;
}

/** `word`, with bit `bit` made 1. */
export function withFree(word: number, bit: number): number {
  return (word | (1 << bit)) >>> 0;
}

/** Whether bit `bit` of `word` is 1. */
export function isFreeAmong(word: number, bit: number): boolean {
  return ((word >>> bit) & 1) === 1;
}

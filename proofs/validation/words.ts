/**
 * One function for each word that numbers have in the dialect, so that each is compared with what it
 * does when it is run, whether some theorem reaches it or not.
 */

/** The class of a block, as a table has it. */
const SIZES: readonly number[] = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];

export const sum = (a: number, b: number): number => a + b;
export const difference = (a: number, b: number): number => a - b;
export const product = (a: number, b: number): number => a * b;
export const multiple = (a: number): number => a * 40;
export const negative = (a: number): number => -a;
export const floor = (a: number): number => Math.floor(a / 48);
export const ceil = (a: number): number => Math.ceil(a / 48);
export const trunc = (a: number): number => Math.trunc(a / 48);
export const floorOfTwo = (a: number, b: number): number => Math.floor(a / b);
export const ceilOfTwo = (a: number, b: number): number => Math.ceil(a / b);
export const remainder = (a: number): number => a % 48;
export const remainderOfTwo = (a: number, b: number): number => a % b;
export const remainderOfNegative = (a: number): number => -a % 48;
export const least = (a: number, b: number): number => Math.min(a, b);
export const most = (a: number, b: number): number => Math.max(a, b);
export const order = (a: number, b: number): boolean => a < b === !(a >= b) && a <= b === !(a > b);
export const and = (a: number, b: number): number => a & b;
export const or = (a: number, b: number): number => a | b;
export const xor = (a: number, b: number): number => a ^ b;
export const complement = (a: number): number => ~a;
export const mask = (a: number): number => a & 4095;
export const shiftLeft = (a: number): number => a << 5;
export const shiftRight = (a: number): number => a >> 5;
export const shiftRightByNothing = (a: number): number => (a >> 0) + (a >>> 0);
export const logicalShift = (a: number): number => a >>> 5;
export const shiftLeftBy = (a: number, b: number): number => a << b;
export const shiftRightBy = (a: number, b: number): number => a >> b;
export const logicalShiftBy = (a: number, b: number): number => a >>> b;
export const shiftOfNegative = (a: number, b: number): number => (-a >> b) ^ (-a >>> b);
export const leadingZeros = (a: number): number => Math.clz32(a);
export const wordProduct = (a: number, b: number): number => Math.imul(a, b);
export const entry = (a: number): number => SIZES[a] ?? SIZES.length;
export const entryThatIsThere = (a: number): number => SIZES[a] as number;
export const power = (a: number): number => a + 2 ** 20;

/** The first power of two that is not below `a`, of some. */
export function roundedSize(a: number): number {
  for (let i = 0; i < 9; i++) {
    if (a <= 1 << i) return 1 << i;
  }
  return 0;
}

/** Which of three cases `a` is. */
export function switched(a: number): number {
  switch (a) {
    case 0:
    case 1:
      return 7;
    case 2: {
      const b = a * 3;
      return b;
    }
  }
  return a;
}

/**
 * Every alignment that there is, written out: a power of two is not said in the arithmetic of
 * integers, and 53 numbers are. A theorem that is split over them assumes this, so that the split
 * leaves nothing out.
 */

/** Whether `value` is one of 1, 2, 4 … 2^52, the powers of two that are safe integers. */
export function isPowerOfTwo(value: number): boolean {
  return POWERS.includes(value);
}

// biome-ignore format: eight powers per line
const POWERS: readonly number[] = [
  0x1, 0x2, 0x4, 0x8, 0x10, 0x20, 0x40, 0x80,
  0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000,
  0x10000, 0x20000, 0x40000, 0x80000, 0x100000, 0x200000, 0x400000, 0x800000,
  0x1000000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80000000,
  0x100000000, 0x200000000, 0x400000000, 0x800000000, 0x1000000000, 0x2000000000, 0x4000000000,
  0x8000000000, 0x10000000000, 0x20000000000, 0x40000000000, 0x80000000000, 0x100000000000,
  0x200000000000, 0x400000000000, 0x800000000000, 0x1000000000000, 0x2000000000000,
  0x4000000000000, 0x8000000000000, 0x10000000000000,
];

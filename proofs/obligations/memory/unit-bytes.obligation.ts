/** The pages or frames for some bytes are as many as these need, and no more. */
import { unitsFor } from "#impl";
import type { ByteCount } from "#units";
import { assume } from "../assume.ts";

/**
 * The last byte lies in the last unit, however many there are, up to the largest number of bytes.
 *
 * @proves units-for
 */
export function unitsHaveTheirBytes(size: ByteCount, offset: ByteCount): boolean {
  assume(offset < 4096);
  const count = unitsFor(size, offset);
  if (size === 0) return count === 0;
  const whole = Math.floor(size / 4096);
  const last = size - whole * 4096 + offset - 1;
  return count - whole === Math.floor((last + 4096) / 4096);
}

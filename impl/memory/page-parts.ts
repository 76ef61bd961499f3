/** How a run of bytes is worked on when each of its pages may lie anywhere: part by part. */
import { type Address, address, type ByteCount, bytes } from "#units";

const PAGE_SIZE = 4096;

/** Calls `fill` for the parts of the `count` bytes from `start` on, none of which crosses a page. */
export function fillByPage(
  start: Address,
  count: ByteCount,
  fill: (at: Address, part: ByteCount) => void,
): void {
  for (let done = 0; done < count; ) {
    const at = address(start + done);
    const part = Math.min(count - done, bytesLeftInPage(at));
    fill(at, bytes(part));
    done += part;
  }
}

/**
 * Calls `copy` for the parts of a copy of `count` bytes, none of which crosses a page on either side.
 * The last comes first if the target lies above, so that no byte is lost before it is read.
 */
export function copyByPage(
  target: Address,
  source: Address,
  count: ByteCount,
  copy: (target: Address, source: Address, part: ByteCount) => void,
): void {
  for (let done = 0; done < count; ) {
    const left = count - done;
    const part =
      target > source
        ? Math.min(left, bytesOfPageBelow(source + left), bytesOfPageBelow(target + left))
        : Math.min(left, bytesLeftInPage(source + done), bytesLeftInPage(target + done));
    const from = target > source ? left - part : done;
    copy(address(target + from), address(source + from), bytes(part));
    done += part;
  }
}

/** The bytes from `at` to the end of its page. */
function bytesLeftInPage(at: number): number {
  return PAGE_SIZE - (at - Math.floor(at / PAGE_SIZE) * PAGE_SIZE);
}

/** The bytes from the start of the page that ends at or above `end`, up to `end`. */
function bytesOfPageBelow(end: number): number {
  return end - (Math.ceil(end / PAGE_SIZE) - 1) * PAGE_SIZE;
}

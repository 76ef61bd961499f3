/**
 * How a call ends that the original never answers. Each is thrown, and says what happened there.
 *
 * - A panic is an assertion of the original that fails, or an `expect` that is disappointed. It
 *   unwinds with the locks held that its call has taken, so those stay held here.
 * - A deadlock is a lock that is asked for by the processor that holds it: it spins for ever, with
 *   interrupts off.
 * - A page fault is an access to a page that is not mapped.
 */
export class KernelPanic extends Error {
  override readonly name = "KernelPanic";
}

export class Deadlock extends Error {
  override readonly name = "Deadlock";
}

export class PageFault extends Error {
  override readonly name = "PageFault";
}

/** Panics with `claim` unless `condition` holds. */
export function expectOrPanic(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new KernelPanic(claim);
}

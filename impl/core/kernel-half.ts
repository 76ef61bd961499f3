/**
 * The half of every address space that the kernel has: one set of tables, which every root leads to.
 *
 *     root of the kernel    ├──── lower half ────┼── 256 … 509 ──┼ 510 ┼ 511 ┤
 *                                                     ║            own    ║
 *     root of a space       ├──── its own ───────┼── the same ───┼ 510 ┼ the same ┤
 *
 * Only entries of roots are copied: when the kernel gets a table of level 3, or gives one back, the
 * entry in every other root follows at once. Everything below is shared. Entry 510 is each root's own
 * recursive window.
 */
import {
  type FrameNumber,
  type PageNumber,
  type TableIndex,
  UPPER_HALF,
  type Word32,
} from "#units";
import { RECURSIVE_INDEX } from "../memory/recursive-window.ts";
import type { TableFrames } from "../memory/table-frames.ts";

/** The first page of the half that is shared. */
export const KERNEL_FIRST: PageNumber = (UPPER_HALF / 4096) as PageNumber;

const PAGES_PER_ROOT_ENTRY = 2 ** 27;
const NOTHING = 0 as Word32;

/** Makes `root` lead where the root of the kernel does, for the pages from `first` to `last`. */
export function shareKernelHalf(
  frames: TableFrames,
  kernel: FrameNumber,
  root: FrameNumber,
  first: PageNumber = KERNEL_FIRST,
  last: PageNumber = (2 ** 36 - 1) as PageNumber,
): void {
  const { memory } = frames;
  const end = Math.floor(last / PAGES_PER_ROOT_ENTRY);
  for (let index = Math.floor(first / PAGES_PER_ROOT_ENTRY); index <= end; index++) {
    if (index === RECURSIVE_INDEX) continue;
    const from = memory.slot(kernel, index as TableIndex);
    const to = memory.slot(root, index as TableIndex);
    const wasUsed = memory.lowAt(to) !== 0;
    const isUsed = memory.lowAt(from) !== 0;
    memory.setEntry(to, memory.highAt(from), memory.lowAt(from));
    if (wasUsed !== isUsed) frames.add(root, isUsed ? 1 : -1);
  }
}

/** Makes `root` lead nowhere in the half that is shared. */
export function unshareKernelHalf(frames: TableFrames, root: FrameNumber): void {
  const { memory } = frames;
  for (let index = 256; index < 512; index++) {
    if (index === RECURSIVE_INDEX) continue;
    const slot = memory.slot(root, index as TableIndex);
    if (memory.lowAt(slot) === 0) continue;
    memory.setEntry(slot, NOTHING, NOTHING);
    frames.add(root, -1);
  }
}

/** A machine for a combination heap that may hand out so many bytes, and how the heap divides them. */
import { type CombinationConfig, Machine, type MachineWatchers, USUAL_COMBINATION } from "#impl";
import { type CoreId, KERNEL_SPACE } from "#units";

const SLAB_SIZE = 8192;
const FRAME_SIZE = 4096;
/** Frames for page tables, and for what the book takes. */
const FRAMES_BESIDE = 96;
const KEY_COUNT = 16;

/** A quarter of the memory is the initial heap's. */
export function combinationConfig(memoryBytes: number, coreCount: number): CombinationConfig {
  const pages = Math.ceil(memoryBytes / SLAB_SIZE);
  return {
    ...USUAL_COMBINATION,
    pageCount: Math.max(256, pages * 4),
    initialPages: Math.max(2, Math.ceil(pages / 4)),
    keyCount: Math.max(KEY_COUNT, coreCount),
  };
}

/** A machine of `coreCount` cores, all of which run, with frames for that heap. */
export function machineFor(
  memoryBytes: number,
  { pageCount }: CombinationConfig,
  coreCount: number,
  watchers: MachineWatchers,
): Machine {
  const frames = Math.ceil(memoryBytes / FRAME_SIZE);
  const book = Math.ceil(pageCount / 256);
  const size = {
    frameCount: frames + book + FRAMES_BESIDE,
    heldCountMax: pageCount * 4 + frames * 2 + FRAMES_BESIDE,
  };
  const machine = new Machine(size, watchers);
  for (let core = 0; core < coreCount; core++) machine.startCore(core as CoreId, KERNEL_SPACE);
  return machine;
}

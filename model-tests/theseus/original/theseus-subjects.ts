/**
 * The heap of Theseus as subjects: one kernel under several promises, because a run ends at the first
 * promise that is broken, and the weaknesses are not equally easy to meet.
 *
 * Each promises what Rust asks of a global allocator: an answer to every call; the alignment that a
 * layout asks for, up to a maximum that is stated; blocks that lie in the heap, share no byte, and are
 * freed by whoever has them. What some promise besides, and why a kernel's heap must keep it:
 *
 * - alignments up to 64 KiB, because layouts have them: device rings and page tables ask for them;
 * - `availability`: what nobody uses is to be had. A run that holds a whole object page, wherever it
 *   begins, is enough for any object: 8192 bytes and 8184 before them, which a request of 8 bytes and 16,368
 *   more comes to. Larger requests and alignments need as much more;
 * - `reclaims`: a kernel that runs for months grants again what it granted once;
 * - `rejects`: the original checks some frees and panics, so it means to detect misuse. A kernel
 *   that has rejected a free must be able to allocate.
 *
 * The machines are small: one page for each class where the original has 64 makes stories shorter, and
 * nothing else. Where the boxes of the lists would only come between, they are left out.
 */
import type { Promises, Subject } from "../../subject/subject.ts";
import { kernelInstance } from "./kernel-instance.ts";
import { PAGE_SIZE } from "./kernel-memory.ts";
import type { World } from "./world.ts";

/** Alignments up to a page, which every path of the original honours. */
const GLOBAL_ALLOC: Promises = {
  alignDefault: 1,
  alignMax: PAGE_SIZE,
  reallocKeepsAlign: true,
  zeroSize: "block",
  touchesOnly: "extent",
};
const ANY_ALIGNMENT: Promises = { ...GLOBAL_ALLOC, alignMax: 65_536 };
const AVAILABILITY: NonNullable<Promises["availability"]> = {
  overhead: 16_368,
  granule: 8,
  minimum: 8,
};

const SMALL: World = {
  initialPages: 16,
  isInitialFull: false,
  growthPages: 64,
  generalPages: 64,
  frames: 128,
  cores: 2,
  coresAtSwitch: 2,
  pagesPerClass: 1,
  bookkeeping: "boxes",
  phases: "both",
};
/** Heaps that begin without a page, and no room for one but in the growth area. */
const BARE: World = {
  ...SMALL,
  isInitialFull: true,
  generalPages: 3,
  pagesPerClass: 0,
  bookkeeping: "none",
  phases: "per-core",
};

/** The kernel from its first allocation on, across the switch. */
export const theseus: Subject = subject("theseus", ANY_ALIGNMENT, SMALL);

/** The same, asked for nothing that it does not honour. */
export const theseusBoxes: Subject = subject("theseus-boxes", GLOBAL_ALLOC, SMALL);

/** A core that appears after the switch. */
export const theseusLateCore: Subject = subject("theseus-late-core", GLOBAL_ALLOC, {
  ...SMALL,
  coresAtSwitch: 1,
});

/** The initial allocator alone, which is to give back and to detect misuse. */
export const theseusInitial: Subject = subject(
  "theseus-initial",
  { ...GLOBAL_ALLOC, reclaims: true, rejects: ["double-free", "wrong-layout"] },
  { ...SMALL, cores: 1, phases: "early" },
);

/** The heaps behind the switch, which are to detect a wrong layout. */
export const theseusSlabs: Subject = subject(
  "theseus-slabs",
  { ...GLOBAL_ALLOC, rejects: ["wrong-layout"] },
  { ...SMALL, phases: "per-core" },
);

/** The same, which are to survive that they detect a double free. */
export const theseusPanic: Subject = subject(
  "theseus-panic",
  { ...GLOBAL_ALLOC, rejects: ["double-free"] },
  { ...SMALL, phases: "per-core" },
);

/** Objects of any alignment, in 32 object pages that can all be had. */
export const theseusSlots: Subject = subject(
  "theseus-slots",
  { ...ANY_ALIGNMENT, availability: AVAILABILITY },
  BARE,
);

/** Three object pages to grow by, two at a time. */
export const theseusGrowth: Subject = subject(
  "theseus-growth",
  { ...GLOBAL_ALLOC, availability: AVAILABILITY },
  { ...BARE, growthPages: 6 },
);

/** Large objects that find no room but where the heaps grow. */
export const theseusForeign: Subject = subject(
  "theseus-foreign",
  { ...GLOBAL_ALLOC, availability: AVAILABILITY },
  BARE,
);

/** An initial heap that is free, and larger than all that follows it. */
export const theseusStranded: Subject = subject(
  "theseus-stranded",
  { ...GLOBAL_ALLOC, availability: AVAILABILITY },
  { ...BARE, isInitialFull: false, growthPages: 4 },
);

/** Fewer frames than pages, as on any machine. */
export const theseusFrames: Subject = subject(
  "theseus-frames",
  { ...GLOBAL_ALLOC, zeroSize: "any", reclaims: true },
  { ...BARE, cores: 1, coresAtSwitch: 1, pagesPerClass: 1, generalPages: 64, frames: 38 },
);

function subject(name: string, promises: Promises, world: World): Subject {
  return { name, promises, cores: world.cores, create: () => kernelInstance(world) };
}

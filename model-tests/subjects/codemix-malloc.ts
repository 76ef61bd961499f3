/**
 * The published package `malloc`: free blocks in a skip list, inside one buffer.
 *
 * Two things would make a run depend on the runs before it: heights are drawn from `Math.random`, and
 * scratch memory belongs to the module. So heaps that are in use together share a module that no
 * heap before them has used, and while it works, `Math.random` is a sequence that began with it.
 *
 * Promised is what the package says and what goes without saying: every offset is a multiple of 8,
 * and one allocator leaves the buffer of another alone. A `RangeError` from `alloc` is its way to
 * refuse what the whole buffer could not hold.
 */
import { createRequire } from "node:module";
import { RandomChoices } from "../generate/choices.ts";
import type { Subject, SubjectInstance } from "../subject/subject.ts";

interface Allocator {
  alloc(size: number): number;
  calloc(size: number): number;
  free(address: number): number;
  sizeOf(address: number): number;
}

type AllocatorClass = new (buffer: ArrayBuffer) => Allocator;

/** What lies before the first block, and the footer behind the last. */
const OVERHEAD_BYTES = 276;
/** Which sequence of heights; with this one a short story is possible. */
const SEQUENCE = 12;

const load = createRequire(import.meta.url);
const used: { allocator: AllocatorClass | undefined; choices: RandomChoices; heaps: number } = {
  allocator: undefined,
  choices: new RandomChoices(SEQUENCE),
  heaps: 0,
};

export const codemixMalloc: Subject = {
  name: "codemix-malloc",
  create: ({ memoryBytes }) => {
    const buffer = new ArrayBuffer(4 * Math.ceil((OVERHEAD_BYTES + memoryBytes) / 4));
    return instanceOf(new (acquire())(buffer), new Uint8Array(buffer));
  },
  promises: { alignDefault: 8, independentInstances: true },
};

function instanceOf(allocator: Allocator, memory: Uint8Array): SubjectInstance {
  return {
    alloc: (size) => refusing(() => inPrivate(() => allocator.alloc(size))),
    allocZeroed: (size) => refusing(() => inPrivate(() => allocator.calloc(size))),
    dealloc: (address) => inPrivate(() => allocator.free(address)),
    usableSize: (address) => allocator.sizeOf(address),
    memory: () => memory,
    destroy: release,
  };
}

/** The class, from a module that only heaps in use now have used. */
function acquire(): AllocatorClass {
  if (used.heaps === 0 || used.allocator === undefined) {
    for (const name of ["malloc", "malloc/lib"]) delete load.cache[load.resolve(name)];
    used.allocator = load("malloc") as AllocatorClass;
    used.choices = new RandomChoices(SEQUENCE);
  }
  used.heaps += 1;
  return used.allocator;
}

function release(): void {
  used.heaps -= 1;
}

/** Answers what `ask` answers while `Math.random` is the sequence of the module in use. */
function inPrivate(ask: () => number): number {
  const { random } = Math;
  Math.random = () => used.choices.below(2 ** 32) / 2 ** 32;
  try {
    return ask();
  } finally {
    Math.random = random;
  }
}

function refusing(ask: () => number): number {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

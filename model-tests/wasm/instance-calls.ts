/**
 * From calls of a subject to calls of exported functions, in the shape that each of them has.
 *
 * A module counts in 32 bits, and what is longer would be cut off on its way in: so a request that cannot be
 * said is refused here, as is one that the family's own contract does not allow. Nothing is made anew for a
 * call.
 */
import type { SubjectInstance } from "../subject/subject.ts";
import { collectedCalls } from "./collected-calls.ts";
import { WASM_PAGE_SIZE } from "./engine.ts";
import { type Exports, functionOf } from "./exported-function.ts";
import type { Allocator, ExportedCall, FamilyName } from "./families.ts";
import { Aborted, type Outside } from "./outside.ts";

/** The calls of an instance, without what concerns its memory. */
export type InstanceCalls = Pick<
  SubjectInstance,
  "alloc" | "dealloc" | "realloc" | "allocZeroed" | "usableSize"
>;

/** In Rust no size that goes with an alignment is larger. */
const LAYOUT_MAX = 2 ** 31;
/** What every `malloc` may be counted on to align to, and what none has to exceed. */
const MALLOC_ALIGN = 8;
const MALLOC_ALIGN_MAX = 16;
const REFUSED = 0;

/** The calls of `allocator`, made to `exports`. */
export function instanceCalls(
  allocator: Allocator,
  exports: Exports,
  outside: Outside,
): InstanceCalls {
  const { family, calls } = allocator;
  const refuses = REFUSING_BY_TRAP.includes(family);
  const failed = (error: unknown, size: number): number => {
    if (!refuses || !isExhaustion(error, size, outside)) throw outside.explained(error);
    outside.refusedByTrap();
    return REFUSED;
  };
  const guarded =
    (ask: (size: number, align: number) => number) =>
    (size: number, align: number): number => {
      try {
        return ask(size, align);
      } catch (error) {
        return failed(error, size);
      }
    };
  const { realloc, calloc, usableSize } = calls;
  const collected =
    family === "assemblyscript-collected" ? collectedCalls(allocator, exports) : undefined;
  const alloc = guarded(collected?.alloc ?? allocOf(allocator, exports, outside));
  // What a function does not take is dropped on its way in.
  const dealloc: (...numbers: number[]) => unknown =
    collected?.dealloc ?? functionOf(exports, calls.dealloc);
  const zeroed = calloc && guarded(zeroedOf(calloc, exports, allocator.sizeMax));
  const resize = realloc && reallocOf(realloc, exports, allocator.sizeMax);
  const measure = usableSize && functionOf(exports, usableSize);
  return {
    alloc,
    dealloc: (address, size, align) => {
      try {
        dealloc(address, size, align);
      } catch (error) {
        throw outside.explained(error);
      }
    },
    ...(zeroed && { allocZeroed: zeroed }),
    ...(resize && {
      realloc: (address: number, oldSize: number, align: number, size: number): number => {
        try {
          return resize(address, oldSize, align, size);
        } catch (error) {
          return failed(error, size);
        }
      },
    }),
    ...(measure && { usableSize: (address: number): number => measure(address) >>> 0 }),
  };
}

/** Families that have no word for a refusal: when memory is short they end the call. */
const REFUSING_BY_TRAP: readonly FamilyName[] = [
  "assemblyscript",
  "assemblyscript-collected",
  "wasm-bindgen",
];

/** Whether a request of `size` bytes ended since no memory is left for it: so much it could not grow by. */
function isExhaustion(error: unknown, size: number, outside: Outside): boolean {
  if (error instanceof Aborted) return error.message.startsWith("Allocation too large");
  // A segregated fit looks for a sixteenth more than it needs, and what is needed begins on a page.
  const needed = size + size / 16 + 2 * WASM_PAGE_SIZE;
  const isTrap = error instanceof Error && error.message === "unreachable";
  return isTrap && needed > outside.room;
}

function allocOf(
  { calls, sizeMax }: Allocator,
  exports: Exports,
  outside: Outside,
): (size: number, align: number) => number {
  const ask = functionOf(exports, calls.alloc);
  if (calls.alloc.params === 2) {
    return (size, align) =>
      size === 0 || size > LAYOUT_MAX - align ? REFUSED : ask(size, align) >>> 0;
  }
  const aligned = alignedOf(calls, exports, outside, sizeMax);
  return (size, align) => {
    if (size > sizeMax) return REFUSED;
    return align > MALLOC_ALIGN ? aligned(size, align) : ask(size) >>> 0;
  };
}

/** Asks for a block that is aligned to more than every block is. */
function alignedOf(
  { alloc, memalign, posixMemalign, alignedAlloc }: Allocator["calls"],
  exports: Exports,
  outside: Outside,
  sizeMax: number,
): (size: number, align: number) => number {
  const plain = functionOf(exports, alloc);
  if (memalign !== undefined) {
    const ask = functionOf(exports, memalign);
    return (size, align) => ask(align, size) >>> 0;
  }
  if (posixMemalign !== undefined) {
    const ask = functionOf(exports, posixMemalign);
    // Its answer is written where a block of the heap's own says, which is there for good.
    let place = 0;
    return (size, align) => {
      if (place === 0) place = plain(MALLOC_ALIGN) >>> 0;
      if (place === 0) return REFUSED;
      return ask(place, align, size) === 0 ? outside.word(place) : REFUSED;
    };
  }
  if (alignedAlloc !== undefined) {
    const ask = functionOf(exports, alignedAlloc);
    // The size is a multiple of the alignment, or nothing is promised.
    return (size, align) => {
      const whole = Math.ceil(size / align) * align;
      return whole > sizeMax ? REFUSED : ask(align, whole) >>> 0;
    };
  }
  return (size, align) => (align > MALLOC_ALIGN_MAX ? REFUSED : plain(size) >>> 0);
}

function zeroedOf(
  calloc: ExportedCall,
  exports: Exports,
  sizeMax: number,
): (size: number, align: number) => number {
  const ask = functionOf(exports, calloc);
  return (size, align) => (size > sizeMax || align > MALLOC_ALIGN ? REFUSED : ask(1, size) >>> 0);
}

function reallocOf(
  realloc: ExportedCall,
  exports: Exports,
  sizeMax: number,
): (address: number, oldSize: number, align: number, size: number) => number {
  const ask = functionOf(exports, realloc);
  switch (realloc.params) {
    case 2:
      return (address, _oldSize, _align, size) =>
        size > sizeMax ? REFUSED : ask(address, size) >>> 0;
    case 3:
      return (address, oldSize, _align, size) =>
        size > sizeMax ? REFUSED : ask(address, oldSize, size) >>> 0;
    default: {
      const isSizeFirst = realloc.name.startsWith("__wbindgen");
      return (address, oldSize, align, size) => {
        if (size > LAYOUT_MAX - align) return REFUSED;
        return isSizeFirst
          ? ask(address, oldSize, size, align) >>> 0
          : ask(address, oldSize, align, size) >>> 0;
      };
    }
  }
}

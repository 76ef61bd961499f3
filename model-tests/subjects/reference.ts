/**
 * Our own allocators, as subjects like any other.
 *
 * Memory begins one page below the extent, so that no block lies at address 0, which says "refused",
 * that pages of the extent are pages of memory, and that there are bytes nobody may touch.
 *
 *     address    0         4096                     4096 + extent
 *                ├─────────┼───────── extent ───────┼── 64 bytes ──┤
 */
import { BlockAllocator, HoleList, type OutOfMemory, PlainMemory } from "#impl";
import type { Observer, Result } from "#support";
import { type Address, address, alignment, bytes, type Range, roundUp } from "#units";
import type { CreateOptions, Promises, Subject, SubjectInstance } from "../subject/subject.ts";

const EXTENT_START = 4096;
const GUARD_BYTES = 64;

/** What the authors of both say in their files. */
const PROMISES: Promises = {
  alignDefault: 8,
  alignMax: 65_536,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  touchesOnly: "extent",
  independentInstances: true,
};

export const holeListSubject: Subject = {
  name: "hole-list",
  create: (options) =>
    instanceOf(options, (memory, extent, observer) => new HoleList(memory, extent, observer)),
  promises: { ...PROMISES, availability: { overhead: 33, granule: 8, minimum: 16 } },
};

export const blockSubject: Subject = {
  name: "block",
  create: (options) =>
    instanceOf(options, (memory, extent, observer) => new BlockAllocator(memory, extent, observer)),
  promises: PROMISES,
};

type Allocator = HoleList | BlockAllocator;

/** An allocator of its own memory, behind the plain numbers that a subject speaks. */
function instanceOf(
  { memoryBytes, reached }: CreateOptions,
  make: (memory: PlainMemory, extent: Range, observer: Observer) => Allocator,
): SubjectInstance {
  const memory = new PlainMemory(EXTENT_START + roundUp(memoryBytes, 8) + GUARD_BYTES);
  const extent = { start: address(EXTENT_START), size: bytes(memoryBytes) };
  const allocator = make(memory, extent, { reached });
  const parts = [allocator.extent()];
  const layouts = new Map<number, { readonly size: number; readonly align: number }>();

  const placed = (answer: Result<Address, OutOfMemory>, size: number, align: number): number => {
    if (!answer.ok) return 0;
    layouts.set(answer.value, { size, align });
    return answer.value;
  };
  return {
    alloc: (size, align) => placed(allocator.alloc(bytes(size), alignment(align)), size, align),
    allocZeroed: (size, align) =>
      placed(allocator.allocZeroed(bytes(size), alignment(align)), size, align),
    dealloc: (start, size, align) => {
      allocator.dealloc(address(start), bytes(size), alignment(align));
      layouts.delete(start);
    },
    realloc: (start, size, align, newSize) => {
      const [from, to] = [bytes(size), bytes(newSize)];
      const answer = allocator.realloc(address(start), from, alignment(align), to);
      if (answer.ok) layouts.delete(start);
      return placed(answer, newSize, align);
    },
    usableSize: (start) => {
      const { size = 0, align = 1 } = layouts.get(start) ?? {};
      return allocator.usableSize(address(start), bytes(size), alignment(align));
    },
    memory: () => memory.bytes(),
    extent: () => parts,
    fingerprint: () => allocator.fingerprint(),
  };
}

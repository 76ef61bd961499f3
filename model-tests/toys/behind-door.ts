/**
 * Any subject, moved up to where the heap of a kernel lies, with its memory behind a door.
 *
 *     address    0                     0xfe80_0000_0000
 *                ├─── nothing ─── … ───┼─ what was at 0 …
 *
 * Whoever reads or writes a byte outside of the extent is told that nothing is there, so that whatever looks
 * where it has no business is noticed.
 */
import type {
  ExtentPart,
  MemoryDoor,
  PageView,
  Subject,
  SubjectInstance,
} from "../subject/subject.ts";

/** Where the heap of Theseus begins, as the low 48 bits of an address. */
export const DOOR_BASE = 0xfe80_0000_0000;

/** `subject`, with every address higher by `base`. */
export function behindDoor(subject: Subject, base: number = DOOR_BASE): Subject {
  return {
    ...subject,
    name: `${subject.name} behind a door`,
    create: async (options) => moved(await subject.create(options), base),
  };
}

function moved(inner: SubjectInstance, base: number): SubjectInstance {
  const up = (address: unknown): unknown =>
    typeof address === "number" && address > 0 ? address + base : address;
  const bytes = inner.memory?.();
  const door =
    bytes instanceof Uint8Array ? doorTo(bytes, inner.extent?.() ?? [], base) : undefined;
  const parts = inner.extent?.().map(({ start, size }) => ({ start: start + base, size })) ?? [];
  const { realloc, allocZeroed, usableSize, ownerOf, deallocThrough, pages } = inner;
  return {
    ...inner,
    alloc: (size, align, origin) => up(inner.alloc(size, align, origin)),
    dealloc: (address, size, align, origin) => inner.dealloc(address - base, size, align, origin),
    ...(door && { memory: () => door }),
    extent: () => parts,
    ...(realloc && {
      realloc: (address, size, align, newSize, origin) =>
        up(realloc(address - base, size, align, newSize, origin)),
    }),
    ...(allocZeroed && {
      allocZeroed: (size, align, origin) => up(allocZeroed(size, align, origin)),
    }),
    ...(usableSize && {
      usableSize: (address, origin) => usableSize(address - base, origin),
    }),
    ...(ownerOf && { ownerOf: (address) => ownerOf(address - base) }),
    ...(deallocThrough && {
      deallocThrough: (heap, address, size, align) =>
        deallocThrough(heap, address - base, size, align),
    }),
    ...(pages && { pages: () => pages().map((page) => movedPage(page, base)) }),
  } satisfies SubjectInstance;
}

function movedPage(page: PageView, base: number): PageView {
  return { ...page, start: page.start + base };
}

function doorTo(bytes: Uint8Array, extent: readonly ExtentPart[], base: number): MemoryDoor {
  const indexOf = (start: number, { length }: Uint8Array): number => {
    const index = start - base;
    if (isWithin(extent, index, length)) return index;
    throw new RangeError(`page fault at ${start}`);
  };
  return {
    size: base + bytes.length,
    read: (start, target) => {
      const index = indexOf(start, target);
      target.set(bytes.subarray(index, index + target.length));
    },
    write: (start, source) => bytes.set(source, indexOf(start, source)),
  };
}

function isWithin(extent: readonly ExtentPart[], start: number, count: number): boolean {
  return extent.some((part) => part.start <= start && start + count <= part.start + part.size);
}

/** Allocators that many machines have as a shared library, and how each is asked. */
import type { SubjectOptions } from "../subject/subject-options.ts";

export interface KnownAllocator {
  readonly name: string;
  /** What the loader knows it as. */
  readonly reference: string;
  /** The package of Debian that has it. */
  readonly debian: string;
  readonly options: SubjectOptions;
}

const MIMALLOC = { alloc: "mi_malloc", dealloc: "mi_free", realloc: "mi_realloc" };

export const KNOWN_ALLOCATORS: readonly KnownAllocator[] = [
  { name: "the C library", reference: "libc.so.6", debian: "libc6", options: {} },
  // Its aligned functions are left out: those of 2.0.9 answer addresses that are not aligned.
  { name: "mimalloc", reference: "libmimalloc.so.2", debian: "libmimalloc2.0", options: MIMALLOC },
  { name: "jemalloc", reference: "libjemalloc.so.2", debian: "libjemalloc2", options: {} },
  {
    name: "tcmalloc",
    reference: "libtcmalloc_minimal.so.4",
    debian: "libtcmalloc-minimal4",
    options: { prefix: "tc_" },
  },
];

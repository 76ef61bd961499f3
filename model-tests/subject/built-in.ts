/** The subjects that come with the tool, by the name that a user types. */
import type { Subject } from "./subject.ts";

export interface BuiltIn {
  readonly name: string;
  /** What it is, in one line. */
  readonly about: string;
  /** The package that it wraps, if that is not part of this one. */
  readonly needs?: string;
  readonly load: () => Promise<Subject>;
}

export const BUILT_INS: readonly BuiltIn[] = [
  {
    name: "combination",
    about: "a block allocator, then a heap of slab pages for each core, on a machine",
    load: async () => (await import("../subjects/combination.ts")).combinationSubject,
  },
  {
    name: "multiple",
    about: "the same, switched from the beginning",
    load: async () => (await import("../subjects/combination.ts")).multipleSubject,
  },
  {
    name: "zone",
    about: "32 size classes of slab pages over one run of memory",
    load: async () => (await import("../subjects/combination.ts")).zoneSubject,
  },
  {
    name: "block",
    about: "nine size classes over a hole list; empty runs go back to it",
    load: async () => (await import("../subjects/reference.ts")).blockSubject,
  },
  {
    name: "hole-list",
    about: "address-ordered first fit, kept inside the free memory",
    load: async () => (await import("../subjects/reference.ts")).holeListSubject,
  },
  {
    name: "two-heaps",
    about: "a toy system: two heaps of pages, and a switch",
    load: async () => (await import("../toys/two-heaps.ts")).twoHeaps,
  },
  {
    name: "theseus",
    about: "the kernel heap of Theseus as it is, across its switch",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseus,
  },
  {
    name: "theseus-boxes",
    about: "the same, asked for alignments up to a page: long runs",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusBoxes,
  },
  {
    name: "theseus-late-core",
    about: "the same, with a core that appears after the switch",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusLateCore,
  },
  {
    name: "theseus-initial",
    about: "its initial heap, which is to reclaim and to detect misuse",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusInitial,
  },
  {
    name: "theseus-slabs",
    about: "its heaps of cores, which are to detect wrong layouts",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusSlabs,
  },
  {
    name: "theseus-panic",
    about: "its heaps of cores, which are to survive a double free",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusPanic,
  },
  {
    name: "theseus-slots",
    about: "its heaps of cores, asked for large alignments",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusSlots,
  },
  {
    name: "theseus-growth",
    about: "its heaps of cores, with an odd number of pages to grow by",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusGrowth,
  },
  {
    name: "theseus-foreign",
    about: "its heaps of cores, beside large objects with little room",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusForeign,
  },
  {
    name: "theseus-stranded",
    about: "its heaps of cores, beside an initial heap that lies idle",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusStranded,
  },
  {
    name: "theseus-frames",
    about: "its heaps of cores, with fewer frames than pages",
    load: async () => (await import("../theseus/original/theseus-subjects.ts")).theseusFrames,
  },
  {
    name: "thi.ng-malloc",
    about: "the published package @thi.ng/malloc",
    needs: "@thi.ng/malloc",
    load: async () => (await import("../subjects/thi-ng-malloc.ts")).thiNgMalloc,
  },
  {
    name: "codemix-malloc",
    about: "the published package malloc, a skip list over a buffer",
    needs: "malloc",
    load: async () => (await import("../subjects/codemix-malloc.ts")).codemixMalloc,
  },
];

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

/**
 * The small worlds in which every sequence of calls is tried.
 *
 * A scope is small on purpose: two or three live blocks of three or four sizes already meet in every
 * way in which a search, a split and a merge can go wrong, and all of it is gone through in seconds. What
 * a scope leaves out, another one has: each is about one thing.
 */
import { UnusableSubject } from "../subject/contract.ts";

/** What is asked for: so many bytes, at such an address. */
export interface SizeAndAlign {
  readonly size: number;
  readonly align: number;
}

export type ScopeKind =
  | "alloc"
  | "allocZeroed"
  | "realloc"
  | "dealloc"
  | "usableSize"
  | "misuse"
  | "switch"
  | "close";

export interface Scope {
  readonly name: string;
  /** What it is for, in one line. */
  readonly about: string;
  readonly memoryBytes: number;
  /** Every request; those for more alignment than a subject honours are taken down to it. */
  readonly requests: readonly SizeAndAlign[];
  /** The kinds of call, as far as a subject has them. */
  readonly kinds: readonly ScopeKind[];
  /** No block is asked for while so many are live in one heap. */
  readonly liveMax: number;
  /** How many instances are asked, where a subject promises that they do not meet; 1 if absent. */
  readonly instances?: number;
  /** How many calls a sequence has unless its user says otherwise: with merging, and without. */
  readonly depth: number;
  readonly depthPlain: number;
}

export const SCOPES: readonly Scope[] = [
  {
    name: "tiny",
    about: "three blocks in 256 bytes: splits, merges, exact fits, a full heap",
    memoryBytes: 256,
    requests: requests([1, 8, 24, 112], 1),
    kinds: ["alloc", "dealloc", "switch", "close"],
    liveMax: 3,
    depth: 8,
    depthPlain: 6,
  },
  {
    name: "edges",
    about: "requests on and beside the edges of size classes, and large alignments",
    memoryBytes: 45_056,
    requests: [
      ...requests([0, 8, 9, 2048, 2049], 1),
      { size: 8, align: 64 },
      { size: 24, align: 4096 },
    ],
    kinds: ["alloc", "dealloc"],
    liveMax: 3,
    depth: 6,
    depthPlain: 4,
  },
  {
    name: "misuse",
    about: "every kind of misuse that a subject promises to detect",
    memoryBytes: 256,
    requests: requests([8, 24], 1),
    kinds: ["alloc", "dealloc", "misuse", "switch"],
    liveMax: 2,
    depth: 8,
    depthPlain: 5,
  },
  {
    name: "resize",
    about: "blocks that grow and shrink, beside neighbours and at the end of memory",
    memoryBytes: 256,
    requests: requests([1, 16, 40, 112], 1),
    kinds: ["alloc", "realloc", "dealloc", "usableSize"],
    liveMax: 3,
    depth: 6,
    depthPlain: 4,
  },
  {
    name: "zeroed",
    about: "zeroes asked for where somebody's bytes have been",
    memoryBytes: 256,
    requests: requests([8, 24, 112], 1),
    kinds: ["alloc", "allocZeroed", "dealloc"],
    liveMax: 3,
    depth: 7,
    depthPlain: 5,
  },
  {
    name: "pages",
    about: "pages that fill, empty, are kept and are given back, in nine of them",
    memoryBytes: 36_864,
    requests: requests([1025, 4096, 36_864], 1),
    kinds: ["alloc", "dealloc", "switch", "close"],
    liveMax: 5,
    depth: 8,
    depthPlain: 6,
  },
  {
    name: "instances",
    about: "two heaps at once, neither of which may notice the other",
    memoryBytes: 256,
    requests: requests([8, 112], 1),
    kinds: ["alloc", "dealloc"],
    liveMax: 2,
    instances: 2,
    depth: 8,
    depthPlain: 5,
  },
];

/** The scope called `name`. */
export function scopeNamed(name: string): Scope {
  const scope = SCOPES.find((other) => other.name === name);
  if (scope !== undefined) return scope;
  const known = SCOPES.map((other) => other.name).join(", ");
  throw new UnusableSubject(`"${name}" is no scope; there are ${known}`);
}

function requests(sizes: readonly number[], align: number): SizeAndAlign[] {
  return sizes.map((size) => ({ size, align }));
}

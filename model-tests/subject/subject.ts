/**
 * What a subject is: a plain object that makes fresh heaps.
 *
 * Only `alloc` and `dealloc` are needed. Everything else is optional, and what a subject does not
 * offer or promise is not judged, and listed as not tested. Answers are `unknown` on purpose: an
 * allocator under test may answer anything, and nonsense is a verdict.
 */

/** Who makes a call. */
export interface Origin {
  readonly core: number;
  readonly entity: number;
}

/** A run of bytes that a subject may hand out. */
export interface ExtentPart {
  readonly start: number;
  readonly size: number;
}

/**
 * Memory that is no array: addresses below `size`, with bytes behind some of them. Only live blocks and the
 * extent are ever read or written, `target.length` or `source.length` bytes at a time, which are at least one.
 * Neither array may be kept: both are used again.
 */
export interface MemoryDoor {
  readonly size: number;
  read(start: number, target: Uint8Array): void;
  write(start: number, source: Uint8Array): void;
}

/** A page of a system of heaps: which heap owns it, and how many live blocks lie in it. */
export interface PageView {
  readonly start: number;
  readonly size: number;
  /** -1, once it was given back to whoever hands out pages. */
  readonly owner: number;
  readonly used: number;
  /** What its heap uses it for, such as a size class. */
  readonly sizeClass?: number;
}

/** A call that is made section by section, with what the method of its name is given. */
export type SectionedCall =
  | { readonly kind: "alloc" | "allocZeroed"; readonly size: number; readonly align: number }
  | {
      readonly kind: "dealloc";
      readonly address: number;
      readonly size: number;
      readonly align: number;
    };

/**
 * A call on its way. Between two sections other cores may move; one that is `waiting` has done nothing, and
 * is asked again once another call has gone on. What it returns is what the method would have answered.
 */
export type Sections = Generator<"between" | "waiting", unknown, void>;

/** One fresh, empty heap. Every method may also answer with a promise. */
export interface SubjectInstance {
  /** An address; 0, null and undefined say "refused". */
  alloc(size: number, align: number, origin: Origin): unknown;
  /** Anything; false says "refused". */
  dealloc(address: number, size: number, align: number, origin: Origin): unknown;
  realloc?(
    address: number,
    oldSize: number,
    align: number,
    newSize: number,
    origin: Origin,
  ): unknown;
  allocZeroed?(size: number, align: number, origin: Origin): unknown;
  /** The bytes, whose index is the address, or a door to them; enables the payload rules. */
  memory?(): Uint8Array | MemoryDoor;
  /** Where blocks may lie; enables containment. */
  extent?(): readonly ExtentPart[];
  usableSize?(address: number, origin: Origin): unknown;
  /** The bytes that the live blocks asked for; enables accounting. */
  used?(): unknown;
  /** Equal fingerprints mean equal futures; lets `explore` merge states. */
  fingerprint?(): unknown;
  /** From the first to the second phase of a system of heaps, once; false says "declined". */
  switch?(origin: Origin): unknown;
  /** Ends the heap that serves `origin`, which `heapOf` says; false says "declined". */
  close?(origin: Origin): unknown;
  /** Every page that the heaps have ever owned, in any order. */
  pages?(): readonly PageView[];
  /**
   * Of these, the ones whose owner or use has changed since this was last asked, each as it is now and
   * once. Without it all pages are looked at after every call.
   */
  changedPages?(): readonly PageView[];
  /** The heap that would be asked to free `address`. */
  ownerOf?(address: number): unknown;
  /** The heap that serves `origin` now. */
  heapOf?(origin: Origin): unknown;
  /**
   * Frees through the allocator of `heap`, whatever heap the block is of; false says "rejected". With
   * `heapOf` it enables the misuse `foreign-heap`: a free through the heap that serves the caller.
   */
  deallocThrough?(heap: number, address: number, size: number, align: number): unknown;
  /** The same calls in atomic sections; enables `interleave`. */
  sections?(call: SectionedCall, origin: Origin): Sections;
  /**
   * What the calls since this was first asked have cost, by the name of the cost, such as `tlb misses`: counts
   * that are the same on every computer. Whoever never asks is not to pay for the counting.
   */
  costs?(): Readonly<Record<string, number>>;
  destroy?(): unknown;
}

/** What `create` is given. */
export interface CreateOptions {
  /** How many bytes the heap may hand out in all. */
  readonly memoryBytes: number;
  readonly cores: number;
  /** May be told the name of any situation worth reaching: it is counted as a mark. */
  readonly reached: (mark: string) => void;
}

/** Which room a system of heaps makes use of, in bytes. */
export interface RoomPromise {
  readonly span: number;
  readonly size: number;
  readonly align: number;
  readonly capacity: number;
}

/** What a subject promises; see `Contract` in the specification for the meaning of each. */
export interface Promises {
  readonly alignMax?: number;
  readonly alignDefault?: number;
  /** A block of fewer bytes than `alignDefault` has only the alignment that an object of its size can need. */
  readonly alignBySize?: boolean;
  readonly reallocKeepsAlign?: boolean;
  readonly zeroSize?: "block" | "refused" | "any";
  readonly reclaims?: boolean;
  readonly availability?:
    | { readonly overhead: number; readonly granule: number; readonly minimum: number }
    | "never";
  readonly rejects?: readonly (
    | "double-free"
    | "foreign-pointer"
    | "interior-pointer"
    | "wrong-layout"
    | "foreign-heap"
  )[];
  /**
   * Of a system of heaps, after its switch: up to `size` bytes, aligned to up to `align`, are refused only
   * if no heap of a key has `span` bytes of pages in a row without a block, beginning at a multiple of
   * `span`, and the heaps have had all but less than `span` of `capacity` bytes.
   */
  readonly room?: RoomPromise;
  readonly touchesOnly?: "extent";
  readonly independentInstances?: boolean;
}

/** Several promises under one name. */
export type ProfileName = "c-malloc" | "rust-global-alloc" | "kernel";

/** A subject module's default export. */
export interface Subject {
  readonly name: string;
  readonly create: (options: CreateOptions) => SubjectInstance | Promise<SubjectInstance>;
  readonly promises?: Promises | ProfileName;
  /** How many cores a system of heaps has; 1 if absent. */
  readonly cores?: number;
  /** Of methods that are not written but found, by their names: what would have each of them found. */
  readonly offering?: Readonly<Record<string, string>>;
}

/** Gives a subject its type, and changes nothing. */
export function defineSubject(subject: Subject): Subject {
  return subject;
}

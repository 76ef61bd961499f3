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
  /** The bytes, whose index is the address; enables the payload rules. */
  memory?(): Uint8Array;
  /** Where blocks may lie; enables containment. */
  extent?(): readonly ExtentPart[];
  usableSize?(address: number, origin: Origin): unknown;
  /** The bytes that the live blocks asked for; enables accounting. */
  used?(): unknown;
  /** Equal fingerprints mean equal futures; lets `explore` merge states. */
  fingerprint?(): unknown;
  /** From the first to the second phase of a system of heaps, once. */
  switch?(origin: Origin): unknown;
  /** Every page that the heaps have ever owned, in any order. */
  pages?(): readonly PageView[];
  /** The heap that would be asked to free `address`. */
  ownerOf?(address: number): unknown;
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

/** What a subject promises; see `Contract` in the specification for the meaning of each. */
export interface Promises {
  readonly alignMax?: number;
  readonly alignDefault?: number;
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
  )[];
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
}

/** Gives a subject its type, and changes nothing. */
export function defineSubject(subject: Subject): Subject {
  return subject;
}

/**
 * What is asked of a page, what a page allows, and what a fault says: numbers with the same bits.
 *
 *      bit           8   7    6    5    4     3      2     1     0
 *     access         -   -    -    -   fetch  -     user  write  -
 *     rights         G   -    D    -   fetch  -     user  write  -
 *     fault code     -   -    -    -   fetch  RSVD  user  write  P
 *
 * An access by the supervisor that reads asks for nothing. What a page allows is collected from its
 * entries, of which W, U, D and G have these very places; that it may be executed has the place of
 * a fetch. So what an access lacks is what it asks for without what the page allows, and the code of a
 * fault is the access, with two bits that say why.
 */
import type { Branded } from "#units";

/**
 * What is asked of a page: any of `WRITE`, `AS_USER` and `FETCH`; a fetch does not write.
 *
 * @range 0..31
 */
export type PageAccess = Branded<"PageAccess">;

/**
 * What a page allows: any of `WRITE`, `AS_USER`, `FETCH`, with `DIRTY` and `GLOBAL` of its entry.
 *
 * @range 0..511
 */
export type PageRights = Branded<"PageRights">;

/**
 * The code of a page fault.
 *
 * @range 0..31
 */
export type FaultCode = Branded<"FaultCode">;

export const WRITE = 0x2;
export const AS_USER = 0x4;
export const FETCH = 0x10;
export const FAULT_PRESENT = 0x1;
export const FAULT_RESERVED = 0x8;

/** The bit of an entry, and of rights, that a write needs beside the right to write. */
const DIRTY = 0x40;

export const READING: PageAccess = 0 as PageAccess;
export const WRITING: PageAccess = 0x2 as PageAccess;
export const EXECUTING: PageAccess = 0x10 as PageAccess;

/** The same access, made by a program of the user. */
export function asUser(access: PageAccess): PageAccess {
  return (access | AS_USER) as PageAccess;
}

/** What a page must allow for `access`: a supervisor writes anywhere unless CR0.WP is set. */
export function neededRights(access: PageAccess, isWriteProtected: boolean): number {
  const isFree = !isWriteProtected && (access & AS_USER) === 0;
  return isFree ? access & (AS_USER | FETCH) : access;
}

/** What an access needs beside the right to make it: a write, that the entry is dirty already. */
export function neededMarks(access: PageAccess): number {
  return (access & WRITE) === 0 ? 0 : DIRTY;
}

/** Whether a page that has `rights` allows what is needed. */
export function allows(rights: PageRights, needed: number): boolean {
  return (needed & rights) === needed;
}

/** The code of a fault of `access`; a fetch is told apart only where pages can forbid it. */
export function faultCode(access: PageAccess, why: number, isFetchKnown: boolean): FaultCode {
  const asked = isFetchKnown ? access : access & (WRITE | AS_USER);
  return (asked | why) as FaultCode;
}

/** A fault, where else a number that is not negative is answered. */
export function faulted(code: FaultCode): number {
  return -1 - code;
}

/** Whether a walk or a translation was answered with a fault. */
export function isFault(answer: number): boolean {
  return answer < 0;
}

/** The code of a fault that was answered. */
export function codeOfFault(answer: number): FaultCode {
  return (-1 - answer) as FaultCode;
}

/**
 * What is asked of a page, what it allows, and the code of the fault when that is not enough.
 *
 * Sources: Intel SDM, volume 3A, sections 4.6 (access rights) and 4.7 (page-fault exceptions); AMD APM, volume 2,
 * sections 5.6 and 8.4.2. Protection keys, SMEP, SMAP and shadow stacks are off.
 */
import type { PagingControls } from "./entry.ts";

export interface Access {
  readonly kind: "read" | "write" | "fetch";
  readonly isUser: boolean; // made at privilege level 3
}

/** What the entries on the way to a page allow together. */
export interface PageRightsHeld {
  readonly isWritable: boolean;
  readonly isUser: boolean;
  readonly isExecutable: boolean;
}

/** The bits of a fault's code. */
export interface FaultCodeBits {
  readonly isPresent: boolean; // P: it was no missing entry
  readonly isWrite: boolean; // W/R
  readonly isUser: boolean; // U/S
  readonly isReserved: boolean; // RSVD: a bit that has to be zero was not
  readonly isFetch: boolean; // I/D
}

/**
 * Whether a page with `rights` allows `access`. A user reaches pages of the user only. A write needs a
 * writable page, but a supervisor's does not while CR0.WP is clear. A fetch needs an executable page.
 */
export function permits(rights: PageRightsHeld, access: Access, controls: PagingControls): boolean {
  if (access.isUser && !rights.isUser) return false;
  if (access.kind === "fetch") return rights.isExecutable;
  if (access.kind === "read") return true;
  return rights.isWritable || (!access.isUser && !controls.isWriteProtected);
}

/** The code of a fault of `access`. That it was a fetch is said only where pages can forbid fetches. */
export function faultCodeOf(
  access: Access,
  why: "not-present" | "reserved" | "not-permitted",
  controls: PagingControls,
): FaultCodeBits {
  return {
    isPresent: why !== "not-present",
    isWrite: access.kind === "write",
    isUser: access.isUser,
    isReserved: why === "reserved",
    isFetch: access.kind === "fetch" && controls.isNoExecuteEnabled,
  };
}

/**
 * What can be asked of a machine, one call at a time: as plain data, so that a list of calls is a trace.
 *
 * Operations that other cores can come between are begun by a call, which names them, and go on by `step`.
 * What an operation makes has its name. A call that speaks of a name that is not there is skipped, so
 * every part of a list of calls is a list of calls.
 */
import type { Rights } from "#spec";

export type MachineCall =
  /** An address space is made, or closed; a core begins to run in one, or goes to another. */
  | { readonly call: "space"; readonly id: number }
  | { readonly call: "close"; readonly id: number; readonly core: number; readonly space: number }
  | { readonly call: "start"; readonly core: number; readonly space: number }
  | {
      readonly call: "enter";
      readonly core: number;
      readonly space: number;
      readonly keeps?: boolean; // what it remembers of the space from before
    }
  /** Pages are mapped, at a place or anywhere, to frames of their own; or to those of another mapping. */
  | {
      readonly call: "map";
      readonly id: number;
      readonly space: number;
      readonly at?: number;
      readonly count: number;
      readonly rights: Rights;
    }
  | {
      readonly call: "borrow";
      readonly id: number;
      readonly of: number;
      readonly space: number;
      readonly rights: Rights;
    }
  /** A mapping gets other rights; is unmapped, and its pages and frames are given back. */
  | {
      readonly call: "remap";
      readonly id: number;
      readonly core: number;
      readonly of: number;
      readonly rights: Rights;
    }
  | { readonly call: "release"; readonly id: number; readonly core: number; readonly of: number }
  /** A mapping is cut `at` pages behind its first, or joined with the one behind it. */
  | {
      readonly call: "split";
      readonly of: number;
      readonly at: number;
      readonly first: number;
      readonly second: number;
    }
  | { readonly call: "merge"; readonly id: number; readonly of: number; readonly with: number }
  /** An operation that was begun goes on to the next place where it lets go. */
  | { readonly call: "step"; readonly of: number }
  /** A core is interrupted, for a shootdown or for no reason. */
  | { readonly call: "interrupt"; readonly core: number }
  /** A core reads, writes or executes in a page of its space; drops one of the translations it keeps. */
  | {
      readonly call: "access";
      readonly core: number;
      readonly page: number;
      readonly kind: "read" | "write" | "execute";
    }
  | { readonly call: "evict"; readonly core: number; readonly entry: number };

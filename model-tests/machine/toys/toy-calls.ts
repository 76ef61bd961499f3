/** Calls of machines in few words, for lists that are read as a whole. */
import type { Rights } from "#spec";
import type { MachineCall } from "../machine-call.ts";

export const READ: Rights = { isWritable: false, isExecutable: false };
export const WRITE: Rights = { isWritable: true, isExecutable: false };

export const SPACE: MachineCall = { call: "space", id: 0 };
export const CORE_0: MachineCall = { call: "start", core: 0, space: 0 };
export const CORE_1: MachineCall = { call: "start", core: 1, space: 0 };

/** Maps `count` pages at a place. */
export function mapAt(id: number, at: number, count: number, rights: Rights = READ): MachineCall {
  return { call: "map", id, space: 0, at, count, rights };
}

/** Maps one page, or `count`, anywhere. */
export function map(id: number, count = 1, rights: Rights = READ): MachineCall {
  return { call: "map", id, space: 0, count, rights };
}

export function borrow(id: number, of: number, rights: Rights = READ): MachineCall {
  return { call: "borrow", id, of, space: 0, rights };
}

export function remap(id: number, of: number, rights: Rights, core = 0): MachineCall {
  return { call: "remap", id, core, of, rights };
}

export function release(id: number, of: number, core = 0): MachineCall {
  return { call: "release", id, core, of };
}

/** Closes the space with the number `space`. */
export function close(id: number, space: number, core = 0): MachineCall {
  return { call: "close", id, core, space };
}

export function access(core: number, page: number, kind: "read" | "write"): MachineCall {
  return { call: "access", core, page, kind };
}

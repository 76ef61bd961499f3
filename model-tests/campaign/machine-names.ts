/** Gives the spaces, the cores, the mappings and the operations of a list of calls other names. */
import { KERNEL } from "../machine/machine-book.ts";
import type { MachineCall } from "../machine/machine-call.ts";

/** Gives a name its number. */
type Numbering = (name: number) => number;

/** `calls` with names counted from 0, in the order in which they are first mentioned. */
export function renumbered(calls: readonly MachineCall[]): readonly MachineCall[] {
  const space = numbering();
  const core = numbering();
  const other = numbering();
  return calls.map((call) => {
    const now = renamed(call, space, other);
    return "core" in now ? { ...now, core: core(now.core) } : now;
  });
}

/** `call` with what `names` has for the names of mappings and operations, and with the others as they are. */
export function renamedBy(call: MachineCall, names: ReadonlyMap<number, number>): MachineCall {
  return renamed(
    call,
    (name) => name,
    (name) => names.get(name) ?? name,
  );
}

function numbering(): Numbering {
  const names = new Map<number, number>();
  return (name) => {
    if (name === KERNEL) return name;
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
}

function renamed(call: MachineCall, space: Numbering, other: Numbering): MachineCall {
  switch (call.call) {
    case "space":
      return { ...call, id: space(call.id) };
    case "close":
      return { ...call, id: other(call.id), space: space(call.space) };
    case "start":
    case "enter":
      return { ...call, space: space(call.space) };
    case "map":
      return { ...call, id: other(call.id), space: space(call.space) };
    case "borrow": {
      const of = other(call.of);
      return { ...call, id: other(call.id), of, space: space(call.space) };
    }
    case "remap":
    case "release": {
      const of = other(call.of);
      return { ...call, id: other(call.id), of };
    }
    case "split": {
      const of = other(call.of);
      return { ...call, of, first: other(call.first), second: other(call.second) };
    }
    case "merge": {
      const of = other(call.of);
      const above = other(call.with);
      return { ...call, id: other(call.id), of, with: above };
    }
    case "step":
      return { ...call, of: other(call.of) };
    case "interrupt":
    case "access":
    case "evict":
      return call;
  }
}

/** Calls of machines, pages and rights in words. */
import type { Rights } from "#spec";
import { type PageName, pageIn, spaceOf } from "#units";
import type { MachineCall } from "../machine/machine-call.ts";

/** `call` in words. */
export function machineCallText(call: MachineCall): string {
  switch (call.call) {
    case "space":
      return `make space ${call.id}`;
    case "close":
      return `core ${call.core} closes space ${call.space} in operation #${call.id}`;
    case "start":
      return `start core ${call.core} in space ${call.space}`;
    case "enter": {
      const kept = call.keeps === true ? ", keeping what it remembers" : "";
      return `core ${call.core} enters space ${call.space}${kept}`;
    }
    case "map": {
      const pages = `${call.count} ${call.count === 1 ? "page" : "pages"}`;
      const place = call.at === undefined ? "" : ` from ${call.at} on`;
      const rights = rightsText(call.rights);
      return `map #${call.id}: ${pages} of space ${call.space}${place}, ${rights}`;
    }
    case "borrow":
      return `borrow #${call.id} of #${call.of} in space ${call.space}, ${rightsText(call.rights)}`;
    case "remap":
      return `core ${call.core} remaps #${call.of} as #${call.id}, ${rightsText(call.rights)}`;
    case "release":
      return `core ${call.core} releases #${call.of} in operation #${call.id}`;
    case "split":
      return `split #${call.of} after ${call.at} into #${call.first} and #${call.second}`;
    case "merge":
      return `merge #${call.of} and #${call.with} into #${call.id}`;
    case "step":
      return `go on with #${call.of}`;
    case "interrupt":
      return `interrupt core ${call.core}`;
    case "access":
      return `core ${call.core} ${call.kind}s page ${call.page}`;
    case "evict":
      return `core ${call.core} drops translation ${call.entry}`;
  }
}

/** What may be done to a page, in words. */
export function rightsText({ isWritable, isExecutable }: Rights): string {
  return `read${isWritable ? "-write" : ""}${isExecutable ? "-execute" : ""}`;
}

/** The name of a page, with the space that it is in. */
export function pageText(page: PageName): string {
  return `${spaceOf(page)}:${pageIn(page)}`;
}

/**
 * What each call asks a machine to do, in the words of the specification; and which calls may be made.
 *
 * A call may be made if what it names is there and is nobody else's. A space is closed when it is empty,
 * so what is asked is what a release of no page would be: that nothing is left of it, and its root
 * is free.
 */
import { areSame, type MachineState, type MachineTask } from "#spec";
import { finiteMap } from "#support";
import {
  type CoreId,
  type FrameNumber,
  nameSeenIn,
  type PageName,
  type PageNumber,
  pageName,
  unitCount,
  unitNumber,
} from "#units";
import type { MachineBook, NamedMapping } from "./machine-book.ts";
import type { MachineCall } from "./machine-call.ts";

type CallOf<Kind extends MachineCall["call"]> = Extract<MachineCall, { readonly call: Kind }>;

/** What `call` asks of a machine whose caller has what is in `book`; undefined if it may not be made. */
export function taskOf(
  call: MachineCall,
  book: MachineBook,
  state: MachineState,
): MachineTask | undefined {
  switch (call.call) {
    case "space":
      return book.spaces.has(call.id) ? undefined : { kind: "space" };
    case "close":
      return closingOf(call, book);
    case "start":
    case "enter": {
      const isFit = book.cores.has(call.core) === (call.call === "enter");
      return isFit && book.spaces.has(call.space) ? { kind: "core" } : undefined;
    }
    case "interrupt":
    case "evict":
      return book.cores.has(call.core) ? { kind: "core" } : undefined;
    case "access":
      return accessOf(call, book);
    case "map":
      return mapOf(call, book);
    case "borrow":
      return borrowOf(call, book, state);
    case "remap":
    case "release":
      return changeOf(call, book, state);
    case "split": {
      const mapping = book.mappings.get(call.of);
      if (mapping === undefined) return undefined;
      return { kind: "cut", isFit: call.at > 0 && call.at < mapping.count };
    }
    case "merge": {
      const below = book.mappings.get(call.of);
      const above = book.mappings.get(call.with);
      if (below === undefined || above === undefined || below === above) return undefined;
      return { kind: "join", isFit: areJoinable(below, above) };
    }
    case "step":
      return book.operations.get(call.of)?.task;
  }
}

function closingOf({ core, space }: CallOf<"close">, book: MachineBook): MachineTask | undefined {
  const id = book.spaces.get(space);
  if (id === undefined || !book.isIdle(space) || !book.cores.has(core)) return undefined;
  const first = pageName(id, 0 as PageNumber);
  const roots: (readonly [FrameNumber, PageName])[] = [];
  book.roots.every((owner, root) => owner !== id || roots.push([root, first]) > 0);
  return { kind: "release", first, last: (first - 1) as PageName, own: finiteMap(roots) };
}

function accessOf(
  { core, page, kind }: CallOf<"access">,
  book: MachineBook,
): MachineTask | undefined {
  const space = book.cores.get(core);
  const id = space === undefined ? undefined : book.spaces.get(space);
  if (id === undefined) return undefined;
  const needs = { isWritable: kind === "write", isExecutable: kind === "execute" };
  const name = nameSeenIn(id, page as PageNumber);
  return { kind: "access", core: core as CoreId, page: name, needs };
}

function mapOf(
  { space: name, at, count: asked, rights }: CallOf<"map">,
  book: MachineBook,
): MachineTask | undefined {
  const space = book.spaces.get(name);
  if (space === undefined || asked < 1) return undefined;
  const first = at === undefined ? undefined : pageName(space, at as PageNumber);
  return { kind: "map", space, first, count: unitCount(asked), rights, isSureToFit: false };
}

function borrowOf(
  { space: name, of, rights }: CallOf<"borrow">,
  book: MachineBook,
  state: MachineState,
): MachineTask | undefined {
  const space = book.spaces.get(name);
  const frames = book.framesOf(of, state);
  if (space === undefined || frames.length === 0) return undefined;
  const lent = finiteMap(frames.map((frame, place) => [unitNumber(place), frame] as const));
  return { kind: "borrow", space, lent, count: unitCount(frames.length), rights };
}

function changeOf(
  call: CallOf<"remap" | "release">,
  book: MachineBook,
  state: MachineState,
): MachineTask | undefined {
  const mapping = book.mappings.get(call.of);
  if (mapping === undefined || !book.cores.has(call.core)) return undefined;
  const { first, count, isExclusive } = mapping;
  const last = (first + count - 1) as PageName;
  if (call.call === "remap") return { kind: "remap", first, last, rights: call.rights };
  if (isExclusive && book.isLent(call.of, state)) return undefined;
  const frames = isExclusive ? book.framesOf(call.of, state) : [];
  const own = finiteMap(frames.map((frame) => [frame, first] as const));
  return { kind: "release", first, last, own };
}

function areJoinable(below: NamedMapping, above: NamedMapping): boolean {
  return (
    below.first + below.count === above.first &&
    below.isExclusive === above.isExclusive &&
    areSame(below.rights, above.rights)
  );
}

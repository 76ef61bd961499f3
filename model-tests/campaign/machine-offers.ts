/**
 * Lists of calls that may break the same rule as a given one, in fewer or plainer calls.
 *
 * Calls are left out, in halves, quarters, one by one and two by two: any part of a list of calls is a list of
 * calls. What they led to is mapped at once. A core does what another did, one mapping what two
 * did. Then rights, counts and frames are made fewer.
 */
import type { Rights } from "#spec";
import { pageIn, spaceOf } from "#units";
import type { MachineCall } from "../machine/machine-call.ts";
import {
  type MachineJudges,
  type MachineRunConfig,
  MachineSession,
} from "../machine/machine-session.ts";
import type { MachineMaker } from "../machine/machine-subject.ts";
import { renamedBy } from "./machine-names.ts";

export interface Candidate {
  readonly config: MachineRunConfig;
  readonly calls: readonly MachineCall[];
}

const NO_RIGHTS: Rights = { isWritable: false, isExecutable: false };

/** In longer lists than this no call is made up for by another. */
const JOINED_MAX = 12;

type Calls = readonly MachineCall[];

export function* offersFor(
  make: MachineMaker,
  { config, calls }: Candidate,
  judges: MachineJudges = {},
): Iterable<Candidate> {
  for (const offer of withFewerCalls(calls)) yield { config, calls: offer };
  for (const time of [...calls.keys()].reverse()) {
    const held = heldAfter(make, config, calls.slice(0, time), judges);
    if (held !== undefined) yield { config, calls: [...held, ...calls.slice(time)] };
  }
  for (const offer of withCallsJoined(calls)) yield { config, calls: offer };
  for (const [index, call] of calls.entries()) {
    for (const plainer of plainerThan(call)) yield { config, calls: calls.with(index, plainer) };
  }
  for (const offer of withFewerPages(calls)) yield { config, calls: offer };
  const { frameCount } = config;
  for (const fewer of [Math.ceil(frameCount / 2), frameCount - 1]) {
    if (fewer < frameCount) yield { config: { ...config, frameCount: fewer }, calls };
  }
}

function* withFewerCalls(calls: Calls): Iterable<Calls> {
  for (let length = Math.ceil(calls.length / 2); length >= 1; length = Math.floor(length / 2)) {
    for (let from = 0; from < calls.length; from += length) {
      yield [...calls.slice(0, from), ...calls.slice(from + length)];
    }
  }
  for (const one of calls.keys()) {
    for (const other of calls.keys()) {
      if (one < other) yield calls.filter((_, index) => index !== one && index !== other);
    }
  }
}

/** Calls that lead at once to what `calls` led to; nothing if an operation is under way then. */
function heldAfter(
  make: MachineMaker,
  config: MachineRunConfig,
  calls: Calls,
  judges: MachineJudges,
): Calls | undefined {
  const session = new MachineSession(make, config, judges);
  for (const call of calls) session.play(call);
  const { spaces, cores, mappings, operations } = session.book;
  if (operations.size > 0) return undefined;
  const names = new Map([...spaces].map(([name, id]) => [id, name]));
  return [
    ...[...names.values()]
      .filter((name) => name >= 0)
      .map((id): MachineCall => ({ call: "space", id })),
    ...[...cores].map(([core, space]): MachineCall => ({ call: "start", core, space })),
    ...[...mappings].flatMap(([id, { first, count, rights, isExclusive }]): Calls => {
      const space = names.get(spaceOf(first));
      if (space === undefined || !isExclusive) return [];
      return [{ call: "map", id, space, at: pageIn(first), count, rights }];
    }),
  ];
}

function* withCallsJoined(calls: Calls): Iterable<Calls> {
  const left = (index: number): Calls => calls.filter((_, place) => place !== index);
  for (const [index, call] of calls.entries()) {
    const names = namesWithout(call);
    if (names !== undefined) yield left(index).map((one) => renamedBy(one, names));
    if (call.call === "start") {
      for (const core of coresOf(calls)) {
        yield left(index).map((one) =>
          "core" in one && one.core === call.core ? { ...one, core } : one,
        );
      }
    }
    if (call.call === "space") {
      for (const space of spacesOf(calls)) {
        yield left(index).map((one) =>
          "space" in one && one.space === call.id ? { ...one, space } : one,
        );
      }
    }
    if (call.call === "borrow") {
      const { id, space, rights } = call;
      for (const count of [1, 2]) {
        yield calls.with(index, { call: "map", id, space, count, rights });
      }
    }
    if (calls.length <= JOINED_MAX) yield* withMappingsFor(calls, index);
  }
}

/** Lists without a call where a mapping takes as many frames more as that call may have taken. */
function* withMappingsFor(calls: Calls, index: number): Iterable<Calls> {
  const call = calls[index];
  const taken = call?.call === "map" ? call.count : 0;
  for (const [place, map] of calls.entries()) {
    if (map.call !== "map" || place === index) continue;
    for (const more of [0, 1, 2, 3]) {
      const larger = calls.with(place, { ...map, count: map.count + taken + more });
      if (taken + more > 0) yield larger.filter((_, other) => other !== index);
    }
  }
}

/** What the names that `call` makes stand for where it is not made; nothing if it makes no new ones. */
function namesWithout(call: MachineCall): ReadonlyMap<number, number> | undefined {
  switch (call.call) {
    case "borrow":
    case "remap":
    case "merge":
      return new Map([[call.id, call.of]]);
    case "split":
      return new Map([
        [call.first, call.of],
        [call.second, call.of],
      ]);
    default:
      return undefined;
  }
}

function spacesOf(calls: Calls): ReadonlySet<number> {
  return new Set(calls.flatMap((call) => (call.call === "space" ? [call.id] : [])));
}

function coresOf(calls: Calls): ReadonlySet<number> {
  return new Set(calls.flatMap((call) => (call.call === "start" ? [call.core] : [])));
}

function* plainerThan(call: MachineCall): Iterable<MachineCall> {
  if ("rights" in call) {
    yield { ...call, rights: NO_RIGHTS };
    yield { ...call, rights: { ...call.rights, isExecutable: false } };
    yield { ...call, rights: { ...call.rights, isWritable: false } };
  }
  if (call.call === "access") yield { ...call, kind: "read" };
  if (call.call === "enter") {
    const { keeps: _, ...rest } = call;
    yield rest;
  }
  if (call.call !== "map") return;
  const { at: _, ...anywhere } = call;
  yield anywhere;
}

/** Mappings of fewer pages, with accesses to the pages that they were to, or as many pages before. */
function* withFewerPages(calls: Calls): Iterable<Calls> {
  for (const [index, call] of calls.entries()) {
    if (call.call !== "map") continue;
    for (const count of [1, 2, Math.floor(call.count / 2), call.count - 1]) {
      if (count < 1 || count >= call.count) continue;
      const fewer = calls.with(index, { ...call, count });
      const less = call.count - count;
      yield fewer;
      yield fewer.map((one) =>
        one.call === "access" && one.page >= less ? { ...one, page: one.page - less } : one,
      );
    }
  }
}

/**
 * The ways to make a trace simpler. Each offers candidates, best guesses first; whether a candidate
 * still breaks the same rule is for the shrinker to find out.
 */
import type { TraceCall } from "#spec";
import type { BlockName } from "#units";
import type { Candidate } from "./candidate.ts";

export interface Pass {
  readonly name: string;
  readonly offers: (from: Candidate) => Iterable<Candidate>;
}

const PAIRS_CALLS_MAX = 24;

function without(from: Candidate, isOut: (call: TraceCall, index: number) => boolean): Candidate {
  return { ...from, calls: from.calls.filter((call, index) => !isOut(call, index)) };
}

function replaced(from: Candidate, index: number, change: Partial<TraceCall>): Candidate {
  const calls = from.calls.map((call, place) => (place === index ? { ...call, ...change } : call));
  return { ...from, calls };
}

/** Takes out stretches of calls: halves, quarters, down to single calls, from the end. */
const chunks: Pass = {
  name: "chunks",
  *offers(from) {
    const { length } = from.calls;
    for (let size = Math.ceil(length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let end = length; end > 0; end -= size) {
        const start = Math.max(0, end - size);
        yield without(from, (_, index) => start <= index && index < end);
      }
    }
  },
};

/** Takes out all calls that concern one block. */
const blocks: Pass = {
  name: "blocks",
  *offers(from) {
    const names = [...new Set(from.calls.map(({ name }) => name))].reverse();
    for (const name of names) yield without(from, (call) => call.name === name);
  },
};

/** Takes out any two calls, of a trace that is short already. */
const pairs: Pass = {
  name: "pairs",
  *offers(from) {
    const { length } = from.calls;
    if (length > PAIRS_CALLS_MAX) return;
    for (let right = length - 1; right > 0; right--) {
      for (let left = right - 1; left >= 0; left--) {
        yield without(from, (_, index) => index === left || index === right);
      }
    }
  },
};

/** Makes one block of two: the first as large as both, the calls of the second gone. */
const merges: Pass = {
  name: "merges",
  *offers(from) {
    const requests = from.calls.filter(isRequest);
    for (const [place, left] of requests.entries()) {
      const right = requests[place + 1];
      if (right === undefined) continue;
      for (const size of [left.size + right.size, Math.max(left.size, right.size)]) {
        const shorter = without(from, ({ name }) => name === right.name);
        const index = shorter.calls.findIndex((call) => isRequest(call) && call.name === left.name);
        if (index >= 0) yield replaced(shorter, index, { size });
      }
    }
  },
};

/** Puts a plain call in the place of a special one, and the default in the place of a choice. */
const plainer: Pass = {
  name: "plainer",
  *offers(from) {
    for (const [index, call] of from.calls.entries()) {
      if (call.kind === "allocZeroed") yield replaced(from, index, { kind: "alloc" });
      if (call.kind === "realloc") yield replaced(from, index, { kind: "dealloc", size: 0 });
      if (call.core > 0) yield replaced(from, index, { core: 0 });
      if (call.entity > 0) yield replaced(from, index, { entity: 0 });
      if (call.instance > 0) yield replaced(from, index, { instance: 0 });
      for (let align = 1; align < call.align; align *= 2) yield replaced(from, index, { align });
    }
    yield { ...from, calls: from.calls.map((call) => ({ ...call, core: 0, entity: 0 })) };
    yield { ...from, calls: from.calls.map((call) => ({ ...call, instance: 0 })) };
  },
};

/** Gives a call the size of another. */
const sameSizes: Pass = {
  name: "same sizes",
  *offers(from) {
    const sizes = [...new Set(from.calls.map(({ size }) => size))].filter((size) => size > 0);
    for (const [index, { size }] of from.calls.entries()) {
      if (size === 0) continue;
      for (const other of sizes) if (other !== size) yield replaced(from, index, { size: other });
    }
    for (const size of sizes) {
      for (const other of sizes) {
        const calls = from.calls.map((call) =>
          call.size === size ? { ...call, size: other } : call,
        );
        if (other < size) yield { ...from, calls };
      }
    }
  },
};

/** Makes numbers smaller: to almost nothing, by halves, by one. */
const smaller: Pass = {
  name: "smaller",
  *offers(from) {
    for (const [index, { size, offset }] of from.calls.entries()) {
      for (const value of below(size)) yield replaced(from, index, { size: value });
      for (const value of below(offset)) yield replaced(from, index, { offset: value });
    }
  },
};

/** Gives the heap less memory. */
const lessMemory: Pass = {
  name: "less memory",
  *offers(from) {
    const { memoryBytes } = from.config;
    for (const bytes of [256, 512, 1024, 4096, 65_536]) {
      if (bytes >= memoryBytes) continue;
      const config = { ...from.config, memoryBytes: bytes };
      yield { config, calls: from.calls };
      // What nearly filled the heap nearly fills the smaller one.
      const less = memoryBytes - bytes;
      const calls = from.calls.map((call) =>
        call.size > less ? { ...call, size: call.size - less } : call,
      );
      yield { config, calls };
    }
  },
};

function isRequest(call: TraceCall): boolean {
  return call.kind === "alloc" || call.kind === "allocZeroed";
}

function* below(value: number): Iterable<number> {
  for (const small of [1, 8, 16]) if (small < value) yield small;
  for (let step = Math.floor(value / 2); step >= 1; step = Math.floor(step / 2)) {
    if (value - step > 0) yield value - step;
  }
}

/** All passes, those that shorten first. */
export const PASSES: readonly Pass[] = [
  chunks,
  blocks,
  merges,
  pairs,
  plainer,
  lessMemory,
  sameSizes,
  smaller,
];

/** `calls` with blocks named in the order in which they are asked for. */
export function renamed(calls: readonly TraceCall[]): readonly TraceCall[] {
  const names = new Map<BlockName, BlockName>();
  const nameOf = (name: BlockName): BlockName => {
    if (name < 0) return name;
    const known = names.get(name) ?? (names.size as BlockName);
    names.set(name, known);
    return known;
  };
  return calls.map((call) => ({ ...call, name: nameOf(call.name) }));
}

/**
 * Every call that a scope allows next.
 *
 * Which calls there are depends on what is live and on what died, never on the names that blocks
 * happen to have: two heaps that differ in names alone offer equally many calls, one for one. That is
 * what makes it safe to go on from only one of them.
 */
import { type TraceCall, traceCall } from "#spec";
import { type BlockName, blockName, bytes } from "#units";
import type { Heap } from "../conformance/heap.ts";
import type { Session } from "../conformance/session.ts";
import { canBeMade, isSystemCall } from "../conformance/system-call.ts";
import { deadLayouts } from "./dead-layouts.ts";
import type { Scope, SizeAndAlign } from "./scopes.ts";

/** The calls that may follow; a block that one of them asks for is named `name`. */
export function nextCalls(
  session: Session,
  scope: Scope,
  cores: number,
  name: BlockName,
): TraceCall[] {
  const calls: TraceCall[] = [];
  for (const [instance, heap] of session.heaps.slice(0, scope.instances ?? 1).entries()) {
    const fieldsOfCalls = [...requestCalls(heap, scope, name), ...blockCalls(heap, scope)];
    if (scope.kinds.includes("misuse")) fieldsOfCalls.push(...misuseCalls(heap, session));
    for (const kind of ["switch", "close"] as const) {
      if (scope.kinds.includes(kind)) fieldsOfCalls.push({ kind });
    }
    for (const fields of fieldsOfCalls) {
      for (let core = 0; core < cores; core++) {
        const call = traceCall({ ...fields, instance, core });
        if (!isSystemCall(call) || canBeMade(heap, call, session.promises)) calls.push(call);
      }
    }
  }
  return calls;
}

type Fields = Parameters<typeof traceCall>[0];

function requestCalls({ index, instance, state }: Heap, scope: Scope, name: BlockName): Fields[] {
  if (index.size >= scope.liveMax) return [];
  const kinds = (["alloc", "allocZeroed"] as const).filter(
    (kind) => scope.kinds.includes(kind) && instance[kind] !== undefined,
  );
  const honoured = requestsUpTo(scope.requests, state.contract.alignMax);
  return kinds.flatMap((kind) => honoured.map((request) => ({ kind, name, ...request })));
}

/** `requests` with alignments taken down to `alignMax`, each once. */
function requestsUpTo(requests: readonly SizeAndAlign[], alignMax: number): SizeAndAlign[] {
  const honoured: SizeAndAlign[] = [];
  for (const { size, align: asked } of requests) {
    const align = Math.min(asked, alignMax);
    const isKnown = honoured.some((other) => other.size === size && other.align === align);
    if (!isKnown) honoured.push({ size, align });
  }
  return honoured;
}

function blockCalls({ index, instance }: Heap, { kinds, requests }: Scope): Fields[] {
  const calls: Fields[] = [];
  const sizes = [...new Set(requests.map(({ size }) => size))].filter((size) => size > 0);
  index.forEach(({ block: { name, size: held } }) => {
    if (kinds.includes("dealloc")) calls.push({ kind: "dealloc", name });
    if (held === 0) return;
    if (kinds.includes("usableSize") && instance.usableSize !== undefined) {
      calls.push({ kind: "usableSize", name });
    }
    if (!kinds.includes("realloc") || instance.realloc === undefined) return;
    for (const size of sizes) calls.push({ kind: "realloc", name, size });
  });
  return calls;
}

function misuseCalls(heap: Heap, { promises: { rejects = [] } }: Session): Fields[] {
  const { index, state } = heap;
  const calls: Fields[] = [];
  if (rejects.includes("double-free")) {
    for (const { name } of deadLayouts(heap)) {
      // An address that is live again is no double free.
      const isLive = state.live.overlapping(state.dead.get(name), bytes(1), blockName(-1));
      if (isLive) continue;
      calls.push({ kind: "dealloc", name, misuse: "double-free" });
    }
  }
  if (rejects.includes("foreign-pointer")) {
    const last = state.extent.at(-1);
    const address = last === undefined ? 0 : last.start + last.size + 8;
    calls.push({ kind: "dealloc", misuse: "foreign-pointer", address, size: 16 });
  }
  index.forEach(({ block: { name, size, align } }) => {
    if (rejects.includes("interior-pointer") && size > 1) {
      const offsets = [1, Math.min(8, size - 1)];
      for (const offset of new Set(offsets)) {
        calls.push({ kind: "dealloc", name, misuse: "interior-pointer", offset });
      }
    }
    if (rejects.includes("foreign-heap")) {
      calls.push({ kind: "dealloc", name, misuse: "foreign-heap" });
    }
    if (rejects.includes("wrong-layout")) {
      calls.push({ kind: "dealloc", name, misuse: "wrong-layout", size: size * 2 + 1, align });
    }
  });
  return calls;
}

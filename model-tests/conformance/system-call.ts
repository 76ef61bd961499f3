/**
 * Calls to a system of heaps as a whole, beside those to a heap: to switch, to close the heap that serves
 * whoever calls, and to free a block through that heap, which is not the block's own.
 */
import type { TraceCall } from "#spec";
import type { BlockName } from "#units";
import type { Origin, Promises, SubjectInstance } from "../subject/subject.ts";
import type { Heap } from "./heap.ts";

/** A call that can be made, with the number that the system gives to the heap that it is about. */
export type SystemCall = { readonly ask: () => unknown } & (
  | { readonly kind: "switch" }
  | { readonly kind: "close"; readonly heap: number }
  | { readonly kind: "free-through"; readonly name: BlockName; readonly heap: number }
);

/** Whether `call` is one of these. */
export function isSystemCall({ kind, misuse }: TraceCall): boolean {
  return kind === "switch" || kind === "close" || misuse === "foreign-heap";
}

/** What `call` asks of `heap`, a system; undefined if it has no such method, block or heap. */
export function systemCall(
  heap: Heap,
  call: TraceCall,
  { rejects = [] }: Promises,
): SystemCall | undefined {
  const { instance } = heap;
  const { kind, misuse, name, core, entity } = call;
  const origin = { core, entity };
  if (misuse === "foreign-heap") {
    const through = rejects.includes(misuse) ? foreignHeap(heap, name, origin) : undefined;
    if (through === undefined) return undefined;
    const { start, size, align } = heap.index.at(name);
    const ask = (): unknown => instance.deallocThrough?.(through, start, size, align);
    return { kind: "free-through", name, heap: through, ask };
  }
  if (kind === "switch") {
    return instance.switch && { kind, ask: () => instance.switch?.(origin) };
  }
  const served = instance.close && heapOf(instance, origin);
  if (served === undefined) return undefined;
  return { kind: "close", heap: served, ask: () => instance.close?.(origin) };
}

/** Whether `call` can be made; of a system that throws when it is asked, it can be, and is judged. */
export function canBeMade(heap: Heap, call: TraceCall, promises: Promises): boolean {
  try {
    return systemCall(heap, call, promises) !== undefined;
  } catch {
    return true;
  }
}

/** The heap that serves `origin`, if live block `name` can be freed through it and is not its own. */
function foreignHeap(heap: Heap, name: BlockName, origin: Origin): number | undefined {
  const { instance, index } = heap;
  if (instance.deallocThrough === undefined || !index.has(name)) return undefined;
  const { start, reach } = index.at(name);
  const served = heapOf(instance, origin);
  return reach === 0 || served === Number(instance.ownerOf?.(start)) ? undefined : served;
}

/** The heap that serves `origin`; undefined, if none does or it is not said. */
function heapOf(instance: SubjectInstance, origin: Origin): number | undefined {
  const served = instance.heapOf?.(origin);
  return typeof served === "number" && Number.isSafeInteger(served) && served >= 0
    ? served
    : undefined;
}

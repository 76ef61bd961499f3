/**
 * The switch from the initial heap to a heap for each key: first the pages, one by one, then all at once.
 *
 *     1  map the first pages of every heap          others are served by the initial heap
 *     2  a failure: unmap them all again            nothing has changed
 *     3  give the pages to their heaps              in one section
 *
 * Until the third step no heap has a page and none is asked, so there is no half of a switch.
 */
import { failure, type Result, success } from "#support";
import type { CoreId, Key } from "#units";
import type { Sections } from "../core/section.ts";
import type { HeapSystem } from "./heap-system.ts";
import type { Caller } from "./key-policy.ts";
import { NO_PAGE } from "./slab-area.ts";

/** Why heaps do not switch. Nothing has changed then. */
export interface SwitchFailure {
  readonly kind: "not-begun" | "switched-before" | "core-does-not-run" | "out-of-pages";
}

/** A page that was mapped, and the key whose heap is to have it. */
interface Prepared {
  readonly key: Key;
  readonly page: number;
}

/** Prepares the heaps of the keys of every core that runs, and gives them their pages. */
export function* switchHeaps(
  system: HeapSystem,
  caller: Caller,
  keyOf: (caller: Caller) => Key,
): Sections<Result<undefined, SwitchFailure>> {
  const { machine, memory, source, heaps, observer } = system;
  const cores = machine.cores().map(({ id }) => id);
  if (!cores.includes(caller.core)) return failure({ kind: "core-does-not-run" });
  const keys = new Set(cores.map((core) => keyOf({ ...caller, core })));
  const prepared: Prepared[] = [];
  for (const key of keys) {
    for (let count = 0; count < heaps.configOf(key).firstPages; count++) {
      const page = yield* source.map();
      memory.runOn(caller.core);
      if (page === NO_PAGE) {
        yield* putBack(system, caller.core, prepared);
        observer.reached("combination.switch-failed");
        return failure({ kind: "out-of-pages" });
      }
      prepared.push({ key, page });
    }
  }
  for (const { key, page } of prepared) heaps.adopt(key, page);
  observer.reached("combination.switched");
  return success(undefined);
}

function* putBack(
  { source, memory }: HeapSystem,
  core: CoreId,
  prepared: readonly Prepared[],
): Sections<void> {
  for (const { page } of prepared) {
    yield* source.unmap(core, page);
    memory.runOn(core);
  }
}

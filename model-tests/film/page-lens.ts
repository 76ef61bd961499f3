/**
 * The pages of a system of heaps, and which of them a call changed.
 *
 * A system that tells its changes tells them once, and the session asks. So what it tells is overheard:
 * to ask for all pages after every call would cost as much as there are.
 */
import type { Heap } from "../conformance/heap.ts";
import type { PageView } from "../subject/subject.ts";
import { type Change, HEAP_THINGS } from "./film.ts";
import { changesBetween, keyOf, type Things, thingsOf } from "./things.ts";

export class PageLens {
  readonly base: readonly Change[];
  readonly #heap: Heap;
  readonly #known: Map<string, Change>;
  readonly #told: PageView[] = [];
  readonly #isTelling: boolean;

  constructor(heap: Heap) {
    this.#heap = heap;
    this.#known = new Map(this.#all());
    this.base = [...this.#known.values()];
    this.#isTelling = this.#overhear();
  }

  /** What has changed since this was asked before. */
  changes(): readonly Change[] {
    if (!this.#isTelling) {
      const all = this.#all();
      const changes = changesBetween(this.#known, all);
      this.#known.clear();
      for (const [key, change] of all) this.#known.set(key, change);
      return changes;
    }
    const changes: Change[] = [];
    for (const change of thingsOf(this.#told.map(pageChange)).values()) {
      const known = this.#known.get(keyOf(change));
      if (JSON.stringify(known) !== JSON.stringify(change)) changes.push(change);
      this.#known.set(keyOf(change), change);
    }
    this.#told.length = 0;
    return changes;
  }

  #all(): Things {
    const { instance } = this.#heap;
    if (instance.ownerOf === undefined || instance.pages === undefined) return new Map();
    try {
      return thingsOf(instance.pages().map(pageChange));
    } catch {
      // The session judges a system that cannot be looked at; the film goes on with what is known.
      return this.#known ?? new Map();
    }
  }

  /** Whether the instance tells its changes, and lets itself be overheard. */
  #overhear(): boolean {
    const { instance } = this.#heap;
    const tell = instance.changedPages?.bind(instance);
    if (tell === undefined) return false;
    const overheard = (): readonly PageView[] => {
      const pages = tell();
      this.#told.push(...pages);
      return pages;
    };
    return Reflect.set(instance, "changedPages", overheard) && instance.changedPages === overheard;
  }
}

function pageChange({ start, size, owner, used, sizeClass }: PageView): Change {
  const fields = [size, owner, used, sizeClass].map(whole);
  return [HEAP_THINGS.page, whole(start), ...fields];
}

/** A subject may say anything; a film is of numbers. */
function whole(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : -1;
}

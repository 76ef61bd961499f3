/** Looks at a system of heaps before and after a call, and asks the rules of ownership. */
import { type Answer, type OwnedPage, type Route, SYSTEM_RULES, type SystemRule } from "#spec";
import type { HeapId } from "#units";
import type { Heap } from "./heap.ts";
import type { Tally } from "./tally.ts";

export class SystemWatch {
  readonly #heap: Heap;
  readonly #rules: readonly SystemRule[];
  #pages: readonly OwnedPage[];
  #routes: ReadonlyMap<number, HeapId>;
  #hasSwitched = false;

  constructor(heap: Heap, rules: readonly SystemRule[] = SYSTEM_RULES) {
    this.#heap = heap;
    this.#rules = rules;
    this.#pages = this.#readPages();
    this.#routes = this.#readRoutes();
  }

  /** Judges what a call did; `switched` is the answer to a request to switch. */
  judge(tally: Tally, switched: Answer["kind"] | undefined): SystemRule | undefined {
    const pagesBefore = this.#pages;
    const routesBefore = this.#routes;
    this.#pages = this.#readPages();
    this.#routes = this.#readRoutes();
    const routes: Route[] = [];
    for (const [start, after] of this.#routes) {
      const before = routesBefore.get(start);
      if (before !== undefined) routes.push({ start, before, after });
    }

    const hadSwitched = this.#hasSwitched;
    if (switched === "released") this.#hasSwitched = true;
    const step = { pagesBefore, pagesAfter: this.#pages, routes, switched, hadSwitched };
    for (const rule of this.#rules) {
      const finding = rule.test(step);
      if (finding === "broken") return rule;
      if (finding === "held") tally.reached(rule.name);
    }
    return undefined;
  }

  #readPages(): readonly OwnedPage[] {
    return (this.#heap.instance.pages?.() ?? []).map(
      (page) => ({ ...page }) as unknown as OwnedPage,
    );
  }

  #readRoutes(): ReadonlyMap<number, HeapId> {
    const routes = new Map<number, HeapId>();
    this.#heap.index.forEach(({ block }) => {
      const owner = this.#heap.instance.ownerOf?.(block.start);
      if (block.reach > 0) routes.set(block.start, (owner ?? -1) as HeapId);
    });
    return routes;
  }
}

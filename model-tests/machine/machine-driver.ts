/**
 * Draws calls for a machine, mostly such that something comes of them, and with a liking for what is
 * dangerous: pages that are being unmapped or just were, interrupts that nobody sent, cores that start in
 * the middle of a round, operations that are left alone for long.
 */
import type { Rights } from "#spec";
import { type PageName, pageIn } from "#units";
import type { ChoiceSource } from "../generate/choices.ts";
import { KERNEL, type MachineBook, pagesOf } from "./machine-book.ts";
import type { MachineCall } from "./machine-call.ts";
import type { MachineSession } from "./machine-session.ts";

export interface MachineScope {
  readonly frameCount: number;
  readonly coreCount: number;
  readonly spaceCount: number;
  /** Pages from here on are asked for by their numbers. */
  readonly firstPage: number;
  readonly pageCount: number;
  /** The largest number of pages in one call. */
  readonly mappedMax: number;
}

const RIGHTS: readonly Rights[] = [
  { isWritable: true, isExecutable: false },
  { isWritable: true, isExecutable: false },
  { isWritable: true, isExecutable: true },
  { isWritable: false, isExecutable: true },
  { isWritable: false, isExecutable: false },
];

/** How often each kind of call is drawn, of all. */
const WEIGHTS = {
  space: 3,
  close: 2,
  start: 3,
  enter: 3,
  map: 14,
  borrow: 4,
  remap: 7,
  release: 10,
  split: 4,
  merge: 4,
  step: 28,
  interrupt: 12,
  access: 26,
  evict: 3,
} as const satisfies Record<MachineCall["call"], number>;

const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) =>
  Array.from({ length: weight }, () => kind as MachineCall["call"]),
);

/** Draws calls of one run; it remembers which pages were released last. */
export class MachineDriver {
  readonly #choices: ChoiceSource;
  readonly #scope: MachineScope;
  readonly #recent: PageName[] = [];
  #nextName = 100;

  constructor(choices: ChoiceSource, scope: MachineScope) {
    this.#choices = choices;
    this.#scope = scope;
  }

  /** A name that no call has had. */
  fresh(): number {
    this.#nextName += 1;
    return this.#nextName;
  }

  /** A call that may be made, as far as can be told. */
  next(session: MachineSession): MachineCall {
    const { book } = session;
    if (!book.spaces.has(1)) return { call: "space", id: 1 };
    if (book.cores.size === 0) return { call: "start", core: 0, space: 1 };
    const call = this.#draw(session, this.#pick(KINDS));
    return call ?? this.#access(book);
  }

  #draw({ book }: MachineSession, kind: MachineCall["call"]): MachineCall | undefined {
    const { coreCount, spaceCount } = this.#scope;
    const core = this.#pick([...book.cores.keys()]);
    switch (kind) {
      case "space":
        return [...book.spaces.keys()].filter((name) => name !== KERNEL).length < spaceCount
          ? { call: "space", id: 1 + Math.max(...book.spaces.keys()) }
          : undefined;
      case "close": {
        const idle = [...book.spaces.keys()].filter((name) => book.isIdle(name));
        return idle.length === 0
          ? undefined
          : { call: "close", id: this.fresh(), core, space: this.#pick(idle) };
      }
      case "start":
        return book.cores.size < coreCount
          ? { call: "start", core: book.cores.size, space: this.#space(book) }
          : undefined;
      case "enter": {
        const keeps = this.#choices.below(2) === 0;
        return { call: "enter", core, space: this.#space(book), keeps };
      }
      case "map":
        return this.#map(book);
      case "borrow":
      case "remap":
      case "release":
      case "split":
      case "merge":
        return this.#ofMapping(book, kind, core);
      case "step":
        return book.operations.size === 0
          ? undefined
          : { call: "step", of: this.#pick([...book.operations.keys()]) };
      case "interrupt":
        return { call: "interrupt", core };
      case "access":
        return this.#access(book);
      case "evict":
        return { call: "evict", core, entry: this.#choices.below(4) };
    }
  }

  #map(book: MachineBook): MachineCall {
    const { firstPage, pageCount, mappedMax } = this.#scope;
    const rights = this.#pick(RIGHTS);
    const count = 1 + this.#choices.below(mappedMax);
    const space = this.#space(book);
    const isPlaced = space !== KERNEL && this.#choices.below(2) === 0;
    const call = { call: "map", id: this.fresh(), space, count, rights } as const;
    return isPlaced ? { ...call, at: firstPage + this.#choices.below(pageCount) } : call;
  }

  #ofMapping(
    book: MachineBook,
    kind: "borrow" | "remap" | "release" | "split" | "merge",
    core: number,
  ): MachineCall | undefined {
    if (book.mappings.size === 0) return undefined;
    const of = this.#pick([...book.mappings.keys()]);
    const mapping = book.mappings.get(of);
    if (mapping === undefined) return undefined;
    switch (kind) {
      case "borrow": {
        // What has the rights of its neighbour and not its frames is not to be joined with it.
        const rights = this.#choices.below(2) === 0 ? mapping.rights : this.#pick(RIGHTS);
        return { call: kind, id: this.fresh(), of, space: this.#space(book), rights };
      }
      case "remap":
        return { call: kind, id: this.fresh(), core, of, rights: this.#pick(RIGHTS) };
      case "release":
        this.#recent.unshift(...pagesOf(mapping));
        this.#recent.splice(8);
        return { call: kind, id: this.fresh(), core, of };
      case "split": {
        const at = this.#choices.below(mapping.count + 1);
        return { call: kind, of, at, first: this.fresh(), second: this.fresh() };
      }
      case "merge":
        return this.#merge(book);
    }
  }

  /** Joins two neighbours, if there are any; or, now and then, any two. */
  #merge({ mappings }: MachineBook): MachineCall | undefined {
    const pairs = [...mappings].flatMap(([of, { first, count }]) =>
      [...mappings]
        .filter(([, other]) => other.first === first + count)
        .map(([other]) => [of, other] as const),
    );
    const isStrange = pairs.length === 0 || this.#choices.below(8) === 0;
    const names = [...mappings.keys()];
    const [of, other] = isStrange ? [this.#pick(names), this.#pick(names)] : this.#pick(pairs);
    return of === other ? undefined : { call: "merge", id: this.fresh(), of, with: other };
  }

  /** An access to a page that is mapped, is being changed, was there a moment ago, or never was. */
  #access(book: MachineBook): MachineCall {
    const { firstPage, pageCount } = this.#scope;
    const core = this.#pick([...book.cores.keys()]);
    const kind = this.#pick(["read", "write", "write", "execute"] as const);
    const mapped = [...book.mappings.values()].flatMap(pagesOf);
    const changing = [...book.operations.values()].flatMap(({ before }) =>
      before === undefined ? [] : pagesOf(before),
    );
    const pages = this.#pick([mapped, mapped, changing, changing, this.#recent, []]);
    const page =
      pages.length === 0 ? firstPage + this.#choices.below(pageCount) : pageIn(this.#pick(pages));
    return { call: "access", core, page, kind };
  }

  #space(book: MachineBook): number {
    return this.#pick([...book.spaces.keys()]);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#choices.below(items.length)] as Item;
  }
}

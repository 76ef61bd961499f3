/** The pages of a combination heap as a watcher of systems wants them: whose each is, and for what. */
import {
  classOfWord,
  type HeapSystem,
  heapOfWord,
  INITIAL,
  isSlabWord,
  largePagesFor,
  liveBlocks,
} from "#impl";
import { address, bytes } from "#units";
import type { PageView } from "../subject/subject.ts";

const SLAB_SIZE = 8192;
const PAGE_SIZE = 4096;
const NOBODY = -1;
const INITIAL_HEAP = 0;

export class CombinationPages {
  readonly #system: HeapSystem;
  /** Where the pages of large blocks start that were ever listed. */
  readonly #listed: Set<number>;
  /** The pages of the area that have changed, and those of large blocks: where each starts, and whose it is. */
  readonly #changed: Set<number>;
  readonly #changedLarge: Map<number, number>;

  constructor(system: HeapSystem) {
    this.#system = system;
    this.#listed = new Set();
    this.#changed = new Set();
    this.#changedLarge = new Map();
  }

  /** Notes that `page` of the area has changed. */
  pageChanged(page: number): void {
    this.#changed.add(page);
  }

  /** Notes that the `size` bytes from `start` on became a large block, or no longer are one. */
  largeChanged(start: number, size: number): void {
    const end = start + largePagesFor(bytes(size)) * PAGE_SIZE;
    const owner = this.#system.large.find(address(start))?.heap ?? NOBODY;
    for (let at = start; at < end; at += PAGE_SIZE) this.#changedLarge.set(at, owner);
  }

  /** The pages that have changed since this was last asked. */
  changed(): readonly PageView[] {
    const { area } = this.#system;
    const views: PageView[] = [];
    for (const page of this.#changed) {
      if (page >= area.bookPages) views.push(this.#view(page));
    }
    for (const [start, owner] of this.#changedLarge) {
      this.#listed.add(start);
      views.push({ start, size: PAGE_SIZE, owner, used: owner === NOBODY ? 0 : 1 });
    }
    this.#changed.clear();
    this.#changedLarge.clear();
    return views;
  }

  /** Every page that a heap has or had. */
  all(): readonly PageView[] {
    const { area } = this.#system;
    const views: PageView[] = [];
    const end = area.freshPage();
    for (let page = area.bookPages; page < end; page++) views.push(this.#view(page));
    return [...views, ...this.#large()];
  }

  #view(page: number): PageView {
    const { area } = this.#system;
    const word = area.word(page);
    const isSlab = isSlabWord(word);
    return {
      start: area.startOf(page),
      size: SLAB_SIZE,
      owner: this.#ownerOf(word),
      used: isSlab ? liveBlocks(area.store, area.half(page)) : 0,
      sizeClass: isSlab ? classOfWord(word) + 1 : 0,
    };
  }

  /** What the system keeps for its own bookkeeping is shown as the initial heap's: no key has it. */
  #ownerOf(word: number): number {
    if (!isSlabWord(word)) return word === INITIAL ? INITIAL_HEAP : NOBODY;
    const heap = heapOfWord(word);
    return heap === this.#system.heaps.bookKey + 1 ? INITIAL_HEAP : heap;
  }

  #large(): readonly PageView[] {
    const blocks = this.#system.large.all().map(({ page, size, heap }) => {
      return {
        start: page * PAGE_SIZE,
        size: largePagesFor(size) * PAGE_SIZE,
        owner: heap,
        used: 1,
      };
    });
    const now = new Set<number>();
    for (const { start, size } of blocks) {
      for (let at = start; at < start + size; at += PAGE_SIZE) now.add(at);
    }
    const gone = [...this.#listed].filter((start) => !now.has(start));
    for (const start of now) this.#listed.add(start);
    return [
      ...blocks,
      ...gone.map((start) => ({ start, size: PAGE_SIZE, owner: NOBODY, used: 0 })),
    ];
  }
}

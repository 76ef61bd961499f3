/**
 * Words of mapped pages, as a core sees them: checked once when the view is made, and then used.
 *
 *     pages     ├──────────────── size bytes ─────────────────┤
 *     view              offset ├── 4 * count ──┤                   words 0, 1, … count - 1
 *
 * A view ends with the pages: it belongs to the value that it was made of, and whoever uses it when
 * that has been used up is told so. What the page tables say at each access still decides, so a view that
 * another core's mistake has made stale is not safer than an address; it is only never out of bounds.
 */
import { demand, failure, type Result, success } from "#support";
import { type Address, address, type ByteCount, firstByteOf } from "#units";
import type { MappedPages } from "./mapped-pages.ts";
import type { Memory } from "./memory.ts";

const WORD_SIZE = 4;
const PAGE_SIZE = 4096;

/** Why there is no such view. */
export interface ViewRefusal {
  readonly kind: "beyond-the-end" | "misaligned" | "not-writable";
}

/** What a view is for. */
export type ViewAccess = "read" | "read and write";

/** The `count` words from `offset` on in `pages`, seen through `memory`, or why not. */
export function viewWords(
  pages: MappedPages,
  memory: Memory,
  offset: ByteCount,
  count: number,
  access: ViewAccess,
): Result<MappedWords, ViewRefusal> {
  demand(pages.isHeld, "mapped pages are used once");
  demand(Number.isSafeInteger(offset) && offset >= 0, "an offset is a whole number");
  demand(Number.isSafeInteger(count) && count >= 0, "a count is a whole number");
  if (offset % WORD_SIZE !== 0) return failure({ kind: "misaligned" });
  const size = pages.count * PAGE_SIZE;
  const isInside = offset <= size && count <= (size - offset) / WORD_SIZE;
  if (!isInside) return failure({ kind: "beyond-the-end" });
  const isWriting = access === "read and write";
  if (isWriting && !pages.rights.isWritable) return failure({ kind: "not-writable" });
  const start = address(firstByteOf(pages.first) + offset);
  return success(new MappedWords(pages, memory, start, count, isWriting));
}

export class MappedWords {
  readonly count: number;
  readonly #pages: MappedPages;
  readonly #memory: Memory;
  readonly #start: Address;
  readonly #isWritable: boolean;

  constructor(
    pages: MappedPages,
    memory: Memory,
    start: Address,
    count: number,
    isWritable: boolean,
  ) {
    this.count = count;
    this.#pages = pages;
    this.#memory = memory;
    this.#start = start;
    this.#isWritable = isWritable;
  }

  /** @throws ContractViolation unless there is a word `index` and the pages are still mapped. */
  get(index: number): number {
    return this.#memory.readWord(this.#addressOf(index));
  }

  /** @throws ContractViolation unless there is a word `index` that may be written. */
  set(index: number, value: number): void {
    demand(this.#isWritable, "a view that is written was made for it");
    this.#memory.writeWord(this.#addressOf(index), value);
  }

  #addressOf(index: number): Address {
    demand(this.#pages.isHeld, "a view ends with its pages");
    demand(index >= 0 && index < this.count, "an index lies in the view");
    return address(this.#start + index * WORD_SIZE);
  }
}

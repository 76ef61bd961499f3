/**
 * The walk of one core: `walkTables` over the words of physical memory, as its processor is set up.
 *
 * What a walk finds beside the frame stays here until the next one, so that no object is made for it.
 */
import { type FrameNumber, highWord, type LeafLevel, lowWord, type VirtualAddress } from "#units";
import type { Column } from "./column.ts";
import type { PageAccess, PageRights } from "./page-rights.ts";
import type { ProcessorSetup } from "./paging-controls.ts";
import type { PhysicalMemory } from "./physical-memory.ts";
import {
  FOUND_LEVEL,
  FOUND_RIGHTS,
  FOUND_ROWS,
  type WalkRules,
  walkRules,
  walkTables,
} from "./table-walk.ts";
import { WordColumn } from "./word-column.ts";

export class PageWalk {
  readonly #words: Column;
  readonly #rules: WalkRules;
  readonly #found: Column;

  constructor(memory: PhysicalMemory, setup: ProcessorSetup) {
    this.#words = memory.words;
    this.#rules = walkRules(setup);
    this.#found = new WordColumn(new Int32Array(FOUND_ROWS));
    this.#found.write(FOUND_LEVEL, 1);
  }

  /** The level of the leaf that was found last. */
  get level(): LeafLevel {
    return this.#found.read(FOUND_LEVEL) as LeafLevel;
  }

  /** What the entries to that leaf allow together, with its own dirty and global bits. */
  get rights(): PageRights {
    return this.#found.read(FOUND_RIGHTS) as PageRights;
  }

  /** The first frame of the leaf that `address` lies in, or a fault. */
  run(root: FrameNumber, address: VirtualAddress, access: PageAccess): number {
    return this.descend(root, highWord(address), lowWord(address) | 0, access);
  }

  /** The same of an address that is taken apart already; its low word may have a sign. */
  descend(root: FrameNumber, high: number, low: number, access: PageAccess): number {
    return walkTables(this.#words, this.#found, this.#rules, root, high, low, access);
  }
}

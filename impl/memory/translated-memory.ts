/**
 * Memory behind a flat page table: every access is translated, none is remembered.
 *
 *     address   start + 4096 * page + offset
 *                         │
 *     table     ├ page 0 ┤├ page 1 ┤├ page 2 ┤ …     one word each: 0, or 1 + frame
 *                             │
 *     frames    frames.start + 4096 * frame + offset
 *
 * This is the least that a translation can cost: one load and no walk. The table is memory like any
 * other, so that it too is indexed in one file only.
 */
import { assert, demand } from "#support";
import { type Address, address, type ByteCount, bytes, isAligned } from "#units";
import type { Memory } from "./memory.ts";
import { copyByPage, fillByPage } from "./page-parts.ts";
import { PlainMemory } from "./plain-memory.ts";

const PAGE_SIZE = 4096;
const WORD_SIZE = 4;

export class TranslatedMemory implements Memory {
  readonly start: Address;
  readonly size: ByteCount;
  readonly #frames: Memory;
  readonly #table: PlainMemory;

  /** Makes `pageCount` pages from `start` on, none of them mapped. */
  constructor(frames: Memory, pageCount: number, start = 0) {
    demand(isAligned(start, PAGE_SIZE) && start >= 0, "a page starts at a multiple of 4096");
    demand(Number.isSafeInteger(start + pageCount * PAGE_SIZE), "every byte has an address");

    this.start = address(start);
    this.size = bytes(pageCount * PAGE_SIZE);
    this.#frames = frames;
    this.#table = new PlainMemory(pageCount * WORD_SIZE);
  }

  /** Makes page `page` show frame `frame`, both counted from 0. */
  map(page: number, frame: number): void {
    demand(frame >= 0 && (frame + 1) * PAGE_SIZE <= this.#frames.size, "a frame lies in memory");
    demand(this.#frameOf(page) === 0, "a page is mapped once");

    this.#table.writeWord(address(page * WORD_SIZE), frame + 1);
  }

  readWord(at: Address): number {
    return this.#frames.readWord(this.#translate(at));
  }

  writeWord(at: Address, value: number): void {
    this.#frames.writeWord(this.#translate(at), value);
  }

  fill(start: Address, count: ByteCount, value: number): void {
    fillByPage(start, count, (at, part) => {
      this.#frames.fill(this.#translate(at), part, value);
    });
  }

  copy(target: Address, source: Address, count: ByteCount): void {
    copyByPage(target, source, count, (to, from, part) => {
      this.#frames.copy(this.#translate(to), this.#translate(from), part);
    });
  }

  #translate(at: Address): Address {
    const offset = at - this.start;
    const page = Math.floor(offset / PAGE_SIZE);
    const frame = this.#frameOf(page);
    assert(frame !== 0, "only mapped pages are accessed");

    return address(this.#frames.start + (frame - 1) * PAGE_SIZE + (offset - page * PAGE_SIZE));
  }

  /** 0 if the page is not mapped, else one more than its frame. */
  #frameOf(page: number): number {
    return this.#table.readWord(address(page * WORD_SIZE));
  }
}

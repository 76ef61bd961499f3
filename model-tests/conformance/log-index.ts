/**
 * The live blocks of a log: the questions of `LiveBlocks`, answered in O(log n), with no object for a block.
 *
 * What is known of a block lies in columns of numbers, at the row that the block has as long as it lives. A log
 * has millions of blocks, and objects that live for a while are what a collector of garbage is slowest with.
 *
 *     name ──> row ──> start  size  align  reach  call  line
 *
 * Live blocks are disjoint, or the judge would have stopped: so only the last block that starts before a range
 * ends can reach into it. Blocks without bytes overlap nothing and are only known by name.
 */
import type { Block, LiveBlocks } from "#spec";
import type { Address, Alignment, BlockName, ByteCount, Range } from "#units";
import { NumberTable } from "../trace/number-table.ts";
import { hasGap, SortedStarts } from "./sorted-starts.ts";

/** Where a call stands in its log. */
export interface LogPlace {
  /** The zero-based index among the calls. */
  readonly at: number;
  readonly line: number;
}

const COLUMNS = 7;
const [NAME, START, SIZE, ALIGN, REACH, CALL, LINE] = [0, 1, 2, 3, 4, 5, 6] as const;
const ROWS_MIN = 1024;
const NOBODY = -1;

export class LogIndex implements LiveBlocks {
  readonly #rows = new NumberTable();
  readonly #sorted = new SortedStarts<number>();
  #cells: Float64Array = new Float64Array(COLUMNS * ROWS_MIN);
  /** Rows that were used and are free, and how many there are. */
  #free: Int32Array = new Int32Array(ROWS_MIN);
  #freeCount = 0;
  #rowCount = 0;
  /** The name that was asked for last, and its row: one call asks for its block half a dozen times. */
  #knownName: number = NOBODY;
  #knownRow: number = NOBODY;

  get size(): number {
    return this.#rows.size;
  }

  isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  has(name: BlockName): boolean {
    return this.#rowOf(name) !== NOBODY;
  }

  at(name: BlockName): Block {
    return this.blockAt(this.#rowOf(name));
  }

  overlapping(start: Address, count: ByteCount, except: BlockName): boolean {
    let row = this.#sorted.below(start + count);
    if (row !== undefined && this.#cell(row, NAME) === except) row = this.#sorted.previous();
    return row !== undefined && this.#cell(row, START) + this.#cell(row, REACH) > start;
  }

  hasFreeRun(extent: readonly Range[], count: number): boolean {
    const reachOf = (row: number): number => this.#cell(row, REACH);
    return extent.some((part) => hasGap(this.#sorted, part, count, reachOf));
  }

  with({ name, start, size, align, reach }: Block): this {
    let row = this.#rowOf(name);
    if (row === NOBODY) row = this.#takeRow(name);
    else if (this.#cell(row, REACH) > 0) this.#sorted.remove(this.#cell(row, START));
    if (reach > 0) this.#sorted.insert(start, row);
    const cells = this.#cells;
    const first = COLUMNS * row;
    cells[first + START] = start;
    cells[first + SIZE] = size;
    cells[first + ALIGN] = align;
    cells[first + REACH] = reach;
    return this;
  }

  without(name: BlockName): this {
    const row = this.#rowOf(name);
    if (this.#cell(row, REACH) > 0) this.#sorted.remove(this.#cell(row, START));
    this.#rows.delete(name);
    this.#free[this.#freeCount] = row;
    this.#freeCount += 1;
    this.#knownName = NOBODY;
    this.#knownRow = NOBODY;
    return this;
  }

  /** Remembers with the block `name`, which is live, the call that placed it where it is, and its line. */
  note(name: BlockName, call: number, line: number): void {
    const first = COLUMNS * this.#rowOf(name);
    this.#cells[first + CALL] = call;
    this.#cells[first + LINE] = line;
  }

  /** The row of the block with bytes that starts next below `start`, or -1. */
  below(start: number): number {
    return this.#sorted.below(start) ?? NOBODY;
  }

  /** The row of the block with bytes that starts at `start` or next above it, or -1. */
  above(start: number): number {
    return this.#sorted.above(start) ?? NOBODY;
  }

  /** The block at `row`. */
  blockAt(row: number): Block {
    return {
      name: this.#cell(row, NAME) as BlockName,
      start: this.#cell(row, START) as Address,
      size: this.#cell(row, SIZE) as ByteCount,
      align: this.#cell(row, ALIGN) as Alignment,
      reach: this.#cell(row, REACH) as ByteCount,
    };
  }

  /** Where the call stands that placed the block at `row` where it is. */
  placeAt(row: number): LogPlace {
    return { at: this.#cell(row, CALL), line: this.#cell(row, LINE) };
  }

  #cell(row: number, column: number): number {
    return this.#cells[COLUMNS * row + column] as number;
  }

  #rowOf(name: BlockName): number {
    if (name === this.#knownName) return this.#knownRow;
    // Calls that are about no block have a name that no block has.
    const row = name < 0 ? NOBODY : this.#rows.get(name);
    this.#knownName = name;
    this.#knownRow = row;
    return row;
  }

  #takeRow(name: BlockName): number {
    let row = this.#rowCount;
    if (this.#freeCount > 0) {
      this.#freeCount -= 1;
      row = this.#free[this.#freeCount] as number;
    } else {
      this.#rowCount += 1;
      if (this.#rowCount > this.#free.length) this.#grow();
    }
    this.#rows.set(name, row);
    this.#cells[COLUMNS * row + NAME] = name;
    this.#knownName = name;
    this.#knownRow = row;
    return row;
  }

  #grow(): void {
    const cells = new Float64Array(2 * this.#cells.length);
    cells.set(this.#cells);
    this.#cells = cells;
    const free = new Int32Array(2 * this.#free.length);
    free.set(this.#free);
    this.#free = free;
  }
}

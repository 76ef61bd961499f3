/** The record of a heap in memory: what every theorem about a heap's own words is about. */
import {
  EMPTY_COUNT_OFFSET,
  emptyAt,
  MAY_OFFSET,
  type Memory,
  RECORD_SIZE,
  type SlabClass,
} from "#impl";
import type { Address, Branded } from "#units";
import type { Page } from "../heap/span-in-memory.ts";

/**
 * A record of 512 bytes, by its number: of the first 2^52 bytes.
 *
 * @range 0..2^43-1
 */
export type RecordNumber = Branded<"RecordNumber">;

/** Memory, and the record in it that says what one heap has. */
export interface RecordInMemory {
  readonly memory: Memory;
  readonly record: RecordNumber;
}

/** Where the record begins. */
export function recordOf({ record }: RecordInMemory): Address {
  return (RECORD_SIZE * record) as Address;
}

/** Where what is kept of `page` begins. */
export function halfOfPage(page: Page): Address {
  return (4096 * page) as Address;
}

/** Whether the record lies in memory. */
export function isRecord(zone: RecordInMemory): boolean {
  return isWithin(zone.memory, recordOf(zone), RECORD_SIZE);
}

/** Whether what is kept of `page` lies in memory, and has no byte of the record. */
export function isApart(zone: RecordInMemory, page: Page): boolean {
  const record = recordOf(zone);
  const half = halfOfPage(page);
  const isOutside = record + RECORD_SIZE <= half || half + 4096 <= record;
  return isWithin(zone.memory, half, 4096) && isOutside;
}

/** The link to the first empty page of class `index`. */
export function firstEmpty(zone: RecordInMemory, index: SlabClass): number {
  return zone.memory.readWord(emptyAt(recordOf(zone), index));
}

/** The word of the classes that the record says have an empty page. */
export function classesWithEmpty(zone: RecordInMemory): number {
  return zone.memory.readWord((recordOf(zone) + MAY_OFFSET) as Address);
}

/** How many empty pages the record says that there are. */
export function emptyCount(zone: RecordInMemory): number {
  return zone.memory.readWord((recordOf(zone) + EMPTY_COUNT_OFFSET) as Address);
}

/** Whether `at` is the address of a word of memory. */
export function isWordAt(memory: Memory, at: Address): boolean {
  return isWithin(memory, at, 4) && at % 4 === 0;
}

function isWithin(memory: Memory, at: number, size: number): boolean {
  return memory.start <= at && at <= memory.start + memory.size - size;
}

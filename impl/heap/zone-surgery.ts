/**
 * What is written to the record of a heap beside its lists, where a page comes to the empty ones or goes.
 *
 *     empty     list of class c ──► page ──► page ──► 0
 *     may       c is in it exactly if there is such a page
 *     count     one more for each page that comes, one less for each that goes
 *
 * Nothing loops here, so for heaps of any number of pages it is proved what each of them does.
 */
import type { Address } from "#units";
import type { Memory } from "../memory/memory.ts";
import { EMPTY_COUNT_OFFSET, MAY_OFFSET } from "./zone-record.ts";

/** Notes that there are `by` more empty pages, and that the classes of `may` have some from then on. */
export function noteEmpty(store: Memory, record: Address, by: number, may: number): void {
  addTo(store, record, EMPTY_COUNT_OFFSET, by);
  store.writeWord((record + MAY_OFFSET) as Address, may);
}

/** Makes the word of a record at `offset` larger by `by`, or smaller. */
export function addTo(store: Memory, record: Address, offset: number, by: number): void {
  const at = (record + offset) as Address;
  store.writeWord(at, store.readWord(at) + by);
}

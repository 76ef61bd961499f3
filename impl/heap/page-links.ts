/**
 * The writes that put a slab page into a list and take one out: what `page-list.ts` does once it has looked
 * up where the pages lie.
 *
 *     before    head ──► … ──► before ──► page ──► after ──► …
 *     after     head ──► … ──► before ───────────► after ──► …
 *
 * A link is the number of a page plus 1, or `NO_LINK`; with each link comes where the half of its page is,
 * which is not looked at if there is no page. Nothing loops here, so for lists of any length it is proved
 * what each of them does.
 */
import { assert } from "#support";
import type { Address } from "#units";
import type { Memory } from "../memory/memory.ts";
import { NO_LINK, nextLink, previousLink, setNextLink, setPreviousLink } from "./slab-page.ts";

/** Puts the page of `link` in front of `first`, to which the word at `head` leads. */
export function linkPage(
  store: Memory,
  head: Address,
  link: number,
  half: Address,
  first: number,
  firstHalf: Address,
): void {
  assert(first !== link, "a page is put into a list once");
  setNextLink(store, half, first);
  setPreviousLink(store, half, NO_LINK);
  if (first !== NO_LINK) setPreviousLink(store, firstHalf, link);
  store.writeWord(head, link);
}

/** Takes the page of `link` out, which lies between `before` and `after`. */
export function unlinkPage(
  store: Memory,
  head: Address,
  link: number,
  before: number,
  beforeHalf: Address,
  after: number,
  afterHalf: Address,
): void {
  const led = before === NO_LINK ? store.readWord(head) : nextLink(store, beforeHalf);
  assert(led === link, "a page leaves the list that it is in");
  if (after !== NO_LINK) setPreviousLink(store, afterHalf, before);
  if (before === NO_LINK) store.writeWord(head, after);
  else setNextLink(store, beforeHalf, after);
}

/** Whether a page that is in a list, and whose half is at `half`, has none in front of it and none behind. */
export function hasNoNeighbour(store: Memory, half: Address): boolean {
  return nextLink(store, half) === NO_LINK && previousLink(store, half) === NO_LINK;
}

/**
 * Lists of slab pages: doubly linked through what each page keeps, so that any page leaves in one step.
 *
 *     head ──► page ──next──► page ──next──► page ──► 0
 *         0 ◄── page ◄previous─ page ◄previous─ page
 *
 * A link is the number of a page plus 1, so that memory of zeroes is empty lists. `head` is where, in
 * the store of the area, the link to the first page lies.
 */
import type { Address } from "#units";
import { hasNoNeighbour, linkPage, unlinkPage } from "./page-links.ts";
import { NO_LINK, nextLink, previousLink } from "./slab-page.ts";
import type { SlabPages } from "./slab-pages.ts";

/** Puts `page`, which is in no list, and whose half is at `half`, in front of the list. */
export function pushPage(pages: SlabPages, head: Address, page: number, half: Address): void {
  const first = pages.store.readWord(head);
  const firstHalf = first === NO_LINK ? half : pages.half(first - 1);
  linkPage(pages.store, head, page + 1, half, first, firstHalf);
}

/** Takes `page`, whose half is at `half`, out of the list that it is in. */
export function removePage(pages: SlabPages, head: Address, page: number, half: Address): void {
  const { store } = pages;
  const after = nextLink(store, half);
  const before = previousLink(store, half);
  const afterHalf = after === NO_LINK ? half : pages.half(after - 1);
  const beforeHalf = before === NO_LINK ? half : pages.half(before - 1);
  unlinkPage(store, head, page + 1, before, beforeHalf, after, afterHalf);
}

/** Whether the page whose half is at `half`, and which is in a list, is the only one there. */
export function isAlone({ store }: SlabPages, half: Address): boolean {
  return hasNoNeighbour(store, half);
}

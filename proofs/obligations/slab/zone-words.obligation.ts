/**
 * A take and a put as wholes, as a heap makes them: first the words of the page, then those of the lists. Of
 * any memory it is proved that the second change no word of the first, so what is proved of a block that is
 * taken or freed is true of the whole: one block more is live, or one less. That the first change
 * no link is `takingWritesThreeWords` and `freeingWritesThreeWords`.
 *
 * Where the neighbours of a page lie is looked up by the heap, which is tested.
 */
import {
  type BitsWord,
  bitsOf,
  isFreeAmong,
  linkPage,
  liveAmong,
  liveBlocks,
  type Memory,
  nextLink,
  roomsOf,
  type SlabBlock,
  unlinkPage,
} from "#impl";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import type { Page } from "../heap/span-in-memory.ts";
import type { PageLink } from "./heap-map.obligation.ts";
import { halfOf, isInMemory, isPage, isWord, type SlabInMemory } from "./slab-in-memory.ts";

/** What is kept of the blocks of a page, 32 of them. */
interface KeptWords {
  readonly bits: number;
  readonly rooms: number;
  readonly live: number;
}

/**
 * Whichever page leaves a list, from between any others, every page has the same blocks afterwards, and counts
 * as many of them: the page itself, its neighbours, and all others.
 *
 * @proves slab-unlink, slab-take, slab-free
 */
export function leavingAListKeepsTheBlocks(
  slab: SlabInMemory,
  head: Address,
  link: PageLink,
  above: PageLink,
  before: Page,
  below: PageLink,
  after: Page,
  word: BitsWord,
): boolean {
  const { memory } = slab;
  assume(isInMemory(slab) && isHeadApart(slab, head));
  assume(isThere(memory, before) && isThere(memory, after));
  assume(link === (above === 0 ? memory.readWord(head) : nextOf(memory, before)));
  const kept = keptWords(slab, word);
  unlinkPage(memory, head, link, above, halfAt(before), below, halfAt(after));
  return isSame(kept, keptWords(slab, word));
}

/**
 * Whichever page comes to a list, every page has the same blocks afterwards, and counts as many of them.
 *
 * @proves slab-link, slab-take, slab-free
 */
export function comingToAListKeepsTheBlocks(
  slab: SlabInMemory,
  head: Address,
  link: PageLink,
  page: Page,
  first: Page,
  word: BitsWord,
): boolean {
  const { memory } = slab;
  assume(isInMemory(slab) && isHeadApart(slab, head));
  assume(isThere(memory, page) && isThere(memory, first));
  assume(memory.readWord(head) !== link);
  const kept = keptWords(slab, word);
  linkPage(memory, head, link, halfAt(page), memory.readWord(head), halfAt(first));
  return isSame(kept, keptWords(slab, word));
}

/**
 * The blocks of a word are all live exactly if the word is said to have no room. So a page that counts its live
 * blocks, word by word, counts all exactly if no word has room: that is when a take says that it was
 * the last, and when the page is in no list.
 *
 * @proves slab-count-exact, plan-take
 * @mode bits
 */
export function wordsWithoutRoomCountAll(slab: SlabInMemory, block: SlabBlock): boolean {
  const { memory, count } = slab;
  const word = (block >> 5) as BitsWord;
  assume(isInMemory(slab) && block < count && isPage(slab, [block]));
  const half = halfOf(slab);
  const isFull = liveAmong(memory, half, count, word) === Math.min(32, count - 32 * word);
  return isFull === !isFreeAmong(roomsOf(memory, half), word);
}

function keptWords(slab: SlabInMemory, word: BitsWord): KeptWords {
  const { memory } = slab;
  const half = halfOf(slab);
  return {
    bits: bitsOf(memory, half, word),
    rooms: roomsOf(memory, half),
    live: liveBlocks(memory, half),
  };
}

function isSame(one: KeptWords, other: KeptWords): boolean {
  return one.bits === other.bits && one.rooms === other.rooms && one.live === other.live;
}

function halfAt(page: Page): Address {
  return (4096 * page) as Address;
}

/** Whether the word at `head` is one of memory, and not one of what is kept of the page. */
function isHeadApart(slab: SlabInMemory, head: Address): boolean {
  const half = halfOf(slab);
  return isWord(slab, head) && (head + 4 <= half || half + 4096 <= head);
}

/** Whether what is kept of a page may lie at `page`. */
function isThere(memory: Memory, page: Page): boolean {
  const half = halfAt(page);
  return memory.start <= half && half + 4096 <= memory.start + memory.size;
}

/** The link in what is kept at `page` to the page that follows. */
function nextOf(memory: Memory, page: Page): number {
  return nextLink(memory, halfAt(page));
}

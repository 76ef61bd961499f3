/**
 * A page of 8 KiB that holds objects of one size, and all that is known about it in its last bytes.
 *
 *     offset   0                   8064                    8104      8112   8120   8128        8192
 *              ├──── objects ──────┼─ mapping of the page ─┼ heap id ┼ next ┼ prev ┼─ bitmap ──┤
 *                                    40 bytes                                       8 × 64 bits
 *
 * A bit is set where an object is granted or where there is none. The page owns its own mapping,
 * which is why only an empty page can be given away. The bitmap has 512 bits, so 8-byte objects use
 * half of a page.
 *
 * A search takes each word of the bitmap in turn, and of each only its lowest clear bit. If that
 * slot has the wrong alignment the next word is tried, not the next bit: a page may have suitable
 * slots that are never looked at.
 */
import { expectOrPanic } from "./kernel-failure.ts";
import type { KernelMemory } from "./kernel-memory.ts";

export const OBJECT_PAGE_SIZE = 8192;
export const OBJECT_SIZE_MAX = 8064;

const MAPPING_OFFSET = 8064;
const HEAP_ID_OFFSET = 8104;
const NEXT_OFFSET = 8112;
const PREVIOUS_OFFSET = 8120;
const BITMAP_OFFSET = 8128;
const BITMAP_BITS = 512;
const ALL_ONES = 0xffff_ffff;

/** The address of the page that `address` lies in. */
export function objectPageOf(address: number): number {
  return address - (address % OBJECT_PAGE_SIZE);
}

export function objectsPerPage(size: number): number {
  return Math.min(Math.floor(OBJECT_SIZE_MAX / size), BITMAP_BITS);
}

/** Builds a page for objects of `size` bytes in place: everything in it is written. */
export function buildPage(memory: KernelMemory, page: number, heapId: number, size: number): void {
  memory.clear(page, OBJECT_PAGE_SIZE);
  memory.write(page + MAPPING_OFFSET, page);
  memory.write(page + HEAP_ID_OFFSET, heapId);
  const count = objectsPerPage(size);
  for (let bit = 0; bit < BITMAP_BITS; bit += 32) {
    const isFree = Math.max(0, Math.min(count - bit, 32));
    const mask = isFree === 32 ? 0 : (ALL_ONES << isFree) >>> 0;
    memory.writeHalf(page + BITMAP_OFFSET + bit / 8, mask);
  }
}

/** Takes the mapping out of the page: whoever has it is the owner of the page. */
export function takeMapping(memory: KernelMemory, page: number): void {
  memory.write(page + MAPPING_OFFSET, 0);
}

export function heapIdOf(memory: KernelMemory, page: number): number {
  return memory.read(page + HEAP_ID_OFFSET);
}

export function nextOf(memory: KernelMemory, page: number): number {
  return memory.read(page + NEXT_OFFSET);
}

export function setNext(memory: KernelMemory, page: number, next: number): void {
  memory.write(page + NEXT_OFFSET, next);
}

export function previousOf(memory: KernelMemory, page: number): number {
  return memory.read(page + PREVIOUS_OFFSET);
}

export function setPrevious(memory: KernelMemory, page: number, previous: number): void {
  memory.write(page + PREVIOUS_OFFSET, previous);
}

/** Grants an object of `size` bytes: its address, or 0. */
export function allocateIn(
  memory: KernelMemory,
  page: number,
  size: number,
  align: number,
): number {
  for (let word = 0; word < BITMAP_BITS / 64; word++) {
    const bit = lowestClearBit(memory, page, word);
    if (bit < 0) continue;
    const offset = bit * size;
    if (offset > OBJECT_SIZE_MAX - size) return 0;
    if ((page + offset) % align !== 0) continue;
    const half = page + BITMAP_OFFSET + 4 * Math.floor(bit / 32);
    memory.writeHalf(half, memory.readHalf(half) + 2 ** (bit % 32));
    return page + offset;
  }
  return 0;
}

/** Takes back the object at `address`, which the caller says has `size` bytes. */
export function deallocateIn(memory: KernelMemory, address: number, size: number): void {
  const page = objectPageOf(address);
  const offset = address - page;
  expectOrPanic(offset % size === 0, "a freed address is that of an object");
  const bit = offset / size;
  expectOrPanic(bit < BITMAP_BITS, "a bit of the bitmap exists");

  const half = page + BITMAP_OFFSET + 4 * Math.floor(bit / 32);
  const isSet = Math.floor(memory.readHalf(half) / 2 ** (bit % 32)) % 2 === 1;
  expectOrPanic(isSet, "a freed object is marked as allocated");
  memory.writeHalf(half, memory.readHalf(half) - 2 ** (bit % 32));
}

export function isFull(memory: KernelMemory, page: number): boolean {
  for (let offset = 0; offset < BITMAP_BITS / 8; offset += 4) {
    if (memory.readHalf(page + BITMAP_OFFSET + offset) !== ALL_ONES) return false;
  }
  return true;
}

/** Whether the first `count` bits are clear, whatever the others are. */
export function isEmpty(memory: KernelMemory, page: number, count: number): boolean {
  return setBits(memory, page, count) === 0;
}

/** How many of the first `count` bits are set. */
export function setBits(memory: KernelMemory, page: number, count: number): number {
  let set = 0;
  for (let bit = 0; bit < count; bit += 32) {
    let half = memory.readHalf(page + BITMAP_OFFSET + bit / 8);
    if (count - bit < 32) half %= 2 ** (count - bit);
    for (; half !== 0; half = Math.floor(half / 2)) set += half % 2;
  }
  return set;
}

/** The bitmap as text. */
export function bitmapText(memory: KernelMemory, page: number): string {
  const halves: string[] = [];
  for (let offset = 0; offset < BITMAP_BITS / 8; offset += 4) {
    halves.push(memory.readHalf(page + BITMAP_OFFSET + offset).toString(36));
  }
  return halves.join(".");
}

function lowestClearBit(memory: KernelMemory, page: number, word: number): number {
  const at = page + BITMAP_OFFSET + 8 * word;
  const low = memory.readHalf(at);
  if (low !== ALL_ONES) return 64 * word + lowestClear(low);
  const high = memory.readHalf(at + 4);
  return high === ALL_ONES ? -1 : 64 * word + 32 + lowestClear(high);
}

/** Of a half that is not all ones: the lowest bit that is clear. */
function lowestClear(half: number): number {
  const clear = ~half;
  return 31 - Math.clz32(clear & -clear);
}

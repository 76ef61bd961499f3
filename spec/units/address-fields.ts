/**
 * The fields of a virtual address: which entry of each page table it selects, and which byte of the page.
 *
 *      47      39 38      30 29      21 20      12 11          0
 *     ├──────────┼──────────┼──────────┼──────────┼─────────────┤
 *     │ level 4  │ level 3  │ level 2  │ level 1  │   offset    │
 *     └──────────┴──────────┴──────────┴──────────┴─────────────┘
 *     ├──────────────── page number ──────────────┤
 *     ├───── high word ────┤├────────────── low word ───────────┤   bits 47..32 and 31..0
 *
 * The root of the tables has level 4. An address is taken apart into two words once, and its fields are
 * shifts of these: repeated divisions cost half as much again, and a `bigint` sixty times as much.
 */
import type { Branded } from "./brand.ts";
import type { PageNumber } from "./page.ts";
import type { VirtualAddress } from "./virtual-address.ts";
import { highWord, lowWord, type Word32 } from "./word.ts";

/** How far a table is from the bytes: the entries of level 1 show pages, the root has level 4. */
export type TableLevel = 1 | 2 | 3 | 4;

/** The levels whose entries can show bytes: pages of 4 KiB, 2 MiB and 1 GiB. */
export type LeafLevel = 1 | 2 | 3;

/**
 * The number of an entry in its table.
 *
 * @range 0..511
 */
export type TableIndex = Branded<"TableIndex">;

/**
 * The number of a byte in its page.
 *
 * @range 0..4095
 */
export type PageOffset = Branded<"PageOffset">;

/** The entry of the table of `level` that `address` selects. */
export function tableIndex(address: VirtualAddress, level: TableLevel): TableIndex {
  return tableIndexOf(highWord(address), lowWord(address), level);
}

/** The same of an address that is taken apart already. */
export function tableIndexOf(high: Word32, low: Word32, level: TableLevel): TableIndex {
  switch (level) {
    case 4:
      return ((high >>> 7) & 511) as TableIndex;
    case 3:
      return (((high << 2) | (low >>> 30)) & 511) as TableIndex;
    case 2:
      return ((low >>> 21) & 511) as TableIndex;
    case 1:
      return ((low >>> 12) & 511) as TableIndex;
  }
}

/** The page that the byte at `address` is in: a number below 2^36. */
export function pageContaining(address: VirtualAddress): PageNumber {
  return Math.floor(address / 4096) as PageNumber;
}

/** The byte of its page that is at `address`. */
export function pageOffset(address: VirtualAddress): PageOffset {
  return (lowWord(address) & 4095) as PageOffset;
}

/** The address of the first byte of `page`, which is below 2^36. */
export function firstByteOf(page: PageNumber): VirtualAddress {
  return (page * 4096) as VirtualAddress;
}

/** How many pages of 4 KiB an entry of the table of `level` stands for: 1, 512, 512^2, 512^3. */
export function pagesUnder(level: TableLevel): number {
  switch (level) {
    case 4:
      return 134_217_728;
    case 3:
      return 262_144;
    case 2:
      return 512;
    case 1:
      return 1;
  }
}

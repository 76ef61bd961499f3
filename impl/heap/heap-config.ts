/** How a system of heaps is made, and each of its heaps. */
import { demand } from "#support";
import type { Address, Key } from "#units";
import { type KeyPolicy, perCore } from "./key-policy.ts";
import { SLAB_CLASS_COUNT } from "./slab-class.ts";

/** How one heap is made; heaps that differ live side by side. */
export interface HeapConfig {
  /** Bit c is 1 if the heap has class c; class 31 is in every heap. */
  readonly classes: number;
  /** With how many empty pages a heap begins to give them away. */
  readonly threshold: number;
  /** How many pages are mapped when a heap grows, at once if they are to be had in a row. */
  readonly batch: number;
  /** How many pages a heap has when it is made at the switch. */
  readonly firstPages: number;
}

export const USUAL_HEAP: HeapConfig = {
  classes: 0xffff_ffff,
  threshold: 22,
  batch: 8,
  firstPages: 4,
};

export interface CombinationConfig {
  /** Where the area of the heaps begins: a multiple of 8192 among the kernel's pages for heaps. */
  readonly start: Address;
  /** How many pages of 8 KiB the area has, those of its book and of the initial heap included. */
  readonly pageCount: number;
  /** How many of them the initial heap has. */
  readonly initialPages: number;
  readonly keyCount: number;
  readonly policy: KeyPolicy;
  readonly heap: (key: Key) => HeapConfig;
}

export const USUAL_COMBINATION: CombinationConfig = {
  start: 0xfe80_0000_0000 as Address,
  pageCount: 4096,
  initialPages: 128,
  keyCount: 16,
  policy: perCore,
  heap: () => USUAL_HEAP,
};

/** `config`, which makes sense. */
export function checkedHeap(config: HeapConfig): HeapConfig {
  demand(config.classes >>> (SLAB_CLASS_COUNT - 1) === 1, "every heap has the last class");
  demand(config.threshold >= 0 && config.batch >= 1, "a heap grows by a page at least");
  return config;
}

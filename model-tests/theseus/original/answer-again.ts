/**
 * Asks the algorithms here what the original was asked, and compares answer with answer.
 *
 * Addresses of a log count from a base that every alignment in it divides; here that is 1 MiB. The
 * reason of a refusal, a panic, a page that is handed back and every count are answers as well.
 */
import type { HeapRecord, HeapRecords } from "../heap-records.ts";
import { FallbackHeap } from "./fallback-heap.ts";
import { FixedSizeBlockAllocator } from "./fixed-size-block-allocator.ts";
import { KernelPanic } from "./kernel-failure.ts";
import { KernelMemory, PAGE_SIZE } from "./kernel-memory.ts";
import { OBJECT_PAGE_SIZE } from "./object-page.ts";
import { ZoneAllocator } from "./zone-allocator.ts";

const BASE = 2 ** 20;
const HEAP_ID = 7;

export interface Agreement {
  /** How many answers were compared, and how many were the original's. */
  readonly compared: number;
  readonly same: number;
  /** The first record that was answered otherwise, and how. */
  readonly different?: { readonly record: HeapRecord; readonly answer: Partial<HeapRecord> };
}

/** What is asked of an allocator of either kind. */
interface Asked {
  alloc(size: number, align: number): Partial<HeapRecord>;
  dealloc(at: number, size: number, align: number): void;
  refill(page: number, size: number): void;
  retrieve(threshold: number): Partial<HeapRecord>;
  stat(): Partial<HeapRecord>;
}

/** The layout and place of each block, by the name that the log gives it. */
type Blocks = Map<number, { readonly at: number; readonly size: number; readonly align: number }>;

export function answerAgain({ component, heapSize, records }: HeapRecords): Agreement {
  const asked = component === "slab" ? zone(records) : heap(component, heapSize);
  const blocks: Blocks = new Map();
  let compared = 0;
  let same = 0;
  let different: Agreement["different"];
  for (const record of records) {
    if (record.call === "note") continue;
    const answer = answerTo(record, asked, blocks);
    const keys = ["at", "err", "outcome", "empty", "used", "free"] as const;
    const isPageAnswer = record.call === "retrieve" && answer.page !== record.page;
    const isSame = !isPageAnswer && keys.every((key) => answer[key] === record[key]);
    compared += 1;
    if (isSame) same += 1;
    else different ??= { record, answer };
  }
  return different === undefined ? { compared, same } : { compared, same, different };
}

function answerTo(record: HeapRecord, asked: Asked, blocks: Blocks): Partial<HeapRecord> {
  const { call, id = 0 } = record;
  switch (call) {
    case "alloc": {
      const { size = 0, align = 1 } = record;
      const answer = asked.alloc(size, align);
      if (typeof answer.at === "number") blocks.set(id, { at: answer.at, size, align });
      return answer;
    }
    case "dealloc": {
      const block = blocks.get(id) ?? { at: 0, size: 0, align: 1 };
      const { size = block.size, align = block.align, offset = 0 } = record;
      return panicking(() => asked.dealloc(block.at + offset, size, align));
    }
    case "refill":
      asked.refill(record.page ?? 0, record.size ?? 0);
      return {};
    case "retrieve":
      return asked.retrieve(record.threshold ?? 0);
    case "stat":
      return asked.stat();
    case "note":
      return {};
  }
}

function heap(component: "block" | "hole-list", size: number): Asked {
  const memory = new KernelMemory(BASE + size);
  memory.map(BASE / PAGE_SIZE, size / PAGE_SIZE);
  const list = component === "hole-list" ? new FallbackHeap(memory, BASE, size) : undefined;
  const allocator = list ?? new FixedSizeBlockAllocator(memory, BASE, size);
  return {
    alloc: (bytes, align) => {
      const at = allocator.allocate(bytes, align);
      return { at: at === 0 ? null : at - BASE };
    },
    dealloc: (at, bytes, align) => allocator.deallocate(BASE + at, bytes, align),
    refill: () => undefined,
    retrieve: () => ({}),
    stat: () => (list === undefined ? {} : { used: list.used, free: size - list.used }),
  };
}

function zone(records: readonly HeapRecord[]): Asked {
  const last = records.reduce((page, record) => Math.max(page, record.page ?? 0), 0);
  const size = (last + 1) * OBJECT_PAGE_SIZE;
  const memory = new KernelMemory(BASE + size);
  memory.map(BASE / PAGE_SIZE, size / PAGE_SIZE);
  const allocator = new ZoneAllocator(memory, HEAP_ID);
  return {
    alloc: (bytes, align) => {
      const answer = allocator.allocate(bytes, align);
      return typeof answer === "number" ? { at: answer - BASE } : { at: null, err: answer };
    },
    dealloc: (at, bytes) => allocator.deallocate(BASE + at, bytes),
    refill: (page, bytes) => allocator.refill(BASE + page * OBJECT_PAGE_SIZE, bytes),
    retrieve: (threshold) => {
      const page = allocator.retrieveEmptyPage(threshold);
      return { page: page === 0 ? null : (page - BASE) / OBJECT_PAGE_SIZE };
    },
    stat: () => ({ empty: allocator.emptyPages() }),
  };
}

function panicking(ask: () => void): Partial<HeapRecord> {
  try {
    ask();
    return {};
  } catch (error) {
    if (error instanceof KernelPanic) return { outcome: "panic" };
    throw error;
  }
}

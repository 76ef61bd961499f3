/** What translating an address costs, and mapping pages: ours, and as one would write it first. */
import {
  entryFlags,
  Mmu,
  PageTables,
  PageWalk,
  PhysicalMemory,
  READING,
  TableFrames,
  Tlb,
  USUAL_SETUP,
  USUAL_TLB,
  WRITABLE,
} from "#impl";
import {
  type CoreId,
  type FrameNumber,
  frameNumber,
  type PageNumber,
  type VirtualAddress,
} from "#units";
import { NaivePaging } from "./naive-paging.ts";
import { now } from "./statistics.ts";

export const PAGING_NAMES = ["hit", "miss", "walk", "map 1", "map 64", "map 4096"] as const;
export type PagingName = (typeof PAGING_NAMES)[number];
export const PAGING_KINDS = ["ours", "naive"] as const;
export type PagingKind = (typeof PAGING_KINDS)[number];

/** The pages begin at index 509 of the root, where kernels have their heap. */
const HEAP = 0xfe80_0000_0000;
const TLB_SIZE = USUAL_TLB.small.sets * USUAL_TLB.small.ways;
/** Pages that a TLB keeps all of, and far more than it keeps. */
const PAGES = { few: 100, many: 4096 };

/** Nanoseconds for one translation or walk, or for mapping and unmapping one page. */
export function nsOfPaging(kind: PagingKind, name: PagingName, steps: number): number {
  const [verb, count] = name.split(" ");
  if (verb === "map")
    return kind === "ours" ? mapOurs(Number(count), steps) : mapNaive(Number(count), steps);
  return kind === "ours" ? translateOurs(name, steps) : translateNaive(name, steps);
}

function translateOurs(name: PagingName, steps: number): number {
  const { memory, tables } = ours();
  const count = name === "hit" ? PAGES.few : PAGES.many;
  const first = (HEAP / 4096) as PageNumber;
  tables.map({ first, count, level: 1 }, frameNumber, entryFlags(WRITABLE));
  // A typed array, so that reading an address from it allocates no number.
  const addresses = Float64Array.from(offsetsOf(count), (offset) => HEAP + offset);
  const mmu = new Mmu(memory, tables.root, new Tlb(0 as CoreId));
  const walk = new PageWalk(memory, USUAL_SETUP);
  const once = (rounds: number): number =>
    name === "walk"
      ? walkAll(walk, tables.root, addresses, rounds)
      : translateAll(mmu, addresses, rounds);
  once(50);
  const rounds = Math.ceil(steps / count);
  const start = now();
  const sum = once(rounds);
  const taken = now() - start;
  if (sum < 0) throw new Error("a page is mapped before it is used");
  return taken / (rounds * count);
}

function translateAll(mmu: Mmu, addresses: Float64Array, rounds: number): number {
  let sum = 0;
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < addresses.length; index++) {
      const physical: number = mmu.translate(addresses[index] as VirtualAddress, READING);
      sum ^= physical;
    }
  }
  return sum;
}

function walkAll(
  walk: PageWalk,
  root: FrameNumber,
  addresses: Float64Array,
  rounds: number,
): number {
  let sum = 0;
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < addresses.length; index++) {
      sum ^= walk.run(root, addresses[index] as VirtualAddress, READING);
    }
  }
  return sum;
}

function translateNaive(name: PagingName, steps: number): number {
  const paging = new NaivePaging(TLB_SIZE);
  const count = name === "hit" ? PAGES.few : PAGES.many;
  const addresses = offsetsOf(count).map((offset) => BigInt(HEAP) + BigInt(offset));
  addresses.forEach((address, index) => void paging.map(address, BigInt(index)));
  const once = (rounds: number): number => {
    let sum = 0n;
    for (let round = 0; round < rounds; round++) {
      for (const address of addresses) {
        sum += name === "walk" ? paging.walk(address) : paging.translate(address);
      }
    }
    return Number(sum);
  };
  once(5);
  const rounds = Math.ceil(steps / 10 / count);
  const start = now();
  const sum = once(rounds);
  const taken = now() - start;
  if (sum <= 0) throw new Error("a page is mapped before it is used");
  return taken / (rounds * count);
}

function mapOurs(count: number, steps: number): number {
  const { memory, tables } = ours();
  const mmu = new Mmu(memory, tables.root, new Tlb(0 as CoreId));
  const first = (HEAP / 4096) as PageNumber;
  const flags = entryFlags(WRITABLE);
  const run = { first, count, level: 1 } as const;
  const once = (): void => {
    const mapped = tables.map(run, frameNumber, flags);
    const pending = tables.unmap(run);
    if (!mapped.ok || !pending.ok) throw new Error("there are frames for every table");
    pending.value.flush(mmu);
    pending.value.complete();
  };
  return nsPerPage(once, count, steps);
}

function mapNaive(count: number, steps: number): number {
  const paging = new NaivePaging(TLB_SIZE);
  const first = BigInt(HEAP);
  const once = (): void => {
    for (let page = 0; page < count; page++) paging.map(first + BigInt(page) * 4096n, BigInt(page));
    for (let page = 0; page < count; page++) paging.unmap(first + BigInt(page) * 4096n);
  };
  return nsPerPage(once, count, steps / 10);
}

function nsPerPage(once: () => void, count: number, steps: number): number {
  for (let warm = 0; warm < 20_000; warm += count) once();
  const rounds = Math.max(2, Math.ceil(steps / 10 / count));
  const start = now();
  for (let round = 0; round < rounds; round++) once();
  return (now() - start) / (rounds * count);
}

/** Offsets in `count` pages, in an order that is no row. */
function offsetsOf(count: number): readonly number[] {
  return Array.from(
    { length: count },
    (_, index) => ((index * 37) % count) * 4096 + 8 * (index % 500),
  );
}

function ours(): { memory: PhysicalMemory; tables: PageTables } {
  const memory = new PhysicalMemory();
  const free = Array.from({ length: 64 }, (_, frame) => frameNumber(memory.frameCount - 1 - frame));
  const frames = new TableFrames(memory, {
    acquireFrame: () => free.pop() as FrameNumber,
    releaseFrame: (frame) => void free.push(frame),
  });
  return { memory, tables: new PageTables(frames, frames.acquire()) };
}

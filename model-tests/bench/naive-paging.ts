/**
 * Paging as one would write it first: addresses of 64 bits as `bigint`, tables in a `Map`, and a TLB that is
 * a `Map` too. It maps, unmaps and translates as ours does, and marks nothing.
 */
const PRESENT = 1n;
const FRAME_MASK = 0x000f_ffff_ffff_f000n;

export class NaivePaging {
  readonly #tables = new Map<bigint, BigUint64Array>([[0n, new BigUint64Array(512)]]);
  readonly #tlb = new Map<bigint, bigint>();
  readonly #tlbSize: number;
  #nextFrame = 1n;

  constructor(tlbSize: number) {
    this.#tlbSize = tlbSize;
  }

  map(address: bigint, frame: bigint): void {
    let table = this.#tables.get(0n) as BigUint64Array;
    for (let level = 4n; level > 1n; level--) {
      const index = Number((address >> (3n + 9n * level)) & 511n);
      if (((table[index] as bigint) & PRESENT) === 0n) {
        const fresh = this.#nextFrame++;
        this.#tables.set(fresh, new BigUint64Array(512));
        table[index] = (fresh << 12n) | PRESENT;
      }
      table = this.#tables.get((table[index] as bigint) >> 12n) as BigUint64Array;
    }
    table[Number((address >> 12n) & 511n)] = (frame << 12n) | PRESENT;
  }

  /** Unmaps a page, and gives back the tables that have become empty. */
  unmap(address: bigint): void {
    const path: { table: BigUint64Array; index: number }[] = [];
    let table = this.#tables.get(0n) as BigUint64Array;
    for (let level = 4n; level >= 1n; level--) {
      const index = Number((address >> (3n + 9n * level)) & 511n);
      path.push({ table, index });
      if (level > 1n) table = this.#tables.get((table[index] as bigint) >> 12n) as BigUint64Array;
    }
    this.#tlb.delete(address >> 12n);
    for (const { table: each, index } of path.reverse()) {
      const frame = (each[index] as bigint) >> 12n;
      each[index] = 0n;
      if (each !== table) this.#tables.delete(frame);
      if (each.some((entry) => entry !== 0n)) return;
    }
  }

  translate(address: bigint): bigint {
    const page = address >> 12n;
    const kept = this.#tlb.get(page);
    if (kept !== undefined) return (kept << 12n) | (address & 4095n);
    const physical = this.walk(address);
    if (this.#tlb.size >= this.#tlbSize) {
      this.#tlb.delete(this.#tlb.keys().next().value as bigint);
    }
    this.#tlb.set(page, physical >> 12n);
    return physical;
  }

  walk(address: bigint): bigint {
    let entry = 0n;
    for (let level = 4n; level >= 1n; level--) {
      const table = this.#tables.get(entry >> 12n) as BigUint64Array;
      entry = table[Number((address >> (3n + 9n * level)) & 511n)] as bigint;
      if ((entry & PRESENT) === 0n) throw new Error("a page is mapped before it is used");
      entry &= FRAME_MASK;
    }
    return entry | (address & 4095n);
  }
}

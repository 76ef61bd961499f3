/**
 * What a free and a request cost does not depend on how many blocks are live: counted in words of simulated memory,
 * in translations that had to be walked for, and in rounds of other cores, so the same on every machine.
 */
import { describe, expect, test } from "vitest";
import { RandomChoices } from "../generate/choices.ts";
import { madeCombination } from "../subjects/combination.ts";

interface Costs {
  readonly "memory-touches": number;
  readonly "tlb-misses": number;
  readonly shootdowns: number;
}

/** What exchanges cost each on average, and the dearest one of them. */
interface Exchanged {
  readonly mean: Costs;
  readonly worst: Costs;
}

const HERE = { core: 0, entity: 0 };
const ALIGN = 8;
const EXCHANGES = 3000;
const BOOK_BYTES = 2 ** 22;
const NAMES = ["memory-touches", "tlb-misses", "shootdowns"] as const;

/** A heap after the switch with `live` blocks, any of which is freed and another one requested instead. */
function exchanged(live: number, sizes: readonly number[]): Exchanged {
  const memoryBytes = BOOK_BYTES + live * Math.max(...sizes) * 1.5;
  const { instance } = madeCombination({ memoryBytes, cores: 1, reached: () => undefined });
  instance.switch?.(HERE);
  const draw = new RandomChoices(1);
  const starts = new Float64Array(live);
  const held = new Float64Array(live);
  const take = (index: number): void => {
    const size = sizes[draw.below(sizes.length)] as number;
    starts[index] = Number(instance.alloc(size, ALIGN, HERE));
    held[index] = size;
    if (starts[index] === 0) throw new Error("there is room for every block");
  };
  const exchange = (): void => {
    const index = draw.below(live);
    instance.dealloc(starts[index] as number, held[index] as number, ALIGN, HERE);
    take(index);
  };
  const costs = (): Costs => ({ ...instance.costs?.() }) as unknown as Costs;
  for (let index = 0; index < live; index++) take(index);
  for (let warm = 0; warm < EXCHANGES; warm++) exchange();

  const first = costs();
  let last = first;
  const worst = { "memory-touches": 0, "tlb-misses": 0, shootdowns: 0 };
  for (let each = 0; each < EXCHANGES; each++) {
    exchange();
    const now = costs();
    for (const name of NAMES) worst[name] = Math.max(worst[name], now[name] - last[name]);
    last = now;
  }
  const mean = (name: keyof Costs): number => (last[name] - first[name]) / EXCHANGES;
  return {
    mean: {
      "memory-touches": mean("memory-touches"),
      "tlb-misses": mean("tlb-misses"),
      shootdowns: mean("shootdowns"),
    },
    worst,
  };
}

describe("a free and a request cost no more", () => {
  test.each([1000, 10_000, 100_000, 1_000_000])("of one class beside %d live blocks", (live) => {
    const { worst } = exchanged(live, [64]);

    expect(worst["memory-touches"]).toBeGreaterThan(10);
    expect(worst["memory-touches"]).toBeLessThanOrEqual(26);
    // A million of them lie in more pages than a TLB has; a block and what is kept of it are in two.
    expect(worst["tlb-misses"]).toBeLessThanOrEqual(2);
    expect(worst.shootdowns).toBe(0);
  });

  // Of some classes a page may come from another one, or from nowhere: seldom, and in a bounded number of steps.
  test.each([1000, 10_000, 100_000])("of five classes beside %d live blocks", (live) => {
    const { mean, worst } = exchanged(live, [16, 48, 64, 120, 256]);

    expect(mean["memory-touches"]).toBeGreaterThan(10);
    expect(mean["memory-touches"]).toBeLessThanOrEqual(26);
    expect(mean["tlb-misses"]).toBeLessThanOrEqual(0.2);
    expect(worst["memory-touches"]).toBeLessThanOrEqual(256);
    expect(worst.shootdowns).toBe(0);
  });

  test.each([100, 1000, 10_000])("with pages of their own beside %d live blocks", (live) => {
    const { mean, worst } = exchanged(live, [9000, 20_000]);

    expect(mean["memory-touches"]).toBeGreaterThan(50);
    expect(mean["memory-touches"]).toBeLessThanOrEqual(150);
    expect(worst["memory-touches"]).toBeLessThanOrEqual(256);
    expect(worst.shootdowns).toBe(1);
  });
});

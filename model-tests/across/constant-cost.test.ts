/**
 * T-16: what a block of the largest class costs does not depend on how many are live. Each has a page of its own,
 * so a heap that looks at page after page for room takes longer the more there are.
 */
import { expect, test } from "vitest";
import { SLAB_SIZE_MAX } from "#impl";
import { madeCombination } from "../subjects/combination.ts";

/** Words that are read as well when a page has neighbours in its list. */
const LINKS = 2;
const HERE = { core: 0, entity: 0 };

test.each([1, 10, 100])(
  "a request and a free read no more words beside %d live blocks than beside none",
  (count) => {
    const options = { memoryBytes: 2 ** 21, cores: 1, reached: () => undefined };
    const { machine, instance } = madeCombination(options);
    let reads = 0;
    const { memory } = machine;
    const readWord = memory.readWord.bind(memory);
    memory.readWord = (at) => {
      reads += 1;
      return readWord(at);
    };
    const readsOfPair = (): number => {
      const before = reads;
      const start = Number(instance.alloc(SLAB_SIZE_MAX, 8, HERE));
      expect(start).toBeGreaterThan(0);
      expect(instance.dealloc(start, SLAB_SIZE_MAX, 8, HERE)).toBe(true);
      return reads - before;
    };
    instance.switch?.(HERE);
    readsOfPair();
    const few = readsOfPair();
    for (let made = 0; made < count; made++) instance.alloc(SLAB_SIZE_MAX, 8, HERE);
    readsOfPair();

    const many = readsOfPair();

    expect(few).toBeGreaterThan(5);
    expect(many).toBeLessThanOrEqual(few + LINKS);
  },
);

/**
 * The published package `@thi.ng/malloc`: one class, `MemPool`, with its default options.
 *
 * What is promised here is what its documentation says: blocks are aligned to 8 bytes; the pool
 * manages the bytes from `start` to `end`; neighbouring free blocks are merged, and the topmost is
 * given back; an address is freed once, `free` answers false otherwise. `malloc(0)` answers 0.
 */
import { MemPool } from "@thi.ng/malloc";
import type { Subject } from "../subject/subject.ts";

const START = 64;
/** The pool's own state, and the header before the first block. */
const STATE_BYTES = 40;
const GUARD_BYTES = 64;

export const thiNgMalloc: Subject = {
  name: "thi.ng-malloc",
  create: ({ memoryBytes }) => {
    const end = START + STATE_BYTES + memoryBytes;
    const buf = new ArrayBuffer(8 * Math.ceil((end + GUARD_BYTES) / 8));
    const memory = new Uint8Array(buf);
    const pool = new MemPool({ buf, start: START, end });
    const parts = [{ start: START, size: end - START }];
    return {
      alloc: (size) => pool.malloc(size),
      allocZeroed: (size) => pool.calloc(size),
      realloc: (address, _oldSize, _align, newSize) => pool.realloc(address, newSize),
      dealloc: (address) => pool.free(address),
      memory: () => memory,
      extent: () => parts,
    };
  },
  promises: {
    alignDefault: 8,
    reallocKeepsAlign: true,
    zeroSize: "refused",
    reclaims: true,
    rejects: ["double-free", "foreign-pointer", "interior-pointer"],
    touchesOnly: "extent",
    independentInstances: true,
  },
};

/**
 * One module with a correct allocator, that of AssemblyScript, and many that are wrong: which of them is judged
 * is said by the names of its functions.
 */

/**
 * Compiled with a runtime that is exported, so that what it collects can be judged too, and that does not work
 * before it is initialised.
 */
export const WRONG_OPTIONS: Readonly<Record<string, string | boolean>> = {
  runtime: "incremental",
  exportRuntime: true,
  exportStart: "_initialize",
};

export const WRONG_SOURCE: string = `
@external("env", "tell") declare function tell(size: u32): void;
@external("env", "answer") declare function answer(size: u32): u32;

export function __alloc(size: usize): usize { return heap.alloc(size); }
export function __realloc(start: usize, size: usize): usize { return heap.realloc(start, size); }
export function __free(start: usize): void { heap.free(start); }

export function ignore(start: u32): void {}

let top: u32 = 32768;
function placed(size: u32): u32 {
  const start = top;
  if (size > 30000 || start + size > 65536) return 0;
  top = (top + size + 7) & ~7;
  return start;
}

export function bump(size: u32): u32 { return placed(size); }

export function overlapping(size: u32): u32 { return size > 30000 ? 0 : 32768; }
export function crooked(size: u32, align: u32): u32 { return placed(size + 1) + 1; }
export function outside(size: u32): u32 { return 65536 * memory.size() - size + 1; }
export function negative(size: u32): u32 { return -1; }

export function trapping(size: u32): u32 { unreachable(); return 0; }
export function reaching(size: u32): u32 { return load<u32>(<usize>0xfffffff0); }
export function recursing(size: u32): u32 { return recursing(size) + size; }
export function looping(size: u32): u32 { while (true) {} return 0; }
export function aborting(size: u32): u32 { throw new Error("no luck today"); }

export function growing(size: u32): u32 {
  while (memory.grow(1) >= 0) {}
  return 0;
}

export function telling(size: u32): u32 { tell(size); return placed(size); }
export function asking(size: u32): u32 {
  if (answer(size) == 0) unreachable();
  return placed(size);
}

export function scribbling(start: u32): void { store<u8>(start - 8, 1); }
export function wide(size: u64): u64 { return 0; }
`;

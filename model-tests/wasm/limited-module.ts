/**
 * A module that may take less memory than it would: the same bytes, with another maximum.
 *
 * Nobody outside can refuse a module that grows its own memory. But to grow may always fail, so a module with
 * a lower maximum is one that runs on a smaller machine, and finds out only when it asks for more.
 */
import { WASM_PAGES_MAX } from "./engine.ts";
import type { Limits, ModuleShape } from "./module-shape.ts";

/** The most pages of a memory of `limits` that may grow by `growth`. */
export function pagesMax({ initial, maximum = WASM_PAGES_MAX }: Limits, growth: number): number {
  return Math.min(maximum, initial + growth, WASM_PAGES_MAX);
}

/** The module `code`, whose own memories may grow by `growth` pages. */
export function limitedModule(
  code: Uint8Array,
  { memories, memorySection }: ModuleShape,
  growth: number,
): Uint8Array {
  if (memorySection === undefined) return code;
  const entries = memories.flatMap((limits) => [
    HAS_MAXIMUM + (limits.isShared ? IS_SHARED : 0),
    ...encoded(limits.initial),
    ...encoded(pagesMax(limits, growth)),
  ]);
  const content = [...encoded(memories.length), ...entries];
  const section = [MEMORY_SECTION, ...encoded(content.length), ...content];
  const { start, end } = memorySection;
  const limited = new Uint8Array(start + section.length + code.length - end);
  limited.set(code.subarray(0, start));
  limited.set(section, start);
  limited.set(code.subarray(end), start + section.length);
  return limited;
}

const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

/** `value` without a sign, seven bits a byte, the lowest first. */
function encoded(value: number): readonly number[] {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value] : [(value % 128) + 128, ...encoded(rest)];
}

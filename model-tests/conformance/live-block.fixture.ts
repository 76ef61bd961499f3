/** A live block for tests: its name, where it starts, and the bytes that are its owner's. */
import type { Block } from "#spec";
import { address, alignment, blockName, bytes } from "#units";

/** The block `name` of `reach` bytes from `start` on. */
export function blockOf(name: number, start: number, reach: number): Block {
  return {
    name: blockName(name),
    start: address(start),
    size: bytes(reach),
    align: alignment(1),
    reach: bytes(reach),
  };
}

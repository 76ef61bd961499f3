/**
 * One allocator of pages or frames as its callers see it: what is promised, and what is held. What is
 * free is not in the state: it is every unit of an area that nobody holds, however an allocator keeps it.
 */
import type { Areas } from "./areas.ts";
import type { ChunkCall } from "./calls.ts";
import type { HeldChunks } from "./held-chunks.ts";

/** What one allocator promises. */
export interface ChunkContract extends Areas {
  readonly fallsBack: boolean; // a request for any units may end in a designated area
  readonly mergesBelow: boolean; // a chunk may take in the one before it, as well as the one behind
  /** How many chunks the allocator keeps track of before it has memory; then it may refuse. */
  readonly chunkCountMax: number | undefined;
}

export interface ChunkState {
  readonly contract: ChunkContract;
  readonly held: HeldChunks;
  readonly heldCount: number;
}

/** Whether `call` may be made now. */
export function isLegalChunkCall({ held }: ChunkState, call: ChunkCall): boolean {
  const { name } = call;
  switch (call.kind) {
    case "acquire":
      return !held.has(name) && (call.request.kind !== "aligned" || call.request.align >= 1);
    case "release":
      return held.has(name);
    case "split":
      return (
        held.has(name) &&
        call.below !== call.above &&
        !held.has(call.below) &&
        !held.has(call.above)
      );
    case "merge":
      return held.has(name) && held.has(call.other) && call.other !== name;
    case "misuse":
      return !held.has(name);
  }
}

/** Whether another chunk may be too many to keep track of. */
export function isFull({ contract, heldCount }: ChunkState): boolean {
  return contract.chunkCountMax !== undefined && heldCount >= contract.chunkCountMax;
}

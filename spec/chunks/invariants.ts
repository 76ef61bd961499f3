/**
 * What is true of every state that began without chunks and came about by steps that the judge admits.
 * That no admitted step can break it is proved.
 */
import type { InvariantOf } from "../support/index.ts";
import { overlaps } from "./held-chunks.ts";
import type { ChunkState } from "./state.ts";

export type ChunkInvariant = InvariantOf<ChunkState>;

export const CHUNK_INVARIANTS: readonly ChunkInvariant[] = [
  {
    name: "chunk-under-its-name",
    claim: "a chunk is held under the name that it has, and has a unit",
    holds: ({ held }) => held.every((chunk, name) => chunk.name === name && chunk.count >= 1),
  },
  {
    name: "chunks-apart",
    claim: "two chunks have no unit in common",
    holds: ({ held }) =>
      held.every((one) => held.every((other) => one.name === other.name || !overlaps(one, other))),
  },
  {
    name: "chunks-where-units-are",
    claim: "every unit of a chunk exists, and no seam is in between",
    holds: ({ contract, held }) => held.every((chunk) => held.covers(contract, "all", chunk)),
  },
];

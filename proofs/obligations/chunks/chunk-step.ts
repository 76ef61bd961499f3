/** One call of an allocator of pages or frames and what came of it, as the theorems about a step see it. */
import {
  CHUNK_RULES,
  type Chunk,
  type ChunkAnswer,
  type ChunkCall,
  type ChunkContract,
  type ChunkState,
  type ChunkVerdict,
  type HeldChunks,
  heldChunks,
  judgeChunks,
  overlaps,
} from "#spec";
import type { FiniteMap } from "#support";
import type { ChunkName } from "#units";

/** What is held, a call, and the answer to it. */
export interface HeldStep {
  readonly chunks: FiniteMap<ChunkName, Chunk>;
  readonly contract: ChunkContract;
  readonly heldCount: number;
  readonly call: ChunkCall;
  readonly answer: ChunkAnswer;
}

/** What is promised and held before the call. */
export function chunksBefore({ chunks, contract, heldCount }: HeldStep): ChunkState {
  return { contract, held: heldChunks(chunks), heldCount };
}

/** What the judge says of the step. */
export function verdictOnChunks(step: HeldStep): ChunkVerdict {
  return judgeChunks({ state: chunksBefore(step), call: step.call, answer: step.answer });
}

/** Whether the step breaks the rule that is called `rule`, or any rule. */
export function breaksChunkRule(step: HeldStep, rule?: string): boolean {
  const asRulesSeeIt = { state: chunksBefore(step), call: step.call, answer: step.answer };
  return CHUNK_RULES.some(
    ({ name, test }) => (rule === undefined || name === rule) && test(asRulesSeeIt) === "broken",
  );
}

/** Whether each chunk has a unit, and is held under the name that it has. */
export function areNamed(chunks: FiniteMap<ChunkName, Chunk>): boolean {
  return chunks.every((chunk, name) => chunk.name === name && chunk.count >= 1);
}

/** Whether no two chunks have a unit in common. */
export function areApart(chunks: FiniteMap<ChunkName, Chunk>): boolean {
  return chunks.every((one) =>
    chunks.every((other) => one.name === other.name || !overlaps(one, other)),
  );
}

/** Whether the two names, if both are held, are those of chunks without a common unit. */
export function namesAreApart(held: HeldChunks, one: ChunkName, two: ChunkName): boolean {
  return one === two || !held.has(one) || !held.has(two) || !overlaps(held.at(one), held.at(two));
}

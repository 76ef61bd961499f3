/** What is held after a step that the judge admits. */
import { isLegalChunkCall } from "#spec";
import type { ChunkName } from "#units";
import { assume } from "../assume.ts";
import {
  areApart,
  areNamed,
  chunksBefore,
  type HeldStep,
  namesAreApart,
  verdictOnChunks,
} from "./chunk-step.ts";

/**
 * Whatever is legally called and however an allocator answers, if the judge admits it then no two chunks
 * that are held afterwards have a unit in common, and each has a unit and is held under its own name. The
 * number of chunks and of units is not bounded.
 *
 * @proves held-chunks-disjoint, chunks-apart, chunk-under-its-name
 * @split step.call.kind, step.answer.kind
 */
export function stepKeepsChunksApart(step: HeldStep, one: ChunkName, two: ChunkName): boolean {
  const { chunks, call } = step;
  assume(areNamed(chunks) && areApart(chunks));
  assume(isLegalChunkCall(chunksBefore(step), call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return true;
  const { held } = verdict.state;
  if (!held.has(one)) return true;
  const isNamed = held.at(one).name === one && held.at(one).count >= 1;
  return isNamed && namesAreApart(held, one, two);
}

/**
 * Whatever is admitted, the units of each chunk that is held afterwards exist, and no seam is in between.
 *
 * @proves chunk-in-area, chunks-where-units-are
 * @split step.call.kind, step.answer.kind
 */
export function stepKeepsChunksWhereUnitsAre(step: HeldStep, name: ChunkName): boolean {
  const { chunks, contract, call } = step;
  const before = chunksBefore(step);
  assume(chunks.every((chunk) => before.held.covers(contract, "all", chunk)));
  assume(isLegalChunkCall(before, call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return true;
  const { held } = verdict.state;
  return !held.has(name) || held.covers(contract, "all", held.at(name));
}

/**
 * The naive allocator with one thing wrong each: one toy for each rule, and one for each way in which
 * allocators of pages and frames have been seen to go wrong.
 */
import type { ChunkContract } from "#spec";
import { EARLY, FRAMES, PAGES, SIX } from "./chunk-contracts.ts";
import {
  BridgingChunks,
  CrumblingChunks,
  DuplicatingChunks,
  FirstUnitOnlyChunks,
  ForgetfulChunks,
  FractionalChunks,
  GenerousChunks,
  IndiscriminateChunks,
  LosingChunks,
  MisjoiningChunks,
  MissplittingChunks,
  OffByOneChunks,
  OverreturningChunks,
  RoundingDownChunks,
  SaturatingChunks,
  SeamlessChunks,
  TrustingChunks,
  UnfinishedChunks,
  UnprejudicedChunks,
} from "./chunk-mutants.ts";
import type { NaiveChunks } from "./naive-chunks.ts";
import {
  AliasingChunks,
  DeferringChunks,
  MistypingChunks,
  UnseeingChunks,
} from "./theseus-mutants.ts";

export interface ChunkToy {
  readonly name: string;
  /** The rule that it breaks. */
  readonly rule: string;
  /** The fewest calls that show it. */
  readonly calls: number;
  readonly contract: ChunkContract;
  readonly make: (contract: ChunkContract) => NaiveChunks;
}

/** Frames of which a chunk may have some of each kind. */
const MIXED: ChunkContract = { ...FRAMES, seams: [] };

export const CHUNK_TOYS: readonly ChunkToy[] = [
  toy("unfinished", "chunk-call-returns", 3, UnfinishedChunks, SIX),
  toy("fractional", "chunk-answer-fits-call", 1, FractionalChunks, SIX),
  toy("generous", "zero-units-refused", 1, GenerousChunks, SIX),
  toy("saturating", "chunk-as-asked", 1, SaturatingChunks, PAGES),
  toy("rounding-down", "chunk-in-area", 1, RoundingDownChunks, FRAMES),
  toy("indiscriminate", "chunk-in-area", 1, IndiscriminateChunks, SIX),
  toy("aliasing", "chunk-in-area", 1, AliasingChunks, PAGES),
  toy("mistyping", "chunk-in-area", 3, MistypingChunks, MIXED),
  toy("first-unit-only", "held-chunks-disjoint", 2, FirstUnitOnlyChunks, FRAMES),
  toy("overreturning", "held-chunks-disjoint", 4, OverreturningChunks, SIX),
  toy("duplicating", "held-chunks-disjoint", 2, DuplicatingChunks, SIX),
  toy("unseeing", "held-chunks-disjoint", 2, UnseeingChunks, MIXED),
  toy("unprejudiced", "general-units-first", 1, UnprejudicedChunks, SIX),
  toy("off-by-one", "chunk-refusal-justified", 1, OffByOneChunks, FRAMES),
  toy("crumbling", "chunk-refusal-justified", 3, CrumblingChunks, FRAMES),
  toy("losing", "chunk-refusal-justified", 2, LosingChunks, FRAMES),
  toy("misjoining", "chunk-refusal-justified", 3, MisjoiningChunks, FRAMES),
  toy("deferring", "chunk-refusal-justified", 2, DeferringChunks, FRAMES),
  toy("forgetful", "chunk-refusal-justified", 4, ForgetfulChunks, EARLY),
  toy("missplitting", "split-exact", 2, MissplittingChunks, SIX),
  toy("bridging", "merge-exact", 3, BridgingChunks, SIX),
  toy("seamless", "merge-exact", 3, SeamlessChunks, FRAMES),
  toy("trusting", "chunk-misuse-rejected", 3, TrustingChunks, FRAMES),
];

function toy(
  name: string,
  rule: string,
  calls: number,
  Allocator: new (contract: ChunkContract) => NaiveChunks,
  contract: ChunkContract,
): ChunkToy {
  return { name, rule, calls, contract, make: (each) => new Allocator(each) };
}

/** Runs of an allocator of pages or frames: given calls, calls drawn at random, every short trace. */
import type { ChunkCall, ChunkContract } from "#spec";
import { type ChoiceSource, ExhaustiveChoices, RandomChoices } from "../generate/choices.ts";
import { nextChunkCall } from "./chunk-calls.ts";
import {
  type ChunkAllocatorMaker,
  type ChunkRunOptions,
  ChunkSession,
  type PlayedCall,
} from "./chunk-session.ts";

/** What was called and answered; only the last call can have broken a rule. */
export interface ChunkRun {
  readonly contract: ChunkContract;
  readonly played: readonly PlayedCall[];
  readonly broken: string | undefined;
}

/** Makes `calls`, until one breaks a rule; those that may not be made are left out. */
export function runChunkCalls(
  make: ChunkAllocatorMaker,
  contract: ChunkContract,
  calls: readonly ChunkCall[],
  options: ChunkRunOptions = {},
): ChunkRun {
  const session = new ChunkSession(make, contract, options);
  const rest = calls.values();
  return playAll(session, () => rest.next().value);
}

/** Makes `count` calls drawn at random. */
export function runRandomChunks(
  make: ChunkAllocatorMaker,
  contract: ChunkContract,
  seed: number,
  run: number,
  count: number,
  options: ChunkRunOptions = {},
): ChunkRun {
  const session = new ChunkSession(make, contract, options);
  const choices: ChoiceSource = new RandomChoices(seed, run);
  let drawn = 0;
  return playAll(session, () => {
    drawn += 1;
    return drawn > count ? undefined : nextChunkCall(choices, session, 2 * drawn);
  });
}

/**
 * Makes every trace of `length` calls, each of which is one of those that `callsIn` lists, until a rule
 * is broken; says how many traces there were.
 */
export function runEveryChunks(
  make: ChunkAllocatorMaker,
  contract: ChunkContract,
  length: number,
  callsIn: (session: ChunkSession, fresh: number) => readonly ChunkCall[],
  options: ChunkRunOptions = {},
): { readonly traceCount: number; readonly failure: ChunkRun | undefined } {
  const choices = new ExhaustiveChoices();
  let traceCount = 0;
  while (choices.nextRound()) {
    const session = new ChunkSession(make, contract, options);
    let made = 0;
    const run = playAll(session, () => {
      made += 1;
      if (made > length) return undefined;
      const calls = callsIn(session, 2 * made);
      return calls[choices.below(calls.length)];
    });
    traceCount += 1;
    if (run.broken !== undefined) return { traceCount, failure: run };
  }
  return { traceCount, failure: undefined };
}

function playAll(session: ChunkSession, next: () => ChunkCall | undefined): ChunkRun {
  const played: PlayedCall[] = [];
  for (let call = next(); call !== undefined; call = next()) {
    const step = session.play(call);
    if (step === undefined) continue;
    played.push(step);
    if (step.broken !== undefined) break;
  }
  const broken = played.at(-1)?.broken?.name;
  return { contract: session.contract, played, broken };
}

/**
 * One allocator of pages or frames, called and judged call by call. What is not allowed to be called is
 * skipped, so that a list of calls still means something with one left out.
 */
import {
  CHUNK_RULES,
  type ChunkAnswer,
  type ChunkCall,
  type ChunkContract,
  type ChunkRule,
  type ChunkState,
  isLegalChunkCall,
  judgeChunks,
  type Run,
} from "#spec";
import { ContractViolation, DEAF, type Observer } from "#support";
import { type ChunkName, unitCount, unitNumber } from "#units";
import type { ChunkAllocator, Holding } from "./chunk-allocator.ts";
import { HeldIndex } from "./held-index.ts";

export type ChunkAllocatorMaker = (contract: ChunkContract) => ChunkAllocator;

export interface ChunkRunOptions {
  readonly rules?: readonly ChunkRule[];
  readonly observer?: Observer;
}

/** A call that was made, and what came of it. */
export interface PlayedCall {
  readonly call: ChunkCall;
  readonly answer: ChunkAnswer;
  readonly broken: ChunkRule | undefined;
}

const NOTHING: Run = { first: unitNumber(0), count: unitCount(0) };

export class ChunkSession {
  readonly index: HeldIndex = new HeldIndex();
  /** The names of chunks that are used up. */
  readonly gone: ChunkName[] = [];
  readonly #allocator: ChunkAllocator;
  readonly #options: ChunkRunOptions;
  readonly #holdings = new Map<ChunkName, Holding>();
  #state: ChunkState;

  constructor(make: ChunkAllocatorMaker, contract: ChunkContract, options: ChunkRunOptions = {}) {
    this.#state = { contract, held: this.index, heldCount: 0 };
    this.#options = options;
    this.#allocator = make(contract);
  }

  get contract(): ChunkContract {
    return this.#state.contract;
  }

  /** Makes `call` and judges it; undefined, if it may not be made. */
  play(call: ChunkCall): PlayedCall | undefined {
    if (!isLegalChunkCall(this.#state, call)) return undefined;
    if (call.kind === "misuse" && !this.#holdings.has(call.name)) return undefined;
    const answer = this.#answer(call);
    const { rules = CHUNK_RULES, observer = DEAF } = this.#options;
    const verdict = judgeChunks({ state: this.#state, call, answer }, observer, rules);
    if (verdict.kind === "rejected") return { call, answer, broken: verdict.rule };
    this.#state = verdict.state;
    if (call.kind === "release" || call.kind === "split") this.#retire(call.name);
    if (call.kind === "merge") this.#retire(call.other);
    return { call, answer, broken: undefined };
  }

  #retire(name: ChunkName): void {
    if (!this.index.has(name)) this.gone.push(name);
  }

  #answer(call: ChunkCall): ChunkAnswer {
    try {
      return this.#ask(call);
    } catch (problem) {
      const isDetected = call.kind === "misuse" && problem instanceof ContractViolation;
      return { kind: isDetected ? "rejected" : "threw" };
    }
  }

  #ask(call: ChunkCall): ChunkAnswer {
    const { name } = call;
    if (call.kind === "acquire") {
      const chunk = this.#allocator.acquire(call.request, call.count);
      return chunk === undefined ? { kind: "refused" } : this.#granted("acquired", name, chunk);
    }
    const chunk = this.#holdings.get(name) as Holding;
    if (call.kind === "release") {
      this.#allocator.release(chunk);
      return { kind: "released" };
    }
    if (call.kind === "split") return this.#split(call, chunk);
    if (call.kind === "merge") {
      const other = this.#holdings.get(call.other) as Holding;
      const union = this.#allocator.merge(chunk, other);
      return union === undefined ? { kind: "refused" } : this.#granted("merged", name, union);
    }
    // What is used up is used again, and only an error is right.
    if (call.misuse === "release") this.#allocator.release(chunk);
    if (call.misuse === "split") this.#allocator.split(chunk, chunk.first + 1);
    if (call.misuse === "merge") this.#allocator.merge(chunk, chunk);
    return { kind: "released" };
  }

  #split(call: ChunkCall & { readonly kind: "split" }, chunk: Holding): ChunkAnswer {
    const parts = this.#allocator.split(chunk, call.at);
    if (parts === undefined) return { kind: "refused" };
    const { below, above } = parts;
    if (below !== undefined) this.#holdings.set(call.below, below);
    if (above !== undefined) this.#holdings.set(call.above, above);
    const runs = { below: runOf(below), above: runOf(above) };
    return runs.below === undefined || runs.above === undefined
      ? { kind: "nonsense" }
      : { kind: "split", below: runs.below, above: runs.above };
  }

  #granted(kind: "acquired" | "merged", name: ChunkName, chunk: Holding): ChunkAnswer {
    this.#holdings.set(name, chunk);
    const run = runOf(chunk);
    return run === undefined ? { kind: "nonsense" } : { kind, ...run };
  }
}

/** What `chunk` says that it has, if these are numbers that units have. */
function runOf(chunk: Holding | undefined): Run | undefined {
  if (chunk === undefined) return NOTHING;
  const { first, count } = chunk;
  const isWhole = [first, count].every((value) => Number.isSafeInteger(value) && value >= 0);
  return isWhole ? { first: unitNumber(first), count: unitCount(count) } : undefined;
}

/**
 * Judges answers that were written down, without the allocator that gave them and without its memory.
 *
 * What is known of a live block is all that is kept, so a log may be as long as it likes. A call that the
 * contract does not allow, that refers to no live block or that has no answer is left out and counted: a
 * log is what a program did, and its own mistakes are none of the allocator's.
 */
import {
  type Block,
  type Call,
  type HeapState,
  judge,
  NOTHING_SEEN,
  RULES,
  type Rule,
  type TraceCall,
} from "#spec";
import { type FiniteMap, finiteMap, type Observer } from "#support";
import type { Address, Alignment, BlockName, ByteCount, Range } from "#units";
import { contractOf } from "../subject/contract.ts";
import type { ExtentPart, Promises } from "../subject/subject.ts";
import type { TraceAnswer } from "../trace/answer-record.ts";
import { LogIndex, type LogPlace } from "./log-index.ts";

/** The rules that need neither memory nor a count from inside, but only where blocks were placed. */
const OF_PLACES = ["block-aligned", "live-blocks-disjoint"];
/** Those that need to be told in so many words what a call was answered. */
const OF_ANSWERS = [
  "call-terminates",
  "call-returns",
  "answer-fits-call",
  "usable-size-honest",
  "live-block-freeable",
];

/** Nobody asks a log about blocks that are dead: misuse, which may, is left out. */
const NOBODY_DEAD: FiniteMap<BlockName, Address> = { ...finiteMap(), with: () => NOBODY_DEAD };

/** The rules by which a log is judged. */
export interface LogView {
  /** Whether each call has its answer; else it is only known where blocks were placed. */
  readonly hasAnswers: boolean;
  readonly promises: Promises;
  /** Where blocks may lie, if that is known. */
  readonly extent: readonly ExtentPart[];
}

export class LogJudge implements Observer {
  readonly index: LogIndex = new LogIndex();
  readonly counts: { judged: number; refused: number; skipped: number } = {
    judged: 0,
    refused: 0,
    skipped: 0,
  };
  blocksPeak = 0;
  bytesPeak = 0;
  state: HeapState;
  readonly #rules: readonly Rule[];
  readonly #held = new Set<string>();

  /** Judges by all rules that `view` allows to judge by. */
  constructor({ hasAnswers, promises, extent }: LogView) {
    const { zeroSize = "any", availability = "never", reclaims = false } = promises;
    // A rule that nothing was promised for is not even asked: a million calls ask each rule.
    const names = [
      ...OF_PLACES,
      ...(extent.length > 0 ? ["block-in-extent"] : []),
      ...(zeroSize === "any" ? [] : ["zero-size-as-promised"]),
      ...(availability === "never" ? [] : ["refusal-justified"]),
      ...(reclaims ? ["reclaims-everything"] : []),
      ...(hasAnswers ? OF_ANSWERS : []),
    ];
    this.#rules = RULES.filter(({ name }) => names.includes(name));
    this.state = {
      contract: contractOf(promises, extent.length > 0),
      extent: extent.map(({ start, size }) => ({ start, size }) as Range),
      live: this.index,
      dead: NOBODY_DEAD,
      requested: 0 as ByteCount,
      first: undefined,
    };
  }

  /** A rule was put to the test and held. */
  reached(rule: string): void {
    this.#held.add(rule);
  }

  /** Whether the rule named `rule` was put to the test and held. */
  hasHeld(rule: string): boolean {
    return this.#held.has(rule);
  }

  /** Judges `answer` to `traceCall`, which stands at `place`, and returns the rule that it breaks, if it breaks one. */
  judge(traceCall: TraceCall, answer: TraceAnswer | undefined, place: LogPlace): Rule | undefined {
    const call = answer === undefined ? undefined : callOf(this.index, traceCall);
    if (call === undefined || answer === undefined || answer.kind === "switched") {
      this.counts.skipped += 1;
      return undefined;
    }
    this.counts.judged += 1;
    if (answer.kind === "refused") this.counts.refused += 1;
    const verdict = judge(this.state, call, answer, NOTHING_SEEN, this, this.#rules);
    if (verdict.kind === "rejected") return verdict.rule;

    this.state = verdict.state;
    if (answer.kind === "placed") this.#notePlaced(call, place);
    return undefined;
  }

  #notePlaced(call: Call, { at, line }: LogPlace): void {
    this.index.note(call.name, at, line);
    if (this.index.size > this.blocksPeak) this.blocksPeak = this.index.size;
    if (this.state.requested > this.bytesPeak) this.bytesPeak = this.state.requested;
  }
}

/** The call of the specification, or undefined if it is not one that a log can be judged by. */
function callOf(index: LogIndex, traceCall: TraceCall): Call | undefined {
  const { kind, name, size, align, misuse } = traceCall;
  if (misuse !== "none") return undefined;
  switch (kind) {
    case "alloc":
    case "allocZeroed":
      return { kind, name, size: size as ByteCount, align: align as Alignment };
    case "realloc":
      return index.has(name) ? { kind, name, size: size as ByteCount } : undefined;
    case "dealloc":
    case "usableSize":
      return index.has(name) ? { kind, name } : undefined;
    case "switch":
    case "close":
      return undefined;
  }
}

/** The rows of the blocks in `index` that share bytes with the `size` bytes from `start`, but for `except`. */
export function blocksWithin(
  index: LogIndex,
  start: number,
  size: number,
  except: BlockName,
): readonly number[] {
  const found: number[] = [];
  const end = start + Math.max(1, size);
  const below = index.below(start + 1);
  const isWithin = below !== -1 && endOf(index.blockAt(below)) > start;
  for (let row = isWithin ? below : index.above(start + 1); row !== -1; ) {
    const block = index.blockAt(row);
    if (block.start >= end) break;
    if (block.name !== except) found.push(row);
    row = index.above(block.start + 1);
  }
  return found;
}

function endOf({ start, reach }: Block): number {
  return start + reach;
}

/**
 * Makes the shortest trace that still breaks the same rule.
 *
 * Passes are applied until none of them helps, from several starting points, because where one stops
 * depends on the way it went. Then everything shorter that can be said with the trace's own words is
 * tried. Effort is counted in executions, never in seconds: the result is the same on every machine.
 */
import type { TraceCall, TraceConfig } from "#spec";
import type { Violation } from "../conformance/session.ts";
import { RandomChoices } from "../generate/choices.ts";
import { type Candidate, isSimpler } from "./candidate.ts";
import { PASSES, type Pass, renamed } from "./passes.ts";
import { forEachSentence, vocabularyOf } from "./vocabulary.ts";

/** Runs a candidate on a fresh heap and says what it breaks and how many calls did nothing. */
export type Execute = (candidate: Candidate) => Promise<Execution>;

export interface Execution {
  readonly violation: Violation | undefined;
  readonly skipped: number;
}

export interface ShrinkOptions {
  /** How many executions may be spent in all. */
  readonly executions?: number;
  /** How many of them on trying everything shorter. */
  readonly sentences?: number;
  /** Is told of every better trace at once, so that a shrink that is killed has not been in vain. */
  readonly onBetter?: (candidate: Candidate) => void;
  readonly signal?: AbortSignal;
}

export interface Shrunk {
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
  readonly violation: Violation;
  readonly executions: number;
  /** Whether everything shorter in the trace's own words was tried. */
  readonly isShortest: boolean;
}

const EXECUTIONS = 6_000;
const SENTENCES = 20_000;
const STARTS = 3;

/** The shortest version of `start` that was found, or undefined if `start` breaks no rule. */
export async function shrink(
  start: Candidate,
  execute: Execute,
  options: ShrinkOptions = {},
): Promise<Shrunk | undefined> {
  const first = await execute(start);
  if (first.violation === undefined) return undefined;
  return await new Shrinker(execute, options, first.violation.rule.name).run(
    start,
    first.violation,
  );
}

class Shrinker {
  readonly #execute: Execute;
  readonly #options: ShrinkOptions;
  readonly #rule: string;
  readonly #tried = new Set<string>();
  readonly #budget: number;
  #executions = 1;
  #best: (Candidate & { readonly violation: Violation }) | undefined;

  constructor(execute: Execute, options: ShrinkOptions, rule: string) {
    this.#execute = execute;
    this.#options = options;
    this.#rule = rule;
    this.#budget = options.executions ?? EXECUTIONS;
  }

  async run(start: Candidate, violation: Violation): Promise<Shrunk> {
    const cut = { ...start, calls: start.calls.slice(0, violation.at + 1) };
    let current: Candidate & { readonly violation: Violation } = { ...cut, violation };
    this.#best = current;
    const orders = [PASSES, [...PASSES].reverse(), shuffled(PASSES)].slice(0, STARTS);
    for (const [place, order] of orders.entries()) {
      const share = Math.floor((this.#budget * (place + 1)) / orders.length);
      const origin = place === 0 ? current : { ...cut, violation };
      // A long trace is only shortened once: the other ways begin where the first one ended.
      current = await this.#descend(origin.calls.length > 200 ? this.#best : origin, order, share);
      this.#keep(current);
    }
    this.#keep(await this.#descend(this.#best, PASSES, this.#budget));
    const isShortest = await this.#trySentences();
    this.#keep(await this.#descend(this.#best, PASSES, this.#budget + 500));
    const { config, calls, violation: found } = this.#best;
    return {
      config,
      calls: renamed(calls),
      violation: { ...found, at: calls.length - 1 },
      executions: this.#executions,
      isShortest,
    };
  }

  #keep(candidate: Candidate & { readonly violation: Violation }): void {
    if (this.#best !== undefined && !isSimpler(candidate, this.#best)) return;
    this.#best = candidate;
    this.#options.onBetter?.(candidate);
  }

  /** Applies `passes` until none of them helps or `budget` is spent. */
  async #descend(
    from: Candidate & { readonly violation: Violation },
    passes: readonly Pass[],
    budget: number,
  ): Promise<Candidate & { readonly violation: Violation }> {
    let current = from;
    this.#tried.clear();
    for (let isBetter = true; isBetter; ) {
      isBetter = false;
      for (const pass of passes) {
        for (let isHelping = true; isHelping; ) {
          isHelping = false;
          for (const offer of pass.offers(current)) {
            if (this.#executions >= budget || this.#options.signal?.aborted) return current;
            const next = await this.#try(offer, current);
            if (next === undefined) continue;
            current = next;
            this.#keep(next);
            isHelping = true;
            isBetter = true;
            break;
          }
        }
      }
    }
    return current;
  }

  /** `offer`, cut where it breaks the rule, if it does and is simpler than `current`. */
  async #try(
    offer: Candidate,
    current: Candidate,
  ): Promise<(Candidate & { readonly violation: Violation }) | undefined> {
    if (offer.calls.length === 0) return undefined;
    const key = JSON.stringify([offer.config.memoryBytes, renamed(offer.calls)]);
    if (this.#tried.has(key)) return undefined;
    if (offer.calls.length < 100) this.#tried.add(key);
    this.#executions += 1;
    const { violation } = await this.#execute(offer);
    if (violation?.rule.name !== this.#rule) return undefined;

    const calls = offer.calls.slice(0, violation.at + 1);
    const shorter = { config: offer.config, calls, violation };
    return isSimpler(shorter, current) ? shorter : undefined;
  }

  /** Tries everything shorter in the best trace's own words; false if that was too much. */
  async #trySentences(): Promise<boolean> {
    const best = this.#best as Candidate;
    let left = this.#options.sentences ?? SENTENCES;
    return await forEachSentence(vocabularyOf(best.calls), best.calls.length - 1, async (calls) => {
      if (left <= 0 || this.#options.signal?.aborted) return "stop";
      left -= 1;
      this.#executions += 1;
      const { violation, skipped } = await this.#execute({ config: best.config, calls });
      if (violation?.rule.name === this.#rule) {
        this.#keep({ config: best.config, calls, violation });
        return "stop";
      }
      return violation === undefined && skipped === 0 ? "continue" : "cut";
    }).then(
      (isComplete) => isComplete || (this.#best as Candidate).calls.length < best.calls.length,
    );
  }
}

function shuffled(passes: readonly Pass[]): readonly Pass[] {
  const choices = new RandomChoices(passes.length);
  const result = [...passes];
  for (let index = result.length - 1; index > 0; index--) {
    const other = choices.below(index + 1);
    const item = result[index] as Pass;
    result[index] = result[other] as Pass;
    result[other] = item;
  }
  return result;
}

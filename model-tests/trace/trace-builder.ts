/** Gathers the records of a trace into the trace, and beside it what a `Trace` has no place for. */
import type { Trace, TraceCall, TraceVerdict } from "#spec";
import { assert } from "#support";
import type { TraceAnswer } from "./answer-record.ts";
import type { Fields } from "./raw-record.ts";
import type { TraceRecord } from "./record-reader.ts";
import type { TraceHeader } from "./trace-header.ts";

/** The fields that the format does not know, by the record that has them. */
export interface TraceExtras {
  readonly header?: Fields;
  /** By the index of the call. */
  readonly calls: ReadonlyMap<number, Fields>;
  /** By the index of the call that is answered. */
  readonly answers: ReadonlyMap<number, Fields>;
  readonly schedule?: Fields;
  readonly verdict?: Fields;
}

export class TraceBuilder {
  readonly #calls: TraceCall[] = [];
  readonly #answers: (TraceAnswer | undefined)[] = [];
  readonly #callExtras = new Map<number, Fields>();
  readonly #answerExtras = new Map<number, Fields>();
  #header: TraceHeader | undefined;
  #headerExtra: Fields | undefined;
  #order: number[] | undefined;
  #scheduleExtra: Fields | undefined;
  #verdict: TraceVerdict | undefined;
  #verdictExtra: Fields | undefined;

  add(record: TraceRecord): void {
    const { extra } = record;
    switch (record.kind) {
      case "header":
        this.#header = record.header;
        this.#headerExtra = extra;
        return;
      case "call":
        if (extra !== undefined) this.#callExtras.set(this.#calls.length, extra);
        this.#calls.push(record.call);
        return;
      case "answer":
        while (this.#answers.length < this.#calls.length - 1) this.#answers.push(undefined);
        this.#answers.push(record.answer);
        if (extra !== undefined) this.#answerExtras.set(this.#calls.length - 1, extra);
        return;
      case "schedule":
        this.#order ??= [];
        for (const core of record.order) this.#order.push(core);
        if (extra !== undefined) this.#scheduleExtra = { ...this.#scheduleExtra, ...extra };
        return;
      case "verdict":
        this.#verdict = record.verdict;
        this.#verdictExtra = extra;
    }
  }

  /** The trace, once its header has been added. */
  trace(): Trace {
    assert(this.#header !== undefined, "a trace has a header");
    const isAnswered = this.#answers.length > 0;
    while (isAnswered && this.#answers.length < this.#calls.length) this.#answers.push(undefined);
    return {
      ...this.#header,
      calls: this.#calls,
      ...(isAnswered && { answers: this.#answers }),
      ...(this.#order !== undefined && { schedule: this.#order }),
      ...(this.#verdict !== undefined && { verdict: this.#verdict }),
    };
  }

  extras(): TraceExtras {
    return {
      ...(this.#headerExtra !== undefined && { header: this.#headerExtra }),
      calls: this.#callExtras,
      answers: this.#answerExtras,
      ...(this.#scheduleExtra !== undefined && { schedule: this.#scheduleExtra }),
      ...(this.#verdictExtra !== undefined && { verdict: this.#verdictExtra }),
    };
  }
}

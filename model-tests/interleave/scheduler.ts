/**
 * Makes the calls of several cores at once, section by section, in the order that a strategy chooses.
 *
 * Each core makes its calls one after the other. A step is one section of the call that a core is in, or
 * the first of its next call. A call that waits has done nothing and is not asked again until another call
 * has gone on; when all that are left wait, none of them ever goes on: a deadlock.
 *
 * A block may be freed by another core than the one that asked for it, but not before that one was
 * answered: until then the core that frees it has nothing to do.
 */
import type { Answer, Call, TraceCall } from "#spec";
import { assert } from "#support";
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import { answerOf, Thrown } from "../conformance/adapter.ts";
import type { SectionedCall, Sections, SubjectInstance } from "../subject/subject.ts";
import type { Ending, History, Operation } from "./history.ts";
import type { Strategy } from "./strategy.ts";

/** The calls of each core, in its order. */
export type Program = readonly (readonly TraceCall[])[];

const STEPS_MAX = 10_000;

/** Makes the calls of `program` on `instance`, a fresh heap, in one schedule of `strategy`. */
export function runSchedule(
  instance: SubjectInstance,
  program: Program,
  strategy: Strategy,
): History {
  return new Run(instance, program, strategy).run();
}

/** A call that has begun and was not answered yet. */
interface Running {
  readonly call: Call;
  readonly sections: Sections;
  readonly began: number;
}

interface Core {
  readonly calls: readonly TraceCall[];
  next: number;
  running: Running | undefined;
  /** How often anything had gone on when it was last seen waiting. */
  waitedAt: number;
}

interface Placed {
  readonly address: Address;
  readonly size: ByteCount;
  readonly align: Alignment;
}

class Run {
  readonly #instance: SubjectInstance;
  readonly #strategy: Strategy;
  readonly #cores: readonly Core[];
  readonly #blocks = new Map<BlockName, Placed | "refused">();
  readonly #operations: Operation[] = [];
  readonly #order: number[] = [];
  #progress = 0;
  #skipped = 0;

  constructor(instance: SubjectInstance, program: Program, strategy: Strategy) {
    this.#instance = instance;
    this.#strategy = strategy;
    this.#cores = program.map((calls) => ({ calls, next: 0, running: undefined, waitedAt: -1 }));
  }

  run(): History {
    let ending: Ending = "endless";
    while (this.#order.length < STEPS_MAX) {
      for (const core of this.#cores) this.#skipRefused(core);
      if (this.#cores.every(isDone)) {
        ending = "answered";
        break;
      }
      const ready = [...this.#cores.keys()].filter((core) => this.#canMove(core));
      if (ready.length === 0) {
        ending = "deadlock";
        break;
      }
      this.#move(this.#strategy.pick(ready));
    }
    const operations = this.#operations;
    return { operations, order: this.#order, ending, skipped: this.#skipped };
  }

  #skipRefused(core: Core): void {
    if (core.running !== undefined) return;
    for (;;) {
      const call = core.calls[core.next];
      if (call?.kind !== "dealloc" || this.#blocks.get(call.name) !== "refused") return;
      core.next += 1;
      this.#skipped += 1;
    }
  }

  #canMove(index: number): boolean {
    const core = this.#cores[index] as Core;
    if (isDone(core)) return false;
    if (core.running !== undefined) return core.waitedAt !== this.#progress;
    const call = core.calls[core.next] as TraceCall;
    return call.kind !== "dealloc" || this.#blocks.has(call.name);
  }

  #move(index: number): void {
    const core = this.#cores[index] as Core;
    const step = this.#order.length;
    this.#order.push(index);
    core.running ??= this.#begin(core, index, step);
    const { call, sections, began } = core.running;
    const raw = advance(sections);
    if (raw === "waiting") {
      core.waitedAt = this.#progress;
      return;
    }
    this.#progress += 1;
    if (raw === "between") return;

    const answer = answerOf(call, raw.value);
    this.#operations.push({ core: index, call, answer, began, ended: step });
    this.#note(call, answer);
    core.running = undefined;
  }

  #begin(core: Core, index: number, step: number): Running {
    const { kind, name, size, align, entity } = core.calls[core.next] as TraceCall;
    core.next += 1;
    assert(kind === "alloc" || kind === "dealloc", "a program asks for blocks and frees them");
    const origin = { core: index, entity };
    const block = this.#blocks.get(name);
    const isFree = kind === "dealloc" && typeof block === "object";
    const made: SectionedCall = isFree ? { kind, ...block } : { kind: "alloc", size, align };
    const call: Call = isFree
      ? { kind, name }
      : { kind: "alloc", name, size: size as ByteCount, align: align as Alignment };
    const sections = this.#instance.sections?.(made, origin);
    assert(sections !== undefined, "only a subject that has sections is interleaved");
    return { call, sections, began: step };
  }

  #note(call: Call, answer: Answer): void {
    if (call.kind !== "alloc") return;
    const { name, size, align } = call;
    const isPlaced = answer.kind === "placed";
    this.#blocks.set(name, isPlaced ? { address: answer.address, size, align } : "refused");
  }
}

const isDone = ({ calls, next, running }: Core): boolean =>
  running === undefined && next === calls.length;

/** What one section came to: nothing yet, or a value that the call is answered with. */
function advance(sections: Sections): "between" | "waiting" | { readonly value: unknown } {
  try {
    const { done, value } = sections.next();
    return done ? { value } : (value as "between" | "waiting");
  } catch (error) {
    return { value: new Thrown(error) };
  }
}

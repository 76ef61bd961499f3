/**
 * One run of a subject under judgement: every call is made, watched and judged, one at a time.
 *
 * The session is the only place that knows both sides. It turns a call of a trace into a call of the
 * specification, skips it where it is not legal, makes it, gathers what the witness saw, asks the
 * judge, and keeps the state that the judge returns.
 *
 * A step is synchronous unless the subject answers with a promise: waiting for what is not late would
 * cost more than everything else together.
 */
import {
  type Answer,
  type Call,
  isLegal,
  judge,
  type Observation,
  RULES,
  type Rule,
  SYSTEM_RULES,
  type SystemRule,
  type TraceCall,
  type TraceConfig,
} from "#spec";
import type { Alignment, BlockName, ByteCount } from "#units";
import { promisesOf, UnusableSubject } from "../subject/contract.ts";
import type { Origin, Promises, Subject } from "../subject/subject.ts";
import { answerOf, invoke, isPending, Thrown } from "./adapter.ts";
import { Heap } from "./heap.ts";
import { markStep } from "./mark-step.ts";
import { type Before, lookBefore, NOTHING, nothingSeen, observe, type Seen } from "./observe.ts";
import { specCall } from "./spec-call.ts";
import { SystemWatch } from "./system-watch.ts";
import { Tally } from "./tally.ts";
import type { Policy } from "./witness.ts";

export type StepResult = "admitted" | "skipped" | "violated";

/** A call that was answered in a way that no correct allocator answers. */
export interface Violation {
  readonly rule: { readonly name: string; readonly claim: string };
  /** The zero-based index among the calls of the run. */
  readonly at: number;
  readonly answer: Answer;
  /** What an exception said. */
  readonly reason?: string;
}

export interface SessionOptions {
  readonly policy?: Policy;
  readonly tally?: Tally;
  /** The rules to judge by; all, unless somebody wants to know what a rule is good for. */
  readonly rules?: readonly Rule[];
  readonly systemRules?: readonly SystemRule[];
}

export class Session {
  readonly tally: Tally;
  readonly promises: Promises;
  readonly #subject: Subject;
  readonly #config: TraceConfig;
  readonly #policy: Policy;
  readonly #rules: readonly Rule[];
  readonly #heaps: Heap[] = [];
  readonly #seen: Seen = nothingSeen();
  readonly #systemRules: readonly SystemRule[];
  readonly #systems = new Map<Heap, SystemWatch>();
  #calls = 0;
  #violation: Violation | undefined;
  #answer: Answer | undefined;

  private constructor(subject: Subject, config: TraceConfig, options: SessionOptions) {
    this.#subject = subject;
    this.#config = config;
    this.#policy = options.policy ?? "neighbours";
    this.#rules = options.rules ?? RULES;
    this.#systemRules = options.systemRules ?? SYSTEM_RULES;
    this.tally = options.tally ?? new Tally();
    this.promises = promisesOf(subject);
  }

  /** Makes a fresh heap of `subject`, ready to be asked. */
  static async open(
    subject: Subject,
    config: TraceConfig,
    options: SessionOptions = {},
  ): Promise<Session> {
    const session = new Session(subject, config, options);
    await session.#addHeap();
    if (session.promises.independentInstances) await session.#addHeap();
    return session;
  }

  /** The heap that calls go to unless they say otherwise. */
  get heap(): Heap {
    return this.#heaps[0] as Heap;
  }

  get heaps(): readonly Heap[] {
    return this.#heaps;
  }

  get violation(): Violation | undefined {
    return this.#violation;
  }

  /** What the last call that was made was answered. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** What the witness saw during the last call. */
  get seen(): Observation {
    return this.#seen;
  }

  /** How many calls were given so far, skipped ones included. */
  get calls(): number {
    return this.#calls;
  }

  /** Makes one call and judges its answer. */
  step(traceCall: TraceCall): StepResult | Promise<StepResult> {
    this.#calls += 1;
    const heap = this.#heaps[traceCall.instance];
    if (heap === undefined) return this.#skip();
    if (traceCall.kind === "switch") return this.#switch(heap, traceCall);

    const call = specCall(heap, traceCall, this.tally);
    if (call === undefined || !isLegal(heap.state, call)) return this.#skip();
    const origin = { core: traceCall.core, entity: traceCall.entity };
    this.tally.kind(traceCall.misuse === "none" ? traceCall.kind : traceCall.misuse);

    if (call.kind === "realloc" && heap.instance.realloc === undefined) {
      return this.#emulateRealloc(heap, call.name, call.size, origin);
    }
    const before = lookBefore(heap, call);
    const held = call.kind === "usableSize" ? heap.index.at(call.name) : before.entry?.block;
    const raw = invoke(heap.instance, call, held, origin);
    if (!isPending(raw)) return this.#finish(heap, call, before, raw);
    return Promise.resolve(raw).then(
      (value) => this.#finish(heap, call, before, value),
      (error: unknown) => this.#finish(heap, call, before, new Thrown(error)),
    );
  }

  /** Reads every byte of every live block; damage is blamed on the last call. */
  sweep(): StepResult {
    for (const heap of this.#heaps) {
      if (!heap.witness.canSee || heap.witness.findDamage() === undefined) continue;
      const rule = this.#rules.find(({ name }) => name === "payload-intact");
      if (rule === undefined) continue;
      this.#violation = { rule, at: this.#calls - 1, answer: { kind: "released" } };
      return "violated";
    }
    return "admitted";
  }

  /** Lets go of the instances. */
  async close(): Promise<void> {
    for (const { instance } of this.#heaps) {
      try {
        await instance.destroy?.();
      } catch {
        // What an allocator does after its last call is nobody's business.
      }
    }
  }

  async #addHeap(): Promise<void> {
    const { memoryBytes, cores } = this.#config;
    const reached = (mark: string): void => this.tally.mark(mark);
    try {
      const instance = await this.#subject.create({ memoryBytes, cores, reached });
      const heap = new Heap(instance, this.promises, this.#policy);
      this.#heaps.push(heap);
      if (heap.instance.pages !== undefined && heap.instance.ownerOf !== undefined) {
        this.#systems.set(heap, new SystemWatch(heap, this.#systemRules));
      }
    } catch (error) {
      if (error instanceof UnusableSubject) throw error;
      throw new UnusableSubject(`a fresh heap cannot be made: ${new Thrown(error).reason}`);
    }
  }

  #skip(): StepResult {
    this.tally.calls.skipped += 1;
    return "skipped";
  }

  #finish(heap: Heap, call: Call, before: Before, raw: unknown): StepResult {
    const { tally } = this;
    let answer = answerOf(call, raw);
    let reason = raw instanceof Thrown ? raw.reason : undefined;
    try {
      heap.attach();
      observe(this.#seen, this.#heaps, heap, call, answer, before);
    } catch (error) {
      answer = { kind: "threw" };
      reason = new Thrown(error).reason;
    }
    this.#answer = answer;
    tally.calls.executed += 1;
    if (answer.kind === "refused") tally.calls.refused += 1;
    const verdict = judge(heap.state, call, answer, this.#seen, tally, this.#rules);
    if (verdict.kind === "rejected") return this.#violate(verdict.rule, answer, reason);

    markStep(tally, heap, call, answer, before);
    heap.state = verdict.state;
    if (answer.kind === "placed" && call.kind !== "misuse") {
      heap.witness.write(heap.index.entry(call.name));
    }
    return this.#systems.size === 0 ? "admitted" : this.#judgeSystem(heap, answer, undefined);
  }

  /** Asks the rules of ownership; a system that cannot even be looked at has thrown. */
  #judgeSystem(heap: Heap, answer: Answer, switched: Answer["kind"] | undefined): StepResult {
    try {
      heap.attach();
      const broken = this.#systems.get(heap)?.judge(this.tally, switched);
      return broken === undefined ? "admitted" : this.#violate(broken, answer, undefined);
    } catch (error) {
      const rule = this.#rules.find(({ name }) => name === "call-returns");
      if (rule === undefined) return "admitted";
      return this.#violate(rule, { kind: "threw" }, new Thrown(error).reason);
    }
  }

  #violate(rule: Violation["rule"], answer: Answer, reason: string | undefined): StepResult {
    const at = this.#calls - 1;
    this.#violation = reason === undefined ? { rule, at, answer } : { rule, at, answer, reason };
    return "violated";
  }

  /** Resizes by hand for a subject that cannot: a new block, a copy, a free. */
  async #emulateRealloc(
    heap: Heap,
    name: BlockName,
    size: ByteCount,
    origin: Origin,
  ): Promise<StepResult> {
    this.tally.calls.emulated += 1;
    const { align } = heap.index.at(name);
    const kept = this.promises.reallocKeepsAlign ? align : (1 as Alignment);
    const interim = -2 as BlockName;
    const grant: Call = { kind: "alloc", name: interim, size, align: kept };
    const placed = await settle(() => invoke(heap.instance, grant, undefined, origin));
    if (this.#finish(heap, grant, NOTHING, placed) === "violated") return "violated";
    if (!heap.index.has(interim)) return "admitted";

    const target = heap.index.at(interim);
    const free: Call = { kind: "dealloc", name };
    const before = lookBefore(heap, free);
    const freed = await settle(() => invoke(heap.instance, free, heap.layoutOf(name), origin));
    if (this.#finish(heap, free, before, freed) === "violated") return "violated";

    const { seed } = heap.index.entry(interim);
    heap.index.without(interim).with({ ...target, name });
    heap.index.entry(name).seed = seed;
    return "admitted";
  }

  async #switch(heap: Heap, { core, entity }: TraceCall): Promise<StepResult> {
    if (heap.instance.switch === undefined || !this.#systems.has(heap)) return this.#skip();
    this.tally.calls.executed += 1;
    this.tally.kind("switch");
    const raw = await settle(() => heap.instance.switch?.({ core, entity }));
    const isDeclined = raw === false || raw instanceof Thrown;
    const answer: Answer = { kind: isDeclined ? "rejected" : "released" };
    this.#answer = answer;
    if (this.#judgeSystem(heap, answer, answer.kind) === "violated") return "violated";

    if (!isDeclined) this.tally.mark("system switched");
    return heap.witness.canSee ? this.sweep() : "admitted";
  }
}

async function settle(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return new Thrown(error);
  }
}

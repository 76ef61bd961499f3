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
  type TraceCall,
  type TraceConfig,
} from "#spec";
import type { Alignment, BlockName, ByteCount } from "#units";
import { promisesOf, UnusableSubject } from "../subject/contract.ts";
import type { Origin, Promises, Subject } from "../subject/subject.ts";
import { answerOf, invoke, isPending, settle, Thrown } from "./adapter.ts";
import { deniedRequest } from "./denied-request.ts";
import { Heap } from "./heap.ts";
import { markStep, markSystemCall } from "./mark-step.ts";
import { type Before, lookBefore, NOTHING, nothingSeen, observe, type Seen } from "./observe.ts";
import type { SessionOptions } from "./session-options.ts";
import { specCall } from "./spec-call.ts";
import { isSystemCall, type SystemCall, systemCall } from "./system-call.ts";
import { type SystemClaim, SystemWatch } from "./system-watch.ts";
import { Tally } from "./tally.ts";

export type StepResult = "admitted" | "skipped" | "violated";

/** A call that was answered in a way that no correct allocator answers. */
export interface Violation {
  readonly rule: { readonly name: string; readonly claim: string };
  /** The zero-based index among the calls of the run. */
  readonly at: number;
  readonly answer: Answer;
  /** What an exception said, or what a subject did that is a process. */
  readonly reason?: string;
  readonly isFault?: true;
}

export class Session {
  readonly tally: Tally;
  readonly promises: Promises;
  readonly #subject: Subject;
  readonly #config: TraceConfig;
  readonly #options: SessionOptions & Required<Pick<SessionOptions, "policy">>;
  readonly #rules: readonly Rule[];
  readonly #heaps: Heap[] = [];
  readonly #seen: Seen = nothingSeen();
  readonly #systems = new Map<Heap, SystemWatch>();
  #calls = 0;
  #violation: Violation | undefined;
  #answer: Answer | undefined;

  private constructor(subject: Subject, config: TraceConfig, options: SessionOptions) {
    this.#subject = subject;
    this.#config = config;
    this.#rules = options.rules ?? RULES;
    this.#options = { policy: "neighbours", ...options };
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
    if (isSystemCall(traceCall)) return this.#askSystem(heap, traceCall);

    const call = specCall(heap, traceCall, this.tally);
    if (call === undefined || !isLegal(heap.state, call)) return this.#skip();
    const origin = { core: traceCall.core, entity: traceCall.entity };
    this.tally.kind(traceCall.misuse === "none" ? traceCall.kind : traceCall.misuse);
    if ("size" in call && call.kind !== "misuse") this.tally.size(call.size);

    if (call.kind === "realloc" && heap.instance.realloc === undefined) {
      return this.#emulateRealloc(heap, call.name, call.size, origin);
    }
    const before = this.#lookBefore(heap, call);
    const held = call.kind === "usableSize" ? heap.index.at(call.name) : before.entry?.block;
    const raw = invoke(heap.instance, call, held, origin);
    if (!isPending(raw)) return this.#finish(heap, call, before, raw);
    return Promise.resolve(raw).then(
      (value) => this.#finish(heap, call, before, value),
      (error: unknown) => this.#finish(heap, call, before, new Thrown(error)),
    );
  }

  /** Reads every byte of every live block, and looks at all of a system; the last call is blamed. */
  sweep(): StepResult {
    for (const heap of this.#heaps) {
      const answer = this.#answer ?? { kind: "released" };
      const seen = this.#judgeSystem(heap, answer, (system) => system.look(this.tally));
      if (seen === "violated") return "violated";
      if (!heap.witness.canSee || heap.witness.findDamage() === undefined) continue;
      if (heap.witness.gone !== undefined) return this.#threw(heap.witness.gone);
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
      const heap = new Heap(instance, this.promises, this.#options.policy);
      this.#heaps.push(heap);
      if (heap.instance.pages !== undefined && heap.instance.ownerOf !== undefined) {
        this.#systems.set(heap, new SystemWatch(heap, this.promises, this.#options));
      }
    } catch (error) {
      if (error instanceof UnusableSubject) throw error;
      throw new UnusableSubject(`a fresh heap cannot be made: ${new Thrown(error).reason}`);
    }
  }

  #lookBefore(heap: Heap, call: Call): Before {
    if (this.#systems.size > 0) this.#systems.get(heap)?.before(call.name);
    return lookBefore(heap, call);
  }

  #skip(): StepResult {
    this.tally.calls.skipped += 1;
    return "skipped";
  }

  #finish(heap: Heap, call: Call, before: Before, raw: unknown): StepResult {
    const { tally } = this;
    let answer = answerOf(call, raw);
    let thrown = raw instanceof Thrown ? raw : undefined;
    try {
      heap.attach();
      observe(this.#seen, this.#heaps, heap, call, answer, before);
      if (heap.witness.gone !== undefined) throw heap.witness.gone;
    } catch (error) {
      thrown = thrown?.fault === undefined ? new Thrown(error) : thrown;
      answer = thrown.fault === "nonsense" ? { kind: "nonsense" } : { kind: "threw" };
    }
    this.#answer = answer;
    tally.calls.executed += 1;
    if (answer.kind === "refused") tally.calls.refused += 1;
    const verdict = judge(heap.state, call, answer, this.#seen, tally, this.#rules);
    if (verdict.kind === "rejected") return this.#violate(verdict.rule, answer, thrown);

    markStep(tally, heap, call, answer, before);
    heap.state = verdict.state;
    if (answer.kind === "placed" && call.kind !== "misuse") {
      heap.witness.write(heap.index.entry(call.name));
    }
    if (this.#systems.size === 0) return "admitted";
    const denied = deniedRequest(heap, call, answer, before);
    return this.#judgeSystem(heap, answer, (system) => system.judge(tally, denied));
  }

  /** Asks the rules of ownership; a system that cannot even be looked at has thrown. */
  #judgeSystem(
    heap: Heap,
    answer: Answer,
    ask: (system: SystemWatch) => SystemClaim | undefined,
  ): StepResult {
    const system = this.#systems.get(heap);
    if (system === undefined) return "admitted";
    try {
      heap.attach();
      const broken = ask(system);
      return broken === undefined ? "admitted" : this.#violate(broken, answer, undefined);
    } catch (error) {
      return this.#threw(error);
    }
  }

  #threw(error: unknown): StepResult {
    const rule = this.#rules.find(({ name }) => name === "call-returns");
    if (rule === undefined) return "admitted";
    const thrown = error instanceof Thrown ? error : new Thrown(error);
    return this.#violate(rule, { kind: "threw" }, thrown);
  }

  #violate(rule: Violation["rule"], answer: Answer, thrown: Thrown | undefined): StepResult {
    const found = { rule, at: this.#calls - 1, answer };
    const isFault = thrown?.fault !== undefined && { isFault: true as const };
    this.#violation =
      thrown === undefined ? found : { ...found, reason: thrown.reason, ...isFault };
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
    this.#lookBefore(heap, grant);
    const placed = await settle(() => invoke(heap.instance, grant, undefined, origin));
    if (this.#finish(heap, grant, NOTHING, placed) === "violated") return "violated";
    if (!heap.index.has(interim)) return "admitted";

    const target = heap.index.at(interim);
    const free: Call = { kind: "dealloc", name };
    const before = this.#lookBefore(heap, free);
    const freed = await settle(() => invoke(heap.instance, free, heap.layoutOf(name), origin));
    if (this.#finish(heap, free, before, freed) === "violated") return "violated";

    const { seed } = heap.index.entry(interim);
    heap.index.without(interim).with({ ...target, name });
    heap.index.entry(name).seed = seed;
    this.#systems.get(heap)?.rename(interim, name);
    this.#answer = { kind: "placed", address: target.start };
    return "admitted";
  }

  /** Makes a call to a system as a whole, if it can be made. */
  async #askSystem(heap: Heap, traceCall: TraceCall): Promise<StepResult> {
    const { tally } = this;
    let call: SystemCall | undefined;
    try {
      call = this.#systems.has(heap) ? systemCall(heap, traceCall, this.promises) : undefined;
    } catch (error) {
      return this.#threw(error);
    }
    if (call === undefined) return this.#skip();
    tally.calls.executed += 1;
    tally.kind(traceCall.misuse === "none" ? traceCall.kind : traceCall.misuse);
    const raw = await settle(call.ask);
    if (raw instanceof Thrown && raw.fault !== undefined) return this.#threw(raw);
    const isGranted = raw !== false && !(raw instanceof Thrown);
    const answer: Answer = { kind: isGranted ? "released" : "rejected" };
    this.#answer = answer;
    const judged = this.#judgeSystem(heap, answer, (system) =>
      system.judgeCall(call, isGranted, tally),
    );
    if (judged === "violated") return "violated";

    markSystemCall(tally, call, isGranted);
    return heap.witness.canSee ? this.sweep() : "admitted";
  }
}

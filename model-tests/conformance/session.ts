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
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import { promisesOf, UnusableSubject } from "../subject/contract.ts";
import type { Promises, Subject } from "../subject/subject.ts";
import { answerOf, invoke, isPending, Thrown } from "./adapter.ts";
import { Heap } from "./heap.ts";
import type { Entry } from "./interval-index.ts";
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

type Changing<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const UNSEEN: Observation = {
  payload: "unseen",
  zeroed: "unseen",
  prefix: "unseen",
  outside: "unseen",
  others: "unseen",
  used: "unseen",
};

export class Session {
  readonly tally: Tally;
  readonly promises: Promises;
  readonly #subject: Subject;
  readonly #config: TraceConfig;
  readonly #policy: Policy;
  readonly #rules: readonly Rule[];
  readonly #heaps: Heap[] = [];
  readonly #seen: Changing<Observation> = { ...UNSEEN };
  readonly #origin = { core: 0, entity: 0 };
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

    const call = this.#specCall(heap, traceCall);
    if (call === undefined || !isLegal(heap.state, call)) return this.#skip();
    this.#origin.core = traceCall.core;
    this.#origin.entity = traceCall.entity;
    this.tally.kind(traceCall.misuse === "none" ? traceCall.kind : traceCall.misuse);

    if (call.kind === "realloc" && heap.instance.realloc === undefined) {
      return this.#emulateRealloc(heap, call.name, call.size);
    }
    const before = this.#look(heap, call);
    const held = call.kind === "usableSize" ? heap.index.at(call.name) : before.entry?.block;
    const origin = { core: traceCall.core, entity: traceCall.entity };
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

  /** The call of the specification, or undefined if its block has no layout to name. */
  #specCall(heap: Heap, call: TraceCall): Call | undefined {
    const { contract } = heap.state;
    const { kind, name, misuse, size } = call;
    let align = call.align as Alignment;
    if (misuse !== "none") {
      const layout = misuse === "foreign-pointer" ? call : heap.layoutOf(name);
      if (layout === undefined) return undefined;
      const start = "start" in layout ? layout.start : call.address;
      const address = (misuse === "interior-pointer" ? start + call.offset : start) as Address;
      const claimed = misuse === "wrong-layout" ? call : layout;
      align = claimed.align as Alignment;
      return { kind: "misuse", misuse, name, address, size: claimed.size as ByteCount, align };
    }
    if (kind === "switch") return undefined;
    if (kind === "usableSize" && heap.instance.usableSize === undefined) return undefined;
    if (align > contract.alignMax) {
      align = contract.alignMax;
      this.tally.calls.lowered += 1;
    }
    const isZeroed = kind === "allocZeroed" && heap.instance.allocZeroed !== undefined;
    const actual = kind === "allocZeroed" && !isZeroed ? "alloc" : kind;
    return { kind: actual, name, size: size as ByteCount, align };
  }

  /** What is known of the call's block before the call. */
  #look(heap: Heap, call: Call): Before {
    if (call.kind !== "dealloc" && call.kind !== "realloc") return NOTHING;
    const entry = heap.index.entry(call.name);
    const isWhole = !heap.witness.canSee || heap.witness.isWhole(entry);
    if (call.kind === "dealloc") heap.dead.remember(entry.block);
    const { start, size } = entry.block;
    return { entry, start, size, seed: entry.seed, isWhole };
  }

  #finish(heap: Heap, call: Call, before: Before, raw: unknown): StepResult {
    const { tally } = this;
    let answer = answerOf(call, raw);
    let reason = raw instanceof Thrown ? raw.reason : undefined;
    try {
      heap.attach();
      this.#observe(heap, call, answer, before);
    } catch (error) {
      answer = { kind: "threw" };
      reason = new Thrown(error).reason;
    }
    this.#answer = answer;
    tally.calls.executed += 1;
    if (answer.kind === "refused") tally.calls.refused += 1;
    const verdict = judge(heap.state, call, answer, this.#seen, tally, this.#rules);
    if (verdict.kind === "rejected") return this.#violate(verdict.rule, answer, reason);

    this.#marks(heap, call, answer, before);
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

  /** Gathers what the witness sees after a call and before anything new is written. */
  #observe(heap: Heap, call: Call, answer: Answer, before: Before): void {
    const { witness, instance } = heap;
    const seen = this.#seen;
    const isPlaced = answer.kind === "placed";
    seen.zeroed = "unseen";
    seen.prefix = "unseen";
    seen.payload = "unseen";
    if (witness.canSee) {
      const own = call.kind === "dealloc" || call.kind === "realloc" ? before.entry : undefined;
      const isGone = isPlaced || answer.kind === "released";
      const near = isPlaced ? answer.address : before.start;
      let isIntact = before.isWhole && witness.isIntact(near, isGone ? own : undefined);
      if (isIntact && own !== undefined && !isGone) isIntact = witness.isWhole(own);
      seen.payload = isIntact ? "intact" : "damaged";
      if (isPlaced && call.kind === "realloc") {
        const kept = Math.min(before.size, call.size);
        seen.prefix = witness.isPrefix(answer.address, kept, before.seed) ? "kept" : "changed";
      }
      if (isPlaced && call.kind === "allocZeroed" && call.size > 0) {
        const block = { start: answer.address, size: call.size };
        seen.zeroed = witness.isZero(block) ? "zero" : "dirty";
      }
      if (witness.hasGuards) seen.outside = witness.areGuardsIntact() ? "untouched" : "touched";
    }
    if (this.#heaps.length > 1) seen.others = this.#areOthersIntact(heap) ? "intact" : "damaged";
    const used = instance.used?.();
    if (used !== undefined) seen.used = Number(used) as ByteCount;
  }

  #areOthersIntact(heap: Heap): boolean {
    return this.#heaps.every(
      (other) => other === heap || !other.witness.canSee || other.witness.isIntact(0, undefined),
    );
  }

  #marks(heap: Heap, call: Call, answer: Answer, before: Before): void {
    const { tally } = this;
    if (answer.kind === "refused") tally.mark("request refused");
    else if (call.kind === "misuse") tally.mark(`${call.misuse} tried`);
    else if (call.kind === "dealloc" && heap.index.size === 0) tally.mark("heap emptied");
    else if (call.kind === "realloc" && answer.kind === "placed") {
      tally.mark(answer.address === before.start ? "block resized in place" : "block moved");
    } else if (answer.kind === "placed" && "align" in call) {
      if (call.size === 0) tally.mark("block of no bytes granted");
      if (heap.dead.hadStart(answer.address)) tally.mark("address used again");
    }
  }

  /** Resizes by hand for a subject that cannot: a new block, a copy, a free. */
  async #emulateRealloc(heap: Heap, name: BlockName, size: ByteCount): Promise<StepResult> {
    this.tally.calls.emulated += 1;
    const { align } = heap.index.at(name);
    const kept = this.promises.reallocKeepsAlign ? align : (1 as Alignment);
    const interim = -2 as BlockName;
    const origin = { ...this.#origin };
    const grant: Call = { kind: "alloc", name: interim, size, align: kept };
    const placed = await settle(() => invoke(heap.instance, grant, undefined, origin));
    if (this.#finish(heap, grant, NOTHING, placed) === "violated") return "violated";
    if (!heap.index.has(interim)) return "admitted";

    const target = heap.index.at(interim);
    const free: Call = { kind: "dealloc", name };
    const before = this.#look(heap, free);
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

/** What was known of a call's own block before the call. */
interface Before {
  readonly entry: Entry | undefined;
  readonly start: number;
  readonly size: number;
  readonly seed: number;
  readonly isWhole: boolean;
}

const NOTHING: Before = { entry: undefined, start: 0, size: 0, seed: 0, isWhole: true };

async function settle(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return new Thrown(error);
  }
}

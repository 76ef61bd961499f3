/**
 * Tries every sequence of calls that a small scope allows, shortest first.
 *
 * Every sequence begins with a fresh heap: its prefix is made again, call by call, and every call of it
 * is judged. That costs as many calls as the sequence is long, and needs nothing of a subject, neither
 * a copy of it nor a way back.
 *
 *     depth 0        ○
 *     depth 1        ○────────○────────○
 *     depth 2        ○───○    ○═══○────○        ═ leads to a state that is known already
 *
 * A subject that offers `fingerprint()` says when two of its states have the same future. Then only one
 * of two equal states is gone on from, and a few thousand transitions stand for millions of
 * sequences; how many is counted, not guessed. All sequences of one length are tried before a longer
 * one, so the first that fails is a shortest one.
 */
import type { TraceCall, TraceConfig } from "#spec";
import type { BlockName } from "#units";
import { type Failure, findingOf } from "../campaign/tasks.ts";
import type { FlightRecorder } from "../conformance/flight.ts";
import { Session } from "../conformance/session.ts";
import { Tally, type TallyData } from "../conformance/tally.ts";
import type { Subject } from "../subject/subject.ts";
import { nextCalls } from "./next-calls.ts";
import { type Scope, scopeNamed } from "./scopes.ts";
import { StateGraph } from "./state-graph.ts";
import { hasKey, stateKey } from "./state-key.ts";

export interface ExploreTask {
  /** The name of a scope. */
  readonly scope: string;
  /** The length of the longest sequences; that of the scope if absent. */
  readonly depth?: number;
  /** Whether to tell every sequence apart even where states could be merged. */
  readonly plain?: boolean;
}

export interface ExploreResult {
  readonly scope: string;
  /** Every sequence of up to so many calls has been tried, and none of them fails. */
  readonly depth: number;
  /** Whether that is as deep as was asked for. */
  readonly isComplete: boolean;
  /** Whether no state is left to go on from: then longer sequences lead nowhere else. */
  readonly isClosed: boolean;
  /** Whether equal states were merged; else every sequence is a state of its own. */
  readonly isMerging: boolean;
  readonly states: number;
  /** How many sequences were made: one for each call from each state that was gone on from. */
  readonly transitions: number;
  /** How many of them led to a state that was known. */
  readonly merged: number;
  /** How many sequences of up to `depth` calls those stand for; beyond 2^53, about. */
  readonly sequences: number;
  /** The first sequence that fails, which is a shortest one. */
  readonly failure: Failure | undefined;
  /** False if that failure does not happen again. */
  readonly isRepeatable?: false;
  /** What was counted, with every prefix as often as it was made. */
  readonly tally: TallyData;
}

export interface ExploreOptions {
  readonly depth?: number;
  readonly plain?: boolean;
  readonly flight?: FlightRecorder;
  /** Is told each new state and how many calls lead to it. */
  readonly visit?: (key: string, depth: number) => void;
}

/** Explores the scope that `task` names. */
export async function explore(
  subject: Subject,
  task: ExploreTask,
  flight?: FlightRecorder,
): Promise<ExploreResult> {
  const options = flight === undefined ? task : { ...task, flight };
  return await exploreScope(subject, scopeNamed(task.scope), options);
}

/** Explores `scope`, which need not have a name that anybody knows. */
export async function exploreScope(
  subject: Subject,
  scope: Scope,
  options: ExploreOptions = {},
): Promise<ExploreResult> {
  return await new Exploration(subject, scope, options).run();
}

/** A state, by the first sequence that was found to lead to it. */
interface Node {
  readonly number: number;
  readonly before: Node | undefined;
  readonly call: TraceCall | undefined;
  /** How many blocks the sequence asks for. */
  readonly names: number;
  readonly hasSwitched: boolean;
}

const ROOT: Node = {
  number: 0,
  before: undefined,
  call: undefined,
  names: 0,
  hasSwitched: false,
};

class Exploration {
  readonly #subject: Subject;
  readonly #scope: Scope;
  readonly #options: ExploreOptions;
  readonly #config: TraceConfig;
  readonly #tally = new Tally();
  readonly #graph = new StateGraph();
  #isMerging = false;
  #made = 0;
  #transitions = 0;
  #failure: Failure | undefined;

  constructor(subject: Subject, scope: Scope, options: ExploreOptions) {
    this.#subject = subject;
    this.#scope = scope;
    this.#options = options;
    this.#config = { memoryBytes: scope.memoryBytes, cores: subject.cores ?? 1 };
  }

  async run(): Promise<ExploreResult> {
    const root = await this.#make([]);
    this.#isMerging = this.#options.plain !== true && hasKey(root);
    await this.#reach(root, ROOT, 0);
    await root.close();

    const { depth, depthPlain } = this.#scope;
    const depthAsked = this.#options.depth ?? (this.#isMerging ? depth : depthPlain);
    let nodes: readonly Node[] = [ROOT];
    let done = 0;
    for (; done < depthAsked && nodes.length > 0; done++) {
      const next = await this.#expandAll(nodes, done + 1);
      if (this.#failure !== undefined) break;
      nodes = next;
    }
    const isComplete = this.#failure === undefined;
    return this.#result(isComplete ? depthAsked : done, isComplete, nodes.length === 0);
  }

  #result(depth: number, isComplete: boolean, isClosed: boolean): ExploreResult {
    const { states, edges } = this.#graph;
    return {
      scope: this.#scope.name,
      depth,
      isComplete,
      isClosed,
      isMerging: this.#isMerging,
      states,
      transitions: this.#transitions,
      merged: edges - (states - 1),
      sequences: this.#graph.countPaths(depth),
      failure: this.#failure,
      tally: this.#tally.toData(),
    };
  }

  /** Makes every call that may follow `nodes`; the new states, or those before the first failure. */
  async #expandAll(nodes: readonly Node[], depth: number): Promise<Node[]> {
    const found: Node[] = [];
    for (const node of nodes) {
      const prefix = callsTo(node);
      for (const call of await this.#callsFrom(node, prefix)) {
        const session = await this.#make([...prefix, call]);
        this.#transitions += 1;
        const { violation } = session;
        if (violation === undefined) {
          const next = await this.#reach(session, after(node, call, this.#graph.states), depth);
          if (next !== undefined) found.push(next);
        } else {
          const calls = [...prefix, call].slice(0, violation.at + 1);
          this.#failure = { config: this.#config, calls, finding: findingOf(violation) };
        }
        await session.close();
        if (this.#failure !== undefined) return found;
      }
    }
    return found;
  }

  async #callsFrom(node: Node, prefix: readonly TraceCall[]): Promise<readonly TraceCall[]> {
    const session = await this.#make(prefix);
    const calls = nextCalls(session, this.#scope, this.#config.cores, node.names as BlockName);
    await session.close();
    return calls;
  }

  /** Notes that `node` was reached; answers it if no earlier sequence leads to the same state. */
  async #reach(session: Session, node: Node, depth: number): Promise<Node | undefined> {
    const { visit } = this.#options;
    const isKeyed = this.#isMerging || (visit !== undefined && hasKey(session));
    const key = isKeyed ? await stateKey(session, node.hasSwitched) : undefined;
    const isNew = this.#graph.add(node.before?.number, this.#isMerging ? key : undefined);
    if (isNew && key !== undefined) visit?.(key, depth);
    return isNew ? node : undefined;
  }

  /** Makes `calls` on a fresh heap, up to the first that is answered wrongly. */
  async #make(calls: readonly TraceCall[]): Promise<Session> {
    const { flight } = this.#options;
    flight?.begin(this.#made);
    if (flight !== undefined) flight.memoryBytes = this.#config.memoryBytes;
    this.#made += 1;
    const options = { policy: "sweep" as const, tally: this.#tally };
    const session = await Session.open(this.#subject, this.#config, options);
    for (const call of calls) {
      flight?.note(call);
      const pending = session.step(call);
      if ((typeof pending === "string" ? pending : await pending) === "violated") return session;
    }
    session.sweep();
    return session;
  }
}

function after(before: Node, call: TraceCall, number: number): Node {
  const isRequest = call.kind === "alloc" || call.kind === "allocZeroed";
  return {
    number,
    before,
    call,
    names: before.names + (isRequest ? 1 : 0),
    hasSwitched: before.hasSwitched || call.kind === "switch",
  };
}

function callsTo(node: Node): TraceCall[] {
  const calls: TraceCall[] = [];
  for (let at: Node | undefined = node; at?.call !== undefined; at = at.before) calls.push(at.call);
  return calls.reverse();
}

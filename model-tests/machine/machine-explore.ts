/**
 * Tries every order of everything in a small machine: every call from every state, states that are reached
 * by the fewest calls first.
 *
 * A state is told from others by its key, and made again by making its calls again, on a fresh machine. They
 * were judged when the state was found, so only what comes next is judged. All calls of one
 * state are tried before those of a state that is further away: what fails first fails in the fewest calls.
 */
import type { Rights } from "#spec";
import type { MachineBook } from "./machine-book.ts";
import type { MachineCall } from "./machine-call.ts";
import { MachineGraph } from "./machine-graph.ts";
import { machineKey } from "./machine-key.ts";
import {
  type BrokenRule,
  type MachineJudges,
  type MachineRunConfig,
  MachineSession,
} from "./machine-session.ts";
import type { MachineMaker } from "./machine-subject.ts";

/** What is tried in a small machine of one address space. */
export interface MachineExploreScope {
  readonly frameCount: number;
  readonly coreCount: number;
  /** The page that is the first of those that are asked for, and how many there are. */
  readonly firstPage: number;
  readonly pageCount: number;
  /** How many operations may be under way at once. */
  readonly operationMax: number;
  readonly accesses: readonly ("read" | "write" | "execute")[];
  /** The rights that mappings get; two make every remapping change something. */
  readonly rights: readonly Rights[];
  readonly calls: readonly MachineCall["call"][];
}

export interface MachineExploration {
  readonly states: number;
  readonly transitions: number;
  /** Every order of so many calls has been tried. */
  readonly depth: number;
  /** Whether no state is left to go on from. */
  readonly isClosed: boolean;
  /** States from which no calls lead to one in which nothing is under way. */
  readonly deadEnds: number;
  readonly failure:
    | { readonly calls: readonly MachineCall[]; readonly broken: BrokenRule }
    | undefined;
}

/** A state that was found: the calls that lead to it, and those that may be made there. */
interface Node {
  readonly id: number;
  readonly key: string;
  readonly calls: readonly MachineCall[];
  readonly next: readonly MachineCall[];
}

const START: readonly MachineCall[] = [
  { call: "space", id: 1 },
  { call: "start", core: 0, space: 1 },
];

/** Explores `scope` until no state is left, or every order of `depth` calls has been tried. */
export function exploreMachine(
  make: MachineMaker,
  scope: MachineExploreScope,
  depth: number = Number.POSITIVE_INFINITY,
  judges: MachineJudges = {},
): MachineExploration {
  return new Exploration(make, scope, judges).run(depth);
}

class Exploration {
  readonly #make: MachineMaker;
  readonly #scope: MachineExploreScope;
  readonly #judges: MachineJudges;
  readonly #config: MachineRunConfig;
  readonly #ids: Map<string, number> = new Map();
  readonly #graph: MachineGraph = new MachineGraph();
  #transitions = 0;
  #failure: MachineExploration["failure"];

  constructor(make: MachineMaker, scope: MachineExploreScope, judges: MachineJudges) {
    this.#make = make;
    this.#scope = scope;
    this.#judges = judges;
    this.#config = { frameCount: scope.frameCount };
    this.#failure = undefined;
  }

  run(depth: number): MachineExploration {
    const session = this.#replayed(START);
    let level: readonly Node[] = [this.#found(session, machineKey(session), START)];
    let tried = 0;
    while (level.length > 0 && tried < depth) {
      const further: Node[] = [];
      for (const node of level) {
        this.#goOn(node, further);
        if (this.#failure !== undefined) break;
      }
      level = further;
      if (this.#failure !== undefined) break;
      tried += 1;
    }
    return {
      states: this.#ids.size,
      transitions: this.#transitions,
      depth: tried,
      isClosed: level.length === 0 && this.#failure === undefined,
      deadEnds: this.#graph.deadEnds(level.map(({ id }) => id)),
      failure: this.#failure,
    };
  }

  /** Makes every call of `node`, and adds the states that are new to `further`. */
  #goOn(node: Node, further: Node[]): void {
    let session: MachineSession | undefined;
    for (const call of node.next) {
      session ??= this.#replayed(node.calls);
      const play = session.play(call);
      if (play === undefined || play.answer?.kind === "skipped") continue;
      this.#transitions += 1;
      const { broken } = session;
      if (broken !== undefined) {
        this.#failure = { calls: [...node.calls, call], broken };
        return;
      }
      const key = machineKey(session);
      // A machine that is where it was before the call is as good as a fresh one.
      if (key === node.key) continue;
      const known = this.#ids.get(key);
      const to = known ?? this.#ids.size;
      if (known === undefined) further.push(this.#found(session, key, [...node.calls, call]));
      this.#graph.link(node.id, to);
      session = undefined;
    }
  }

  #found(session: MachineSession, key: string, calls: readonly MachineCall[]): Node {
    const id = this.#ids.size;
    this.#ids.set(key, id);
    this.#graph.add(id, session.book.operations.size === 0 ? "at rest" : "busy");
    return { id, key, calls, next: callsIn(session.book, this.#scope, calls) };
  }

  /** A fresh machine after `calls`, which break no rule. */
  #replayed(calls: readonly MachineCall[]): MachineSession {
    const session = new MachineSession(this.#make, this.#config, this.#judges);
    session.replay(calls);
    return session;
  }
}

/** Every call of `scope` that may be made, each once. */
function callsIn(
  book: MachineBook,
  scope: MachineExploreScope,
  before: readonly MachineCall[],
): readonly MachineCall[] {
  const cores = [...book.cores.keys()];
  const calls: MachineCall[] = [
    ...(cores.length < scope.coreCount
      ? [{ call: "start", core: cores.length, space: 1 } as const]
      : []),
    ...[...book.operations.keys()].map((of) => ({ call: "step", of }) as const),
    ...cores.map((core) => ({ call: "interrupt", core }) as const),
    ...cores.flatMap((core) => [
      ...accessesOf(core, scope),
      ...[...Array(scope.pageCount).keys()].map(
        (entry) => ({ call: "evict", core, entry }) as const,
      ),
    ]),
  ];
  if (book.operations.size < scope.operationMax) {
    calls.push(...beginningsIn(book, scope, 10 + 2 * before.length));
  }
  return calls.filter(({ call }) => scope.calls.includes(call));
}

function accessesOf(core: number, scope: MachineExploreScope): readonly MachineCall[] {
  return pagesIn(scope).flatMap((page) =>
    scope.accesses.map((kind) => ({ call: "access", core, page, kind }) as const),
  );
}

/** Every operation that may be begun; what it makes is called `id`, and `id` + 1. */
function beginningsIn(
  book: MachineBook,
  scope: MachineExploreScope,
  id: number,
): readonly MachineCall[] {
  const end = scope.firstPage + scope.pageCount;
  const maps = pagesIn(scope).flatMap((at) =>
    [...Array(end - at).keys()].map((more) => {
      const [rights] = scope.rights;
      return { call: "map", id, space: 1, at, count: more + 1, rights: rights as Rights } as const;
    }),
  );
  const changes = [...book.mappings].flatMap(([of, mapping]) => [
    ...[...book.cores.keys()].flatMap((core) => [
      { call: "release", id, core, of } as const,
      ...scope.rights
        .filter((rights) => rights.isWritable !== mapping.rights.isWritable)
        .map((rights) => ({ call: "remap", id, core, of, rights }) as const),
    ]),
    ...[...Array(mapping.count).keys()]
      .slice(1)
      .map((at) => ({ call: "split", of, at, first: id, second: id + 1 }) as const),
    ...[...book.mappings.keys()]
      .filter((other) => other !== of)
      .map((other) => ({ call: "merge", id, of, with: other }) as const),
    { call: "borrow", id, of, space: 1, rights: mapping.rights } as const,
  ]);
  return [...maps, ...changes];
}

function pagesIn({ firstPage, pageCount }: MachineExploreScope): readonly number[] {
  return [...Array(pageCount).keys()].map((place) => firstPage + place);
}

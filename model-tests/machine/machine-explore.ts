/**
 * Tries every order of everything in a small machine: every call from every state, states that are reached
 * by the fewest calls first.
 *
 * A state is told from others by its key, and made again by making its calls again, on a fresh machine. They
 * were judged when the state was found, so only what comes next is judged. All calls of one
 * state are tried before those of a state that is further away: what fails first fails in the fewest calls.
 */
import type { Rights } from "#spec";
import { KERNEL, type MachineBook } from "./machine-book.ts";
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

/** What is tried in a small machine. */
export interface MachineExploreScope {
  readonly frameCount: number;
  readonly coreCount: number;
  /** How many address spaces there may be at once, beside the kernel's. */
  readonly spaceCount: number;
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

/** How much an exploration has seen. */
export interface ExplorationSize {
  readonly states: number;
  readonly transitions: number;
  /** Every order of so many calls has been tried. */
  readonly depth: number;
}

export interface MachineExploration extends ExplorationSize {
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
  grown: (size: ExplorationSize) => void = () => {},
): MachineExploration {
  return new Exploration(make, scope, judges, grown).run(depth);
}

class Exploration {
  readonly #make: MachineMaker;
  readonly #scope: MachineExploreScope;
  readonly #judges: MachineJudges;
  readonly #config: MachineRunConfig;
  readonly #ids: Map<string, number> = new Map();
  readonly #graph: MachineGraph = new MachineGraph();
  readonly #grown: (size: ExplorationSize) => void;
  #transitions = 0;
  #depth = 0;
  #failure: MachineExploration["failure"];

  constructor(
    make: MachineMaker,
    scope: MachineExploreScope,
    judges: MachineJudges,
    grown: (size: ExplorationSize) => void,
  ) {
    this.#grown = grown;
    this.#make = make;
    this.#scope = scope;
    this.#judges = judges;
    this.#config = { frameCount: scope.frameCount };
    this.#failure = undefined;
  }

  run(depth: number): MachineExploration {
    const session = this.#replayed(START);
    let level: readonly Node[] = [this.#found(session, machineKey(session), START)];
    while (level.length > 0 && this.#depth < depth) {
      const further: Node[] = [];
      for (const node of level) {
        this.#goOn(node, further);
        this.#grown(this.#size());
        if (this.#failure !== undefined) break;
      }
      level = further;
      if (this.#failure !== undefined) break;
      this.#depth += 1;
    }
    return {
      ...this.#size(),
      isClosed: level.length === 0 && this.#failure === undefined,
      deadEnds: this.#graph.deadEnds(level.map(({ id }) => id)),
      failure: this.#failure,
    };
  }

  #size(): ExplorationSize {
    return { states: this.#ids.size, transitions: this.#transitions, depth: this.#depth };
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
    ...spaceCallsIn(book, scope),
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

/** A space more, a core more in any of the spaces, or a core in another space. */
function spaceCallsIn(book: MachineBook, scope: MachineExploreScope): readonly MachineCall[] {
  const spaces = spacesIn(book);
  const fresh = [1, 2, 3, 4].find((id) => !book.spaces.has(id));
  const calls: MachineCall[] = [];
  if (fresh !== undefined && spaces.length < scope.spaceCount) {
    calls.push({ call: "space", id: fresh });
  }
  const core = book.cores.size;
  if (core < scope.coreCount) {
    calls.push(...spaces.map((space) => ({ call: "start", core, space }) as const));
  }
  for (const [core, from] of book.cores) {
    const others = spaces.filter((space) => space !== from);
    calls.push(...others.map((space) => ({ call: "enter", core, space, keeps: true }) as const));
  }
  return calls;
}

function spacesIn(book: MachineBook): readonly number[] {
  return [...book.spaces.keys()].filter((name) => name !== KERNEL);
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
  const spaces = spacesIn(book);
  const [rights] = scope.rights as readonly [Rights];
  const maps = spaces.flatMap((space) =>
    pagesIn(scope).flatMap((at) =>
      [...Array(end - at).keys()].map((more) => {
        return { call: "map", id, space, at, count: more + 1, rights } as const;
      }),
    ),
  );
  const closings = spaces
    .filter((space) => book.isIdle(space))
    .flatMap((space) =>
      [...book.cores.keys()].map((core) => ({ call: "close", id, core, space }) as const),
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
    ...spaces.map((space) => ({ call: "borrow", id, of, space, rights: mapping.rights }) as const),
  ]);
  return [...maps, ...closings, ...changes];
}

function pagesIn({ firstPage, pageCount }: MachineExploreScope): readonly number[] {
  return [...Array(pageCount).keys()].map((place) => firstPage + place);
}

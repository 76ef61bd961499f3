/**
 * Shootdown: makes every core forget pages that have changed, and knows when all have.
 *
 *     initiator     change ── request ── forgets ───── waits ─────── close
 *     each other                └─ interrupt ─ forgets ─ acknowledges ─┘
 *
 * One round at a time. A round keeps which cores it waits for, by name: an interrupt that arrives for another
 * reason, or twice, is nobody's acknowledgement. A core that starts during a round keeps nothing and
 * is not asked.
 *
 * Cores are interrupted in a way that cannot be held off, so one that waits for a lock answers too.
 */
import { assert } from "#support";
import type { CoreId, PageName, RoundName } from "#units";
import type { Core } from "./core.ts";
import { type Holding, Lock, SHOOTDOWN_RANK } from "./lock.ts";
import type { MachineObserver } from "./machine-observer.ts";
import type { Sections } from "./section.ts";

/** What every core is asked to forget: how it does, and the pages that this is about. */
export interface Forgetting {
  readonly first: PageName;
  readonly last: PageName;
  readonly forget: (core: Core) => void;
}

interface Round {
  readonly name: RoundName;
  readonly forget: Forgetting["forget"];
  /** For each core, by its number: whether the round waits for it. */
  readonly isAwaited: boolean[];
}

export class Shootdown {
  readonly #lock: Lock;
  readonly #observer: MachineObserver;
  #round: Round | undefined;
  #nextName: number;

  constructor(observer: MachineObserver) {
    this.#lock = new Lock(SHOOTDOWN_RANK);
    this.#observer = observer;
    this.#round = undefined;
    this.#nextName = 0;
  }

  /** Whether `core` is asked to forget something and has not. */
  isAwaiting(core: CoreId): boolean {
    return this.#round?.isAwaited[core] === true;
  }

  /** Ends when every core of `cores` has forgotten. */
  *run(
    cores: readonly (Core | undefined)[],
    initiator: Core,
    { first, last, forget }: Forgetting,
    holding: Holding,
  ): Sections<void> {
    yield* this.#lock.take(holding);
    assert(this.#round === undefined, "there is one round at a time");
    const name = this.#nextName as RoundName;
    this.#nextName += 1;
    const round = { name, forget, isAwaited: cores.map((core) => core !== undefined) };
    this.#round = round;
    this.#observer.moved({ kind: "shootdown.request", round: name, first, last });

    this.interrupt(initiator);
    while (round.isAwaited.includes(true)) yield "waiting";
    this.#observer.moved({ kind: "shootdown.close", round: name });
    this.#round = undefined;
    this.#lock.release(holding);
  }

  /** What `core` does when it is interrupted, for whatever reason. */
  interrupt(core: Core): void {
    const round = this.#round;
    if (round === undefined || round.isAwaited[core.id] !== true) return;
    round.forget(core);
    round.isAwaited[core.id] = false;
    this.#observer.moved({ kind: "shootdown.acknowledge", round: round.name, core: core.id });
  }
}

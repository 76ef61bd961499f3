/**
 * The shootdown of a plain machine: one round at a time, which knows by name whom it waits for.
 *
 * An operation that waits is a generator that yields. Whoever drives the machine decides who goes on.
 */
import type { CoreId, FrameNumber, PageName, RoundName } from "#units";
import { PlainCores } from "./plain-cores.ts";

/** An operation that yields while it waits for other cores, and answers a `Value` in the end. */
export type Waiting<Value> = Generator<void, Value, void>;

export interface PlainRound {
  readonly name: RoundName;
  readonly first: PageName;
  readonly last: PageName;
  readonly tables: readonly FrameNumber[];
  readonly awaited: Set<CoreId>;
}

export class PlainShootdown extends PlainCores {
  round: PlainRound | undefined;
  #rounds = 0;

  /** Ends when every core has forgotten the pages from `first` to `last`, and `tables`. */
  *shootDown(
    initiator: CoreId,
    first: PageName,
    last: PageName,
    tables: readonly FrameNumber[],
  ): Waiting<void> {
    while (this.isBusy()) yield;
    const round = this.request(first, last, tables);
    this.interrupt(initiator);
    while (!this.isOver(round)) yield;
    this.tell({ kind: "shootdown.close", round: round.name });
    this.round = undefined;
  }

  /** Whether a round that begins now would meet another. */
  isBusy(): boolean {
    return this.round !== undefined;
  }

  request(first: PageName, last: PageName, tables: readonly FrameNumber[]): PlainRound {
    const name = this.#rounds as RoundName;
    this.#rounds += 1;
    const round = { name, first, last, tables, awaited: new Set(this.cores.keys()) };
    this.round = round;
    this.tell({ kind: "shootdown.request", round: name, first, last });
    return round;
  }

  isOver({ awaited }: PlainRound): boolean {
    return awaited.size === 0;
  }

  /** What `core` does when it is interrupted, for whatever reason. */
  interrupt(core: CoreId): void {
    const { round } = this;
    if (round === undefined || !this.isAsked(round, core)) return;
    this.flush(round, core);
    this.acknowledge(round, core);
  }

  isAsked({ awaited }: PlainRound, core: CoreId): boolean {
    return awaited.has(core);
  }

  /** Makes `core` forget all that `round` is about. */
  flush({ first, last, tables }: PlainRound, core: CoreId): void {
    for (let page: number = first; page <= last; page++) this.invalidate(core, page as PageName);
    for (const table of tables) this.invalidateWay(core, table);
  }

  acknowledge({ name, awaited }: PlainRound, core: CoreId): void {
    awaited.delete(core);
    this.tell({ kind: "shootdown.acknowledge", round: name, core });
  }
}

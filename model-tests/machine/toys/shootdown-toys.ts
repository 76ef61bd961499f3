/** The plain machine with one thing wrong each: in how cores are made to forget. */
import type { CoreId, FrameNumber, PageName } from "#units";
import { PlainMachine } from "./plain-machine.ts";
import type { PlainRound, Waiting } from "./plain-shootdown.ts";
import type { PlainSpace } from "./plain-tables.ts";

/** Makes the core that unmaps forget, and no other. */
export class LonelyMachine extends PlainMachine {
  // biome-ignore lint/correctness/useYield: it waits for nobody, which is what is wrong with it.
  override *shootDown(
    initiator: CoreId,
    first: PageName,
    last: PageName,
    tables: readonly FrameNumber[],
  ): Waiting<void> {
    for (let page: number = first; page <= last; page++) {
      this.invalidate(initiator, page as PageName);
    }
    for (const table of tables) this.invalidateWay(initiator, table);
  }
}

/** Closes an address space when the core that does so has forgotten its root, and no other. */
export class RootlessMachine extends PlainMachine {
  // biome-ignore lint/correctness/useYield: it waits for nobody, which is what is wrong with it.
  override *closeSpace(core: CoreId, space: PlainSpace): Waiting<undefined> {
    this.unlinkRoot(space);
    this.invalidateWay(core, space.root);
    this.giveBackTables([space.root]);
  }
}

/** Asks the cores to forget the first page of a run. */
export class FirstPageMachine extends PlainMachine {
  override request(first: PageName, _: PageName, tables: readonly FrameNumber[]): PlainRound {
    return super.request(first, first, tables);
  }
}

/** Is asked to forget a run of pages, and forgets the first. */
export class LazyCoreMachine extends PlainMachine {
  override flush(round: PlainRound, core: CoreId): void {
    super.flush({ ...round, last: round.first }, core);
  }
}

/** Makes cores forget pages, and not the ways to the tables that went with them. */
export class WaysideMachine extends PlainMachine {
  override flush(round: PlainRound, core: CoreId): void {
    super.flush({ ...round, tables: [] }, core);
  }
}

/** Lets all cores acknowledge without forgetting, but the one that asks them to. */
export class SkippingMachine extends PlainMachine {
  #initiator: CoreId | undefined;

  override *shootDown(
    initiator: CoreId,
    first: PageName,
    last: PageName,
    tables: readonly FrameNumber[],
  ): Waiting<void> {
    this.#initiator = initiator;
    yield* super.shootDown(initiator, first, last, tables);
  }

  override flush(round: PlainRound, core: CoreId): void {
    if (core === this.#initiator) super.flush(round, core);
  }
}

/** Acknowledges first and forgets afterwards. */
export class EagerMachine extends PlainMachine {
  override interrupt(core: CoreId): void {
    const { round } = this;
    if (round === undefined || !this.isAsked(round, core)) return;
    this.acknowledge(round, core);
    this.flush(round, core);
  }
}

/** Takes every interrupt during a round for an acknowledgement, of whichever core is still awaited. */
export class CountingMachine extends PlainMachine {
  override isAsked({ awaited }: PlainRound): boolean {
    return awaited.size > 0;
  }

  override acknowledge(round: PlainRound, core: CoreId): void {
    const { awaited } = round;
    const [any = core] = awaited;
    super.acknowledge(round, awaited.has(core) ? core : any);
  }
}

/** Acknowledges on every interrupt, asked or not. */
export class RepeatingMachine extends PlainMachine {
  override isAsked(): boolean {
    return true;
  }
}

/** Ends a round when one core is left that has not acknowledged it. */
export class ImpatientMachine extends PlainMachine {
  override isOver({ awaited }: PlainRound): boolean {
    return awaited.size <= 1;
  }
}

/** Begins a round while another is open, and counts acknowledgements for both. */
export class CrowdedMachine extends PlainMachine {
  override isBusy(): boolean {
    return false;
  }

  override isOver(): boolean {
    return this.round === undefined || super.isOver(this.round);
  }
}

/** Waits for one acknowledgement more than there are cores. */
export class EndlessMachine extends PlainMachine {
  override isOver(): boolean {
    return false;
  }
}

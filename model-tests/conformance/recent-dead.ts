/**
 * Where freed blocks started, for as many as are ever tried again.
 *
 * A finite map of all dead blocks would grow with the run. Misuse only aims at recent ones, so the
 * last thousand are enough: an older name has no value, and the judge finds no double free in it.
 *
 * Every free adds to it and hardly a call reads it. So it is a ring, in which a name is looked for
 * from the newest on: a hash table would cost each free more than the judge does.
 */
import type { Block } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName } from "#units";

const KEPT = 1024;

interface Layout {
  readonly start: number;
  readonly size: number;
  readonly align: number;
}

interface Dead {
  readonly name: BlockName;
  readonly start: Address;
  /** The block as it was, if somebody remembered it. */
  readonly block: Block | undefined;
}

export class RecentDead implements FiniteMap<BlockName, Address> {
  readonly #ring: Dead[] = [];
  readonly #recent = new Float64Array(KEPT).fill(-1);
  #oldest = 0;
  #dying: Block | undefined;

  has(name: BlockName): boolean {
    return this.#newest(name) !== undefined;
  }

  get(name: BlockName): Address {
    return this.#newest(name)?.start as Address;
  }

  with(name: BlockName, start: Address): this {
    const block = this.#dying?.name === name ? this.#dying : undefined;
    this.#ring[this.#oldest] = { name, start, block };
    this.#oldest = (this.#oldest + 1) % KEPT;
    this.#recent[start % KEPT] = start;
    return this;
  }

  without(name: BlockName): this {
    const inOrder = [...this.#ring.slice(this.#oldest), ...this.#ring.slice(0, this.#oldest)];
    const kept = inOrder.filter((dead) => dead.name !== name);
    this.#ring.splice(0, this.#ring.length, ...kept);
    this.#oldest = kept.length % KEPT;
    return this;
  }

  every(claim: (value: Address, key: BlockName) => boolean): boolean {
    return this.#ring.every(
      (dead) => this.#newest(dead.name) !== dead || claim(dead.start, dead.name),
    );
  }

  some(claim: (value: Address, key: BlockName) => boolean): boolean {
    return !this.every((start, name) => !claim(start, name));
  }

  /** Remembers the layout of a block that is about to die: whoever frees it again must claim one. */
  remember(block: Block): void {
    this.#dying = block;
  }

  layoutOf(name: BlockName): Layout | undefined {
    return this.#newest(name)?.block;
  }

  /** Whether one of the last dead blocks started at `start`. */
  hadStart(start: number): boolean {
    return this.#recent[start % KEPT] === start;
  }

  /** How many names can be picked. */
  get size(): number {
    return this.#ring.length;
  }

  /** One of the names that died recently. */
  pick(place: number): BlockName {
    return (this.#ring[place] as Dead).name;
  }

  /** The last that died under `name`. */
  #newest(name: BlockName): Dead | undefined {
    const { length } = this.#ring;
    for (let age = 1; age <= length; age++) {
      const dead = this.#ring[(this.#oldest - age + length) % length];
      if (dead?.name === name) return dead;
    }
    return undefined;
  }
}

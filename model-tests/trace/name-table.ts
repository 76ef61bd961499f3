/**
 * Turns the ids of a file into names: 0, 1, 2 … in the order in which they are first mentioned.
 *
 * A long trace has far more blocks than are ever alive together, so ids are forgotten. Live ones are
 * kept, and of the others the last `pastMax`: a double free refers to a block that is dead, most
 * often to one that died lately. An id that was forgotten and comes back is a name that nobody has.
 *
 *     unknown ──ask──> live ──release──> past ──(pastMax others)──> forgotten
 *        └──refer──> past                 └──restore──> live
 */
import { assert } from "#support";
import { type BlockName, blockName } from "#units";

/** `past` is dead; `unasked` was referred to, and no call has asked for it. */
interface Entry {
  readonly name: BlockName;
  state: "live" | "past" | "unasked";
  /** When it last stopped being live, or was first referred to. */
  turn: number;
}

export class NameTable {
  readonly #entries = new Map<string, Entry>();
  /** The ids of the last turns, each at its turn modulo the length. */
  readonly #turns: string[] = [];
  readonly #pastMax: number;
  #turn = 0;
  #next = 0;

  constructor(pastMax: number) {
    assert(pastMax >= 1, "at least the id in hand is remembered");
    this.#pastMax = pastMax;
  }

  /** How many ids are remembered. */
  get size(): number {
    return this.#entries.size;
  }

  /** Names the block that is asked for under `id`, or returns undefined if another has that id. */
  ask(id: string): BlockName | undefined {
    const known = this.#entries.get(id);
    if (known === undefined) return this.#add(id, "live").name;
    if (known.state !== "unasked") return undefined;

    known.state = "live";
    return known.name;
  }

  /** The name of the block that `id` refers to. */
  refer(id: string): BlockName {
    const known = this.#entries.get(id);
    if (known !== undefined) return known.name;

    const added = this.#add(id, "unasked");
    this.#takeTurn(id, added);
    return added.name;
  }

  /** Lets go of `id`, if it is live: its block is freed, or was never granted. */
  release(id: string): void {
    const known = this.#entries.get(id);
    if (known?.state !== "live") return;

    known.state = "past";
    this.#takeTurn(id, known);
  }

  /** Takes back that `id` was let go of: its block was not freed after all. */
  restore(id: string): void {
    const known = this.#entries.get(id);
    if (known?.state === "past") known.state = "live";
  }

  #add(id: string, state: "live" | "unasked"): Entry {
    const entry: Entry = { name: blockName(this.#next), state, turn: 0 };
    this.#next += 1;
    this.#entries.set(id, entry);
    return entry;
  }

  /** Remembers `id` as the latest that is not live, and forgets the one that was `pastMax` before. */
  #takeTurn(id: string, entry: Entry): void {
    if (this.#pastMax === Number.POSITIVE_INFINITY) return;

    const place = this.#turn % this.#pastMax;
    const oldest = this.#turns[place];
    const known = oldest === undefined ? undefined : this.#entries.get(oldest);
    const isOver = known?.state !== "live" && known?.turn === this.#turn - this.#pastMax;
    if (oldest !== undefined && isOver) this.#entries.delete(oldest);

    this.#turns[place] = id;
    entry.turn = this.#turn;
    this.#turn += 1;
  }
}

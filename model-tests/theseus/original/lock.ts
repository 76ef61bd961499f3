/**
 * A spin lock, on a machine where calls are made one after the other: whoever finds it held would spin
 * for ever. Whoever panics leaves it held, since nothing is undone when an error passes by.
 */
import { Deadlock } from "./kernel-failure.ts";

export class Lock {
  readonly name: string;
  #isHeld = false;

  constructor(name: string) {
    this.name = name;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** @throws Deadlock if the lock is held. */
  acquire(): void {
    if (this.#isHeld) throw new Deadlock(`${this.name} is asked for by its holder`);
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
  }
}

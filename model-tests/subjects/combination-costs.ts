/**
 * What a combination heap costs on its machine, counted from when somebody first asks.
 *
 *     memory-touches   words of memory that are read or written, page tables left out
 *     tlb-misses       pages that a TLB did not keep: each is one page walk
 *     shootdowns       rounds in which other cores are told to forget
 *     pages-mapped     pages of 4 KiB that are mapped
 *
 * Whoever looks at the heap through its door touches memory too, so these numbers are a heap's own only while
 * nobody looks.
 */
import { DEAF_HARDWARE, type Machine, type MachineWatchers } from "#impl";
import { DEAF } from "#support";

export class CombinationCosts {
  readonly watchers: MachineWatchers;
  readonly #software: { isWatching: boolean; moved(move: { readonly kind: string }): void };
  #touches = 0;
  #misses = 0;
  #shootdowns = 0;
  #maps = 0;
  #isCounting = false;

  constructor() {
    this.#software = {
      isWatching: false,
      moved: ({ kind }) => {
        if (kind === "shootdown.request") this.#shootdowns += 1;
        else if (kind === "page.map") this.#maps += 1;
      },
    };
    const filled = (): void => {
      if (this.#isCounting) this.#misses += 1;
    };
    const hardware = { ...DEAF_HARDWARE, filled };
    this.watchers = { software: this.#software, hardware, marks: DEAF };
  }

  /** What was counted so far on `machine`, which was made with these watchers. */
  of(machine: Machine): Readonly<Record<string, number>> {
    if (!this.#isCounting) this.#count(machine);
    return {
      "memory-touches": this.#touches,
      "tlb-misses": this.#misses,
      shootdowns: this.#shootdowns,
      "pages-mapped": this.#maps,
    };
  }

  #count({ memory }: Machine): void {
    this.#isCounting = true;
    this.#software.isWatching = true;
    const [readWord, writeWord] = [memory.readWord.bind(memory), memory.writeWord.bind(memory)];
    memory.readWord = (at) => {
      this.#touches += 1;
      return readWord(at);
    };
    memory.writeWord = (at, value) => {
      this.#touches += 1;
      writeWord(at, value);
    };
  }
}

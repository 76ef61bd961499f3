/**
 * Where choices come from.
 *
 * Whoever generates calls asks one question: a number below this bound? Behind it stand a random
 * source, one that goes through everything, and one that repeats what was chosen before.
 */

export interface ChoiceSource {
  /** A whole number from 0 up to, not including, `bound`, which is from 1 to 2^32. */
  below(bound: number): number;
}

/**
 * A random source that is the same on every machine: sfc32, four words of state.
 *
 * The state comes from the seed and the number of the run alone, so any run of a campaign can be
 * repeated without the runs before it.
 */
export class RandomChoices implements ChoiceSource {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, run = 0) {
    this.#a = Math.floor(seed / 2 ** 32) | 0;
    this.#b = seed | 0;
    this.#c = Math.imul(run + 1, 0x9e37_79b1) ^ (run | 0);
    for (let round = 0; round < 12; round++) this.#next();
  }

  below(bound: number): number {
    return Math.floor((this.#next() / 2 ** 32) * bound);
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum >>> 0;
  }
}

/**
 * Goes through every way to choose, one way a round, like an odometer: the last choice moves on, and
 * when it has been everywhere the one before it does.
 *
 *     for (const choices = new ExhaustiveChoices(); choices.nextRound(); ) test(choices);
 */
export class ExhaustiveChoices implements ChoiceSource {
  readonly #digits: { value: number; bound: number }[] = [];
  #place = 0;
  #isStarted = false;

  below(bound: number): number {
    const digit = this.#digits[this.#place] ?? { value: 0, bound };
    this.#digits[this.#place] = digit;
    this.#place += 1;
    return digit.value;
  }

  /** Moves on to the next way to choose; false when all have been tried. */
  nextRound(): boolean {
    this.#place = 0;
    if (!this.#isStarted) {
      this.#isStarted = true;
      return true;
    }
    for (let last = this.#digits.pop(); last !== undefined; last = this.#digits.pop()) {
      if (last.value + 1 < last.bound) {
        this.#digits.push({ value: last.value + 1, bound: last.bound });
        return true;
      }
    }
    return false;
  }
}

/** Repeats `recorded`; behind its end, and beyond a bound, it chooses 0. */
export class ReplayedChoices implements ChoiceSource {
  readonly #recorded: readonly number[];
  #place = 0;

  constructor(recorded: readonly number[]) {
    this.#recorded = recorded;
  }

  below(bound: number): number {
    const value = this.#recorded[this.#place] ?? 0;
    this.#place += 1;
    return value % bound;
  }

  /** Whether every recorded choice has been asked for. */
  get isSpent(): boolean {
    return this.#place >= this.#recorded.length;
  }
}

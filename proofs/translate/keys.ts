/**
 * The names in sight: for each index sort, the terms that a claim about all elements is said of.
 *
 * An index sort is the unit of the keys of a map, so that what is known of one map may be said of the
 * keys of another, or the name of a list, whose elements have no other name. A name comes into sight as
 * an unknown of that unit, as a key that a map is asked for, or as a witness. Names that come up inside
 * an instance are one deeper than it: the depth is bounded, or names would beget names without end.
 *
 * A theorem is asked about in parts: what each of its statements owes, and what it says in the end. A name
 * that was made up to speak of what one statement owes, an element of which nothing is known, is of no use
 * to the other parts and out of sight there: the fewer the names, the shorter the question.
 */
import { apply, type Term } from "./term.ts";

/** Which part of a theorem is asked about: what statement `stage` owes, or what the theorem says. */
export interface Part {
  readonly stage: number;
  readonly isConclusion: boolean;
}

interface Name {
  readonly depth: number;
  /** The statement that first named it. */
  readonly stage: number;
  /** Whether it was made up, or first named, to speak of what that statement owes. */
  readonly isMadeUp: boolean;
}

type Pool = Map<Term, Name>;

export class Keys {
  /** A claim inside an instance is one deeper; those that are deeper than this stay unknown. */
  readonly depthMax: number;
  #pools = new Map<string, Pool>();
  #depth = 0;
  #count = 0;
  #stage = 0;
  #isMadeUp = false;
  #level = 0;
  readonly #claims = new Map<string, Map<Term, Term>>();

  constructor(depthMax = 2) {
    this.depthMax = depthMax;
  }

  /** Brings `name` into sight. */
  note(over: string, name: Term, depth: number = this.#depth): void {
    const pool = this.#poolOf(over);
    const known = pool.get(name);
    if (known !== undefined && (this.#isMadeUp || !known.isMadeUp)) return;
    pool.set(name, { depth, stage: this.#stage, isMadeUp: this.#isMadeUp });
  }

  /** The names of the index sort `over`, in the order in which they came into sight. */
  namesOf(over: string): readonly Term[] {
    return [...this.#poolOf(over).keys()];
  }

  depthOf(over: string, name: Term): number {
    return this.#poolOf(over).get(name)?.depth ?? 0;
  }

  /** A number that no other unknown of this formula has. */
  next(): number {
    return this.#count++;
  }

  /** From here on, names come from the next statement. */
  nextStage(): void {
    this.#stage += 1;
  }

  get stage(): number {
    return this.#stage;
  }

  /** What `body` gives, where names that it brings into sight have `depth`. */
  at<Value>(depth: number, body: () => Value): Value {
    const outer = this.#depth;
    this.#depth = depth;
    try {
      return body();
    } finally {
      this.#depth = outer;
    }
  }

  /** Runs `body`, and forgets the names that it made up unless it answers true. */
  keepIf(body: () => boolean): void {
    const before = this.#copy(() => true);
    const outer = this.#isMadeUp;
    this.#isMadeUp = true;
    if (!body()) this.#pools = before;
    this.#isMadeUp = outer;
  }

  /** What `body` gives with the names that `part` is about, and no others; they are forgotten after. */
  about<Value>({ stage, isConclusion }: Part, body: () => Value): Value {
    const [pools, count] = [this.#pools, this.#count];
    this.#pools = this.#copy((name) =>
      name.isMadeUp ? !isConclusion && name.stage === stage : name.stage <= stage,
    );
    // Witnesses are numbered anew, so that the same question is the same text in every case.
    this.#count = 0;
    try {
      return body();
    } finally {
      this.#pools = pools;
      this.#count = count;
    }
  }

  /**
   * The claim that was first made in the words of `claim`, which may be itself: whoever makes one claim
   * twice says the same both times. The words are compared for a name that nothing else has.
   */
  sameClaim(claim: Term): Term {
    const { operator, over, body } = claim;
    const name = apply("Int", `${over}#${this.#level}`);
    let words: Term | undefined;
    this.#level += 1;
    this.keepIf(() => {
      words = body?.(name);
      return false;
    });
    this.#level -= 1;
    if (words === undefined) return claim;
    const kind = `${operator} ${over} ${this.#level}`;
    const known = this.#claims.get(kind) ?? new Map<Term, Term>();
    this.#claims.set(kind, known);
    const first = known.get(words) ?? claim;
    known.set(words, first);
    return first;
  }

  #copy(isKept: (name: Name) => boolean): Map<string, Pool> {
    return new Map(
      [...this.#pools].map(([over, pool]) => [
        over,
        new Map([...pool].filter(([, name]) => isKept(name))),
      ]),
    );
  }

  #poolOf(over: string): Pool {
    const pool = this.#pools.get(over) ?? new Map<Term, Name>();
    this.#pools.set(over, pool);
    return pool;
  }
}

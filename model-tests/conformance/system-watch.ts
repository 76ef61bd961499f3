/** Looks at a system of heaps after each call, and has the specification judge what happened. */
import {
  type Answer,
  judgeMove,
  type Move,
  next,
  SYSTEM_RULES,
  type SystemRule,
  type SystemState,
  uninitialised,
} from "#spec";
import type { HeapId, Key } from "#units";
import type { Heap } from "./heap.ts";
import { type HeapNumbers, movesTo, openings } from "./system-moves.ts";
import { lookAtSystem, type SystemView, unitOf } from "./system-view.ts";
import type { Tally } from "./tally.ts";

export class SystemWatch {
  readonly #heap: Heap;
  readonly #rules: readonly SystemRule[];
  #numbers: HeapNumbers = new Map();
  #view: SystemView;
  #state: SystemState;
  #unit = 0;

  constructor(heap: Heap, rules: readonly SystemRule[] = SYSTEM_RULES) {
    this.#heap = heap;
    this.#rules = rules;
    this.#view = lookAtSystem(heap);
    this.#unit = unitOf(this.#view.pages, 0);
    this.#state = this.#stateAt(
      this.#view,
      next(uninitialised(), { kind: "initialise", isGranted: true }),
    );
  }

  /** Judges what a call did; `switched` is the answer to a request to switch. */
  judge(tally: Tally, switched: Answer["kind"] | undefined): SystemRule | undefined {
    const view = lookAtSystem(this.#heap);
    const unit = unitOf(view.pages, this.#unit);
    if (unit !== this.#unit) this.#divide(unit);
    this.#view = view;

    const asked = switched === undefined ? undefined : this.#judgeSwitch(tally, switched);
    if (asked !== undefined) return asked;
    this.#apply(openings(this.#state, view, this.#numbers));
    const after = switched === undefined ? "call" : "switch";
    return this.#judgeAll(movesTo(this.#state, view, this.#numbers, unit, after), tally);
  }

  /** Whoever switches has a heap, though it may not have shown itself. */
  #judgeSwitch(tally: Tally, switched: Answer["kind"]): SystemRule | undefined {
    const heap = this.#state.nextHeap;
    const key = heap as number as Key;
    if (this.#state.phase === "early") this.#apply([{ kind: "open", heap, key }]);
    return this.#judgeAll([{ kind: "switch", isGranted: switched === "released", key }], tally);
  }

  #judgeAll(moves: readonly Move[], tally: Tally): SystemRule | undefined {
    for (const move of moves) {
      const verdict = judgeMove(this.#state, move, tally, this.#rules);
      if (verdict.kind === "rejected") return verdict.rule;
      this.#state = verdict.state;
    }
    return undefined;
  }

  #apply(moves: readonly Move[]): void {
    for (const move of moves) this.#state = next(this.#state, move);
  }

  /** Begins again with smaller pages, where the system was when it was last looked at. */
  #divide(unit: number): void {
    const { phase } = this.#state;
    this.#unit = unit;
    this.#numbers = new Map<number, HeapId>();
    this.#state = this.#stateAt(this.#view, { ...uninitialised(), phase });
  }

  /** What `view` shows, taken as it is. */
  #stateAt(view: SystemView, empty: SystemState): SystemState {
    this.#state = empty;
    this.#apply(openings(empty, view, this.#numbers));
    this.#apply(movesTo(this.#state, view, this.#numbers, this.#unit, "call"));
    return this.#state;
  }
}

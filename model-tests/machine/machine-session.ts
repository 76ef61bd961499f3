/**
 * Makes calls on a machine, and has the specification judge every move, every call, and what there is to
 * see after it.
 *
 * A small machine is looked at whole after every call; where that costs too much, only every so many
 * calls, and at the end. Once a rule is broken nothing more is called: what a broken machine does next
 * says nothing.
 */
import {
  type Effect,
  effectAfter,
  emptyMachine,
  isPossibleMove,
  judgeMachine,
  MACHINE_CALL_RULES,
  MACHINE_INVARIANTS,
  MACHINE_RULES,
  type MachineCallRule,
  type MachineCallStep,
  type MachineMove,
  type MachineRule,
  type MachineState,
  nextMachine,
  noEffect,
} from "#spec";
import { DEAF, type Observer } from "#support";
import { MachineBook, type NamedOperation } from "./machine-book.ts";
import type { MachineCall } from "./machine-call.ts";
import type { MachineAnswer, MachineMaker, MachineSubject } from "./machine-subject.ts";

/** A rule that was broken: by name, with its sentence; and the move that broke it, if one did. */
export interface BrokenRule {
  readonly name: string;
  readonly claim: string;
  readonly move?: MachineMove;
  readonly error?: string;
}

export interface MachinePlay {
  readonly call: MachineCall;
  readonly answer: MachineAnswer | undefined; // none if the call threw
  readonly broken: BrokenRule | undefined;
}

export interface MachineRunConfig {
  readonly frameCount: number;
  readonly failAt?: number;
  /** The machine is looked at after every so many calls; after each if absent. */
  readonly lookEvery?: number;
}

/** Is told what is about to be done, so that it is known if it never ends. */
export interface MachineNotes {
  begun(config: MachineRunConfig): void;
  called(call: MachineCall): void;
}

export interface MachineJudges {
  readonly notes?: MachineNotes;
  readonly observer?: Observer;
  readonly rules?: readonly MachineRule[];
  readonly callRules?: readonly MachineCallRule[];
}

/** A move that speaks of what is not there. */
export const IMPOSSIBLE_MOVE: { readonly name: string; readonly claim: string } = {
  name: "move-is-possible",
  claim: "a move speaks of what there is: names that are new are new, and others are known",
};

export class MachineSession {
  readonly subject: MachineSubject;
  readonly book: MachineBook = new MachineBook();
  readonly #config: MachineRunConfig;
  readonly #notes: MachineNotes | undefined;
  readonly #observer: Observer;
  readonly #rules: readonly MachineRule[];
  readonly #callRules: readonly MachineCallRule[];
  #state: MachineState = emptyMachine();
  #moves: MachineMove[] = [];
  #broken: BrokenRule | undefined;
  #callCount = 0;
  #isReplaying = false;

  constructor(make: MachineMaker, config: MachineRunConfig, judges: MachineJudges = {}) {
    this.#config = config;
    this.#notes = judges.notes;
    this.#observer = judges.observer ?? DEAF;
    this.#rules = judges.rules ?? MACHINE_RULES;
    this.#callRules = judges.callRules ?? MACHINE_CALL_RULES;
    this.#notes?.begun(config);
    this.subject = make((move) => this.#hear(move), config);
    if (this.#broken === undefined) this.book.noteMade(this.#effect(noEffect()), this.#state);
  }

  /** The machine as it was announced. */
  get state(): MachineState {
    return this.#state;
  }

  get broken(): BrokenRule | undefined {
    return this.#broken;
  }

  /** Makes `call`, or answers undefined if it may not be made, or a rule was broken before. */
  play(call: MachineCall, isSureToFit = false): MachinePlay | undefined {
    if (this.#broken !== undefined) return undefined;
    const begun = this.book.operationOf(call, this.#state);
    if (begun === undefined) return undefined;
    const operation =
      begun.task.kind === "map" && isSureToFit
        ? { ...begun, task: { ...begun.task, isSureToFit } }
        : begun;

    this.#moves = [];
    this.#callCount += 1;
    let answer: MachineAnswer | undefined;
    let error: string | undefined;
    this.#notes?.called(call);
    try {
      answer = this.subject.perform(call);
    } catch (thrown) {
      error = String(thrown);
    }
    if (answer?.kind === "skipped") return { call, answer, broken: this.#broken };
    operation.effect = this.#effect(operation.effect);
    operation.moveCount += this.#moves.length;
    const outcome = answer?.kind ?? "threw";
    this.#judge(operation, outcome, error);
    if (this.#broken === undefined && answer !== undefined) {
      this.book.note(operation, answer, this.#state);
    }
    return { call, answer, broken: this.#broken };
  }

  /** Makes calls that were judged before, on a machine like this one: nothing is judged again. */
  replay(calls: readonly MachineCall[]): void {
    this.#isReplaying = true;
    for (const call of calls) this.play(call);
    this.#isReplaying = false;
  }

  /** Says that an operation does not end, though it was gone on with and every core answered. */
  reportStuck(name: number): void {
    const operation = this.book.operations.get(name);
    if (operation !== undefined) this.#judge(operation, "stuck", undefined);
  }

  /** Judges a machine of which everything was given back. */
  rest(): void {
    this.#moves = [];
    const task = { kind: "rest", roots: this.book.roots } as const;
    this.#callCount = 0;
    this.#judgeStep({ task, effect: noEffect(), outcome: "done" }, undefined);
  }

  /** The first invariant that the machine breaks. */
  brokenInvariant(): string | undefined {
    return MACHINE_INVARIANTS.find(({ holds }) => !holds(this.#state))?.name;
  }

  /** What there is of `effect` after the moves of this call. */
  #effect(effect: Effect): Effect {
    return this.#moves.reduce(effectAfter, effect);
  }

  #hear(move: MachineMove): void {
    this.#moves.push(move);
    if (this.#broken !== undefined) return;
    if (this.#isReplaying) {
      this.#state = nextMachine(this.#state, move);
      return;
    }
    if (!isPossibleMove(this.#state, move)) {
      this.#broken = { ...IMPOSSIBLE_MOVE, move };
      return;
    }
    const verdict = judgeMachine(this.#state, move, this.#observer, this.#rules);
    if (verdict.kind === "admitted") this.#state = verdict.state;
    else this.#broken = { name: verdict.rule.name, claim: verdict.rule.claim, move };
  }

  #judge(
    { task, effect }: NamedOperation,
    outcome: MachineCallStep["outcome"],
    error: string | undefined,
  ): void {
    this.#judgeStep({ task, effect, outcome }, error);
  }

  #judgeStep(
    { task, effect, outcome }: Pick<MachineCallStep, "task" | "effect" | "outcome">,
    error: string | undefined,
  ): void {
    if (this.#broken !== undefined || this.#isReplaying) return;
    const isLooked = this.#callCount % (this.#config.lookEvery ?? 1) === 0 && outcome !== "threw";
    const view = isLooked ? this.subject.look() : undefined;
    const step = { task, effect, outcome, moves: this.#moves, state: this.#state, view };
    for (const rule of this.#callRules) {
      const finding = rule.test(step);
      if (finding === "held") this.#observer.reached(rule.name);
      if (finding !== "broken") continue;
      const { name, claim } = rule;
      this.#broken = error === undefined ? { name, claim } : { name, claim, error };
      return;
    }
  }
}

/**
 * What the calls to a machine have named: spaces, mappings, and the operations that are under way.
 *
 * It is the caller's side of the contract. Whoever borrows frames does so while their owner keeps them,
 * so a mapping whose frames are lent is not released; and what an operation works on is nobody else's
 * to name until it has ended.
 */
import { type Effect, type MachineState, type MachineTask, noEffect, type Rights } from "#spec";
import { type FiniteMap, finiteMap } from "#support";
import { type FrameNumber, type PageName, type SpaceId, spaceOf } from "#units";
import type { MachineCall } from "./machine-call.ts";
import type { MachineAnswer } from "./machine-subject.ts";
import { taskOf } from "./machine-tasks.ts";

/** Pages in a row that show something, as their holder has them. */
export interface NamedMapping {
  readonly first: PageName;
  readonly count: number;
  readonly rights: Rights;
  readonly isExclusive: boolean;
}

/** An operation that has begun, and all that it did. */
export interface NamedOperation {
  readonly call: MachineCall;
  readonly task: MachineTask;
  readonly before: NamedMapping | undefined; // what it uses up
  readonly lent: readonly FrameNumber[]; // that it is about to borrow
  effect: Effect;
  isWaiting: boolean;
  /** How many moves it has made, and how many sections it has ended. */
  moveCount: number;
  sectionCount: number;
}

export class MachineBook {
  readonly spaces: Map<number, SpaceId> = new Map();
  readonly mappings: Map<number, NamedMapping> = new Map();
  readonly operations: Map<number, NamedOperation> = new Map();
  readonly cores: Map<number, number> = new Map();
  #roots: FiniteMap<FrameNumber, SpaceId> = finiteMap();

  /** The first tables of the spaces that were made. */
  get roots(): FiniteMap<FrameNumber, SpaceId> {
    return this.#roots;
  }

  /** Notes what a machine had when it was made: a root for the half of the kernel, or nothing. */
  noteMade(effect: Effect, state: MachineState): void {
    this.#noteRoots(KERNEL, effect, state);
  }

  /** The operation that `call` is or begins, or undefined if it may not be made. */
  operationOf(call: MachineCall, state: MachineState): NamedOperation | undefined {
    if (call.call === "step") return this.operations.get(call.of);
    if (namesOf(call).some((name) => this.mappings.has(name) || this.operations.has(name))) {
      return undefined;
    }
    const task = taskOf(call, this, state);
    if (task === undefined) return undefined;
    const before = isChange(call) ? this.mappings.get(call.of) : undefined;
    const lent = call.call === "borrow" ? this.framesOf(call.of, state) : [];
    return { call, task, before, lent, effect: noEffect(), ...NOT_BEGUN };
  }

  /** Notes that `operation` was answered with `answer`. */
  note(operation: NamedOperation, answer: MachineAnswer, state: MachineState): void {
    const { call, before } = operation;
    if (answer.kind === "skipped") return;
    // Somebody may have given the name away again by the time that an operation goes on.
    const isBegun = "id" in call && this.operations.delete(call.id);
    if (!isBegun && isChange(call)) this.mappings.delete(call.of);
    if (!isBegun && call.call === "close") this.spaces.delete(call.space);
    if (answer.kind === "under way" && "id" in call) {
      operation.isWaiting = answer.isWaiting;
      if (!answer.isWaiting) operation.sectionCount += 1;
      this.operations.set(call.id, operation);
    }
    if (answer.kind === "refused" && before !== undefined && "of" in call) {
      this.mappings.set(call.of, before);
    }
    if (answer.kind === "refused" && call.call === "close") this.#noteOpen(call.space, operation);
    if (answer.kind === "done") this.#noteDone(operation, state);
  }

  /** Whether the space `name` may be closed: no core is in it, and it has no mapping or is to get one. */
  isIdle(name: number): boolean {
    const id = this.spaces.get(name);
    if (id === undefined || name === KERNEL) return false;
    const isBusy = [...this.operations.values()].some(({ task }) => spaceOfTask(task) === id);
    const isUsed = [...this.mappings.values()].some(({ first }) => spaceOf(first) === id);
    return !isBusy && !isUsed && ![...this.cores.values()].includes(name);
  }

  /** The frames that the mapping `name` shows. */
  framesOf(name: number, { pages }: MachineState): readonly FrameNumber[] {
    const mapping = this.mappings.get(name);
    if (mapping === undefined) return [];
    return pagesOf(mapping).flatMap((page) => (pages.has(page) ? [pages.get(page).frame] : []));
  }

  /** Whether somebody borrows a frame that the mapping `name` shows, or is about to. */
  isLent(name: number, state: MachineState): boolean {
    const lent = new Set([
      ...[...this.operations.values()].flatMap((operation) => operation.lent),
      ...[...this.mappings].flatMap(([other, { isExclusive }]) =>
        isExclusive ? [] : this.framesOf(other, state),
      ),
      ...[...this.operations.values()].flatMap(({ before }) =>
        before === undefined || before.isExclusive
          ? []
          : pagesOf(before).flatMap((page) =>
              state.pages.has(page) ? [state.pages.get(page).frame] : [],
            ),
      ),
    ]);
    return this.framesOf(name, state).some((frame) => lent.has(frame));
  }

  /** A space that was not closed is there as before. */
  #noteOpen(name: number, { task }: NamedOperation): void {
    if (task.kind === "release") this.spaces.set(name, spaceOf(task.first));
  }

  /** The root of a space that was closed is nobody's. */
  #noteClosed({ task }: NamedOperation): void {
    if (task.kind !== "release") return;
    task.own.every((_, root) => {
      this.#roots = this.#roots.without(root);
      return true;
    });
  }

  #noteRoots(name: number, { tables }: Effect, { frames }: MachineState): void {
    tables.every((_, frame) => {
      const space = spaceOf(frames.get(frame).owner);
      this.spaces.set(name, space);
      this.#roots = this.#roots.with(frame, space);
      return true;
    });
  }

  #noteDone(operation: NamedOperation, state: MachineState): void {
    const { call, before, effect } = operation;
    switch (call.call) {
      case "space":
        this.#noteRoots(call.id, effect, state);
        return;
      case "close":
        this.#noteClosed(operation);
        return;
      case "start":
      case "enter":
        this.cores.set(call.core, call.space);
        return;
      case "map":
      case "borrow": {
        const pages: PageName[] = [];
        effect.shown.every((_, page) => pages.push(page) > 0);
        const first = Math.min(...pages) as PageName;
        const isExclusive = call.call === "map";
        const { rights } = call;
        this.mappings.set(call.id, { first, count: pages.length, rights, isExclusive });
        return;
      }
      case "remap":
        if (before !== undefined) this.mappings.set(call.id, { ...before, rights: call.rights });
        return;
      case "split": {
        const whole = this.mappings.get(call.of);
        if (whole === undefined) return;
        this.mappings.delete(call.of);
        const above = (whole.first + call.at) as PageName;
        this.mappings.set(call.first, { ...whole, count: call.at });
        this.mappings.set(call.second, { ...whole, first: above, count: whole.count - call.at });
        return;
      }
      case "merge": {
        const below = this.mappings.get(call.of);
        const above = this.mappings.get(call.with);
        if (below === undefined || above === undefined) return;
        this.mappings.delete(call.of);
        this.mappings.delete(call.with);
        this.mappings.set(call.id, { ...below, count: below.count + above.count });
        return;
      }
      case "release":
      case "step":
      case "interrupt":
      case "access":
      case "evict":
        return;
    }
  }
}

/** The name that the kernel's half has in calls, if the machine has one. */
export const KERNEL = -1;

const NOT_BEGUN = { isWaiting: false, moveCount: 0, sectionCount: 0 };

/** The pages of a mapping, in their order. */
export function pagesOf({ first, count }: NamedMapping): readonly PageName[] {
  return Array.from({ length: count }, (_, index) => (first + index) as PageName);
}

/** The names that `call` gives to what it makes. */
function namesOf(call: MachineCall): readonly number[] {
  if (call.call === "split") return [call.first, call.second];
  return "id" in call && call.call !== "space" ? [call.id] : [];
}

/** Whether `call` uses up a mapping. */
function isChange(call: MachineCall): call is Extract<MachineCall, { call: "remap" | "release" }> {
  return call.call === "remap" || call.call === "release";
}

/** The space that an operation works in. */
function spaceOfTask(task: MachineTask): SpaceId | undefined {
  if ("space" in task) return task.space;
  return "first" in task ? spaceOf(task.first) : undefined;
}

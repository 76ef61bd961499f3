/**
 * A machine of ours with a core in an address space, which a test calls directly: each of its moves is
 * judged all the same, and what is seen of it can be compared.
 */
import {
  type AllocatedFrames,
  type AllocatedPages,
  auditTree,
  Machine,
  type MappedPages,
  viewOfMachine,
} from "#impl";
import {
  agrees,
  emptyMachine,
  judgeMachine,
  type MachineMove,
  type MachineState,
  type MachineView,
} from "#spec";
import { assert, DEAF } from "#support";
import {
  type CoreId,
  type FrameNumber,
  type PageNumber,
  type SpaceId,
  type UnitNumber,
  unitCount,
  unitNumber,
} from "#units";
import { HardwareMoves } from "./hardware-moves.ts";

/** How many frames there are to work with. */
const USED = 16;
const HELD_COUNT_MAX = 20;
const FRAME_COUNT: number = USED + 2 * HELD_COUNT_MAX;
const FAR: UnitNumber = unitNumber(2 ** 30);
const RIGHTS = { isWritable: true, isExecutable: false };

/** What an operation came to: "done", or how it was refused. */
export type Answer = string;

type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: { readonly kind: string; readonly reason?: string } };

/** A chunk of frames or of pages. */
interface Cuttable {
  readonly first: UnitNumber;
  split(at: UnitNumber): Outcome<{ readonly above: Cuttable | undefined }>;
}

/** All that is seen from outside: what memory shows, and what the allocators note. */
export interface Seen {
  readonly view: MachineView;
  readonly spaces: readonly SpaceId[];
  readonly pools: readonly (readonly [heldCount: number, free: readonly object[]])[];
}

export class JudgedMachine {
  readonly machine: Machine;
  readonly space: SpaceId;
  /** Chunks that nobody uses. */
  readonly #frames: AllocatedFrames;
  readonly #pages: AllocatedPages;
  #state: MachineState = emptyMachine();

  constructor() {
    const moves = new HardwareMoves((move) => this.#judge(move));
    const watchers = { software: moves, hardware: moves, marks: DEAF };
    const config = { frameCount: FRAME_COUNT, heldCountMax: HELD_COUNT_MAX };
    this.machine = new Machine(config, watchers);
    this.space = successOf(this.machine.createSpace());
    this.machine.startCore(0 as CoreId, this.space);
    const count = unitCount(2 * HELD_COUNT_MAX);
    const pages = this.machine.acquirePages(this.space, { kind: "at", first: FAR }, count);
    this.#pages = successOf(pages);
    const frames = this.machine.frames.acquire({ kind: "at", first: unitNumber(USED) }, count);
    this.#frames = successOf(frames);
    for (let frame: number = this.#frames.first; frame <= this.#frames.last; frame++) {
      moves.moved({ kind: "frame.acquire", frame: frame as FrameNumber });
    }
  }

  /** Maps `count` pages of the space from `first` on. */
  mapped(first: number, count: number): MappedPages {
    const request = { kind: "at", first: unitNumber(first) } as const;
    const { machine, space } = this;
    return successOf(machine.alone(machine.map(space, request, unitCount(count), RIGHTS)));
  }

  /** The frames that pages of the space show. */
  framesOf({ first, count }: MappedPages): readonly FrameNumber[] {
    const { tables } = this.machine.space(this.space);
    return Array.from({ length: count }, (_, index) => {
      const leaf = tables.leafOf((first + index) as PageNumber);
      assert(leaf !== undefined, "mapped pages are mapped");
      return leaf.frame;
    });
  }

  freeFrameCount(): number {
    return this.machine.frames.pool.free.chunks().reduce((sum, { count }) => sum + count, 0);
  }

  /** Cuts a chunk that nobody uses until there is room for `spare` notes more. */
  leaveRoomFor(unit: "frames" | "pages", spare: number): void {
    const { machine, space } = this;
    const allocator = unit === "frames" ? machine.frames : machine.space(space).pages;
    let left: Cuttable = unit === "frames" ? this.#frames : this.#pages;
    while (allocator.spareNodeCount > spare) {
      const { above } = successOf(left.split(unitNumber(left.first + 1)));
      assert(above !== undefined, "there is more to cut than room for notes");
      left = above;
    }
  }

  seen(): Seen {
    const spaces = this.machine.spaces();
    const pools = [this.machine.frames, ...spaces.map(({ pages }) => pages)];
    return {
      view: viewOfMachine(this.machine),
      spaces: spaces.map(({ id }) => id),
      pools: pools.map(({ pool }) => [pool.heldCount, pool.free.chunks()]),
    };
  }

  /** Asserts that what is seen is what was announced, and that no list of free chunks is broken. */
  audit(): void {
    assert(agrees(this.#state, viewOfMachine(this.machine)), "machine-as-announced");
    for (const { pages } of this.machine.spaces()) auditTree(pages.pool.free.tree);
    auditTree(this.machine.frames.pool.free.tree);
  }

  #judge(move: MachineMove): void {
    const verdict = judgeMachine(this.#state, move);
    if (verdict.kind === "rejected") throw new Error(`${move.kind} breaks ${verdict.rule.name}`);
    this.#state = verdict.state;
  }
}

/** What was asked for; a refusal is an error. */
export function successOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(answerOf(outcome));
  return outcome.value;
}

export function answerOf(outcome: Outcome<unknown>): Answer {
  return outcome.ok ? "done" : `${outcome.failure.kind} ${outcome.failure.reason ?? ""}`;
}

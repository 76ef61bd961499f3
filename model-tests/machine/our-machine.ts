/** The machine of this project, as calls drive it. */
import {
  auditMachine,
  EXECUTING,
  type FrameAllocator,
  Machine,
  type MapFailure,
  type MappedPages,
  READING,
  type Sections,
  type TlbBank,
  type TlbSize,
  viewOfMachine,
  WRITING,
} from "#impl";
import type { ChunkRequest, MachineView } from "#spec";
import { assert, DEAF, failure, type Result, success } from "#support";
import {
  type CoreId,
  type FrameNumber,
  KERNEL_SPACE,
  type PageNumber,
  type SpaceId,
  type UnitNumber,
  unitCount,
} from "#units";
import { HardwareMoves } from "./hardware-moves.ts";
import { KERNEL } from "./machine-book.ts";
import type { MachineCall } from "./machine-call.ts";
import type {
  MachineAnswer,
  MachineMaker,
  MachineSubject,
  MoveListener,
  SubjectConfig,
} from "./machine-subject.ts";

/** The last page of the image: the first pages for any request lie on both sides of a table's end. */
export const LOW_LAST = (3 * 512 - 4) as PageNumber;

/** A TLB in which pages push each other out. */
const SMALL_TLB: TlbSize = {
  small: { sets: 2, ways: 2 },
  large: { sets: 1, ways: 1 },
  largest: { sets: 1, ways: 1 },
};

type CallOf<Kind extends MachineCall["call"]> = Extract<MachineCall, { readonly call: Kind }>;

/** What an operation makes in the end, if anything. */
type Ending = Result<MappedPages | undefined, { readonly kind: string }>;

const DONE: MachineAnswer = { kind: "done" };
const SKIPPED: MachineAnswer = { kind: "skipped" };
const ACCESSES = { read: READING, write: WRITING, execute: EXECUTING } as const;

/** Our machine, whose cores have TLBs of the size `tlb`. */
export function ourMachine(tlb: TlbSize = SMALL_TLB): MachineMaker {
  return (listener, config) => new OurMachine(listener, config, tlb);
}

export class OurMachine implements MachineSubject {
  readonly machine: Machine;
  readonly #spaces: Map<number, SpaceId> = new Map([[KERNEL, KERNEL_SPACE]]);
  readonly #mapped: Map<number, MappedPages> = new Map();
  readonly #underWay: Map<number, Sections<Ending>> = new Map();
  #acquisitionCount = 0;

  constructor(listener: MoveListener, config: SubjectConfig, tlb: TlbSize = SMALL_TLB) {
    const moves = new HardwareMoves(listener);
    const giver = (frames: FrameAllocator): Pick<FrameAllocator, "acquire"> => ({
      acquire: (request, count) => {
        this.#acquisitionCount += 1;
        return this.#acquisitionCount - 1 === config.failAt
          ? failure({ kind: "no-room-for-bookkeeping" })
          : frames.acquire(request, count);
      },
    });
    this.machine = new Machine(
      { frameCount: config.frameCount, tlb, lowLast: LOW_LAST, giver },
      { software: moves, hardware: moves, marks: DEAF },
    );
  }

  /** How often frames were asked for, by whomever. */
  get acquisitionCount(): number {
    return this.#acquisitionCount;
  }

  look(): MachineView {
    return viewOfMachine(this.machine);
  }

  underWay(): readonly number[] {
    return [...this.#underWay.keys()];
  }

  /** Asks of every frame whose it is; nothing is under way. */
  audit(): void {
    assert(this.#underWay.size === 0, "a machine is audited when nothing is under way");
    auditMachine(this.machine);
  }

  perform(call: MachineCall): MachineAnswer {
    switch (call.call) {
      case "space":
        return this.#createSpace(call);
      case "close":
        return this.#closeSpace(call);
      case "start":
      case "enter":
        return this.#goTo(call);
      case "map":
        return this.#map(call);
      case "borrow":
        return this.#borrow(call);
      case "remap":
      case "release":
        return this.#change(call);
      case "split":
        return this.#split(call);
      case "merge":
        return this.#merge(call);
      case "step":
        return this.#step(call.of);
      case "interrupt":
        if (!this.#runs(call.core)) return SKIPPED;
        this.machine.interrupt(call.core as CoreId);
        return DONE;
      case "access":
        if (!this.#runs(call.core)) return SKIPPED;
        this.machine.access(call.core as CoreId, call.page as PageNumber, ACCESSES[call.kind]);
        return DONE;
      case "evict":
        return this.#evict(call);
    }
  }

  #createSpace({ id }: CallOf<"space">): MachineAnswer {
    const created = this.machine.createSpace();
    if (!created.ok) return { kind: "refused", reason: created.failure.kind };
    this.#spaces.set(id, created.value);
    return DONE;
  }

  #closeSpace({ id, core, space }: CallOf<"close">): MachineAnswer {
    const own = this.#spaces.get(space);
    if (own === undefined || !this.#runs(core)) return SKIPPED;
    this.#spaces.delete(space);
    return this.#begin(id, closing(this.machine, core as CoreId, own));
  }

  #goTo(call: CallOf<"start"> | CallOf<"enter">): MachineAnswer {
    const space = this.#spaces.get(call.space);
    const core = call.core as CoreId;
    if (space === undefined || this.#runs(core) === (call.call === "start")) return SKIPPED;
    if (call.call === "start") this.machine.startCore(core, space);
    else this.machine.enter(core, space, call.keeps === true ? "preserved" : "flushed");
    return DONE;
  }

  #map({ id, space, at, count, rights }: CallOf<"map">): MachineAnswer {
    const own = this.#spaces.get(space);
    if (own === undefined) return SKIPPED;
    const request: ChunkRequest =
      at === undefined ? { kind: "any" } : { kind: "at", first: at as UnitNumber };
    return this.#begin(id, this.machine.map(own, request, unitCount(count), rights));
  }

  #borrow({ id, of, space, rights }: CallOf<"borrow">): MachineAnswer {
    const own = this.#spaces.get(space);
    const lender = this.#mapped.get(of);
    if (own === undefined || lender === undefined) return SKIPPED;
    const frames = this.#framesOf(lender);
    return this.#begin(id, borrowing(this.machine, own, frames, rights));
  }

  #change(call: CallOf<"remap"> | CallOf<"release">): MachineAnswer {
    const mapped = this.#mapped.get(call.of);
    const core = call.core as CoreId;
    if (mapped === undefined || !this.#runs(core)) return SKIPPED;
    this.#mapped.delete(call.of);
    const operation =
      call.call === "remap"
        ? remapping(this.machine, core, mapped, call.rights)
        : releasing(this.machine, core, mapped);
    return this.#begin(call.id, operation);
  }

  #split({ of, at, first, second }: CallOf<"split">): MachineAnswer {
    const mapped = this.#mapped.get(of);
    if (mapped === undefined) return SKIPPED;
    const halves = mapped.split((mapped.first + at) as PageNumber);
    if (!halves.ok) return { kind: "refused", reason: halves.failure.kind };
    this.#mapped.delete(of);
    this.#mapped.set(first, halves.value.below);
    this.#mapped.set(second, halves.value.above);
    return DONE;
  }

  #merge(call: CallOf<"merge">): MachineAnswer {
    const mapped = this.#mapped.get(call.of);
    const other = this.#mapped.get(call.with);
    if (mapped === undefined || other === undefined || mapped === other) return SKIPPED;
    const whole = mapped.merge(other);
    if (!whole.ok) return { kind: "refused", reason: whole.failure.kind };
    this.#mapped.delete(call.of);
    this.#mapped.delete(call.with);
    this.#mapped.set(call.id, whole.value);
    return DONE;
  }

  #evict({ core, entry }: CallOf<"evict">): MachineAnswer {
    if (!this.#runs(core)) return SKIPPED;
    const { tlb } = this.machine.core(core as CoreId).mmu;
    const slots = Array.from({ length: tlb.small.slotCount }, (_, slot) => slot)
      .filter((slot) => !tlb.small.isEmpty(slot))
      .sort((one, other) => keyOf(tlb.small, one) - keyOf(tlb.small, other));
    const slot = slots[entry];
    if (slot === undefined) return SKIPPED;
    tlb.evict(1, slot);
    return DONE;
  }

  #begin(id: number, operation: Sections<Ending>): MachineAnswer {
    this.#underWay.set(id, operation);
    return this.#step(id);
  }

  #step(id: number): MachineAnswer {
    const operation = this.#underWay.get(id);
    if (operation === undefined) return SKIPPED;
    const step = operation.next();
    if (step.done !== true) return { kind: "under way", isWaiting: step.value === "waiting" };
    this.#underWay.delete(id);
    if (!step.value.ok) return { kind: "refused", reason: step.value.failure.kind };
    if (step.value.value !== undefined) this.#mapped.set(id, step.value.value);
    return DONE;
  }

  #runs(core: number): boolean {
    return this.machine.cores().some(({ id }) => id === core);
  }

  #framesOf({ space, first, count }: MappedPages): readonly FrameNumber[] {
    const { tables } = this.machine.space(space);
    return Array.from({ length: count }, (_, index) => {
      const leaf = tables.leafOf((first + index) as PageNumber);
      assert(leaf !== undefined, "mapped pages are mapped");
      return leaf.frame;
    });
  }
}

function* borrowing(
  machine: Machine,
  space: SpaceId,
  frames: readonly FrameNumber[],
  rights: CallOf<"borrow">["rights"],
): Sections<Result<MappedPages, MapFailure>> {
  const pages = machine.acquirePages(space, { kind: "any" }, unitCount(frames.length));
  if (!pages.ok) return pages;
  yield "between";
  const mapped = yield* machine.borrow(space, pages.value, frames, rights);
  if (!mapped.ok) machine.releasePages(space, pages.value);
  return mapped;
}

function* remapping(
  machine: Machine,
  core: CoreId,
  mapped: MappedPages,
  rights: CallOf<"remap">["rights"],
): Sections<Ending> {
  return success(yield* machine.remap(core, mapped, rights));
}

function* releasing(machine: Machine, core: CoreId, mapped: MappedPages): Sections<Ending> {
  yield* machine.release(core, mapped);
  return success(undefined);
}

function* closing(machine: Machine, core: CoreId, space: SpaceId): Sections<Ending> {
  yield* machine.closeSpace(core, space);
  return success(undefined);
}

/** What orders the translations of a core, whatever slots they are in. */
function keyOf(bank: TlbBank, slot: number): number {
  return bank.firstAt(slot) + bank.spaceAt(slot);
}

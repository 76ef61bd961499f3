/** The plain machine as it is called: names of spaces, mappings and operations, and what can be seen. */
import type { Rights } from "#spec";
import type { CoreId, FrameNumber, PageName } from "#units";
import type { MachineCall } from "../machine-call.ts";
import type {
  MachineAnswer,
  MachineMaker,
  MachineSubject,
  MachineView,
  ShownPage,
} from "../machine-subject.ts";
import { type PlainMapping, PlainMappings } from "./plain-mappings.ts";
import type { Waiting } from "./plain-shootdown.ts";
import { nameOf, type PlainSpace } from "./plain-tables.ts";

const DONE: MachineAnswer = { kind: "done" };
const SKIPPED: MachineAnswer = { kind: "skipped" };
const NEEDS: Readonly<Record<"read" | "write" | "execute", Rights>> = {
  read: { isWritable: false, isExecutable: false },
  write: { isWritable: true, isExecutable: false },
  execute: { isWritable: false, isExecutable: true },
};

type CallOf<Kind extends MachineCall["call"]> = Extract<MachineCall, { readonly call: Kind }>;

interface Operation {
  readonly name: number;
  readonly run: Waiting<PlainMapping | undefined>;
}

export class PlainMachine extends PlainMappings implements MachineSubject {
  readonly #spaces: Map<number, PlainSpace> = new Map();
  readonly #mappings: Map<number, PlainMapping> = new Map();
  readonly #operations: Map<number, Operation> = new Map();

  perform(call: MachineCall): MachineAnswer {
    switch (call.call) {
      case "space":
        return this.#space(call);
      case "close":
        return this.#close(call);
      case "start":
      case "enter":
        return this.#place(call);
      case "map":
        return this.#map(call);
      case "borrow":
        return this.#borrow(call);
      case "remap":
      case "release":
        return this.#begin(call);
      case "split":
        return this.#split(call);
      case "merge":
        return this.#merge(call);
      case "step": {
        const operation = this.#operations.get(call.of);
        return operation === undefined ? SKIPPED : this.#goOn(operation);
      }
      case "interrupt":
        if (!this.cores.has(call.core as CoreId)) return SKIPPED;
        this.interrupt(call.core as CoreId);
        return DONE;
      case "access":
        if (!this.cores.has(call.core as CoreId)) return SKIPPED;
        this.access(call.core as CoreId, call.page, NEEDS[call.kind]);
        return DONE;
      case "evict": {
        const own = this.kept.filter(({ core }) => core === call.core);
        const kept = own[call.entry];
        if (kept === undefined) return SKIPPED;
        this.evict(kept);
        return DONE;
      }
    }
  }

  underWay(): readonly number[] {
    return [...this.#operations.keys()];
  }

  look(): MachineView {
    const tables: FrameNumber[] = [];
    const pagesInUse: PageName[] = [];
    const shown: ShownPage[] = [];
    for (const space of this.spaces.values()) {
      tables.push(space.root, ...[...this.held(space.root).values()].map(({ frame }) => frame));
      for (const page of space.taken) pagesInUse.push(nameOf(space, page));
      for (const page of this.pagesShown(space)) {
        const found = this.walk(space, page);
        if (found === undefined) continue;
        const { frame, isExclusive, isDirty } = found.entry;
        shown.push({
          page: nameOf(space, page),
          frame,
          isExclusive,
          rights: found.rights,
          isDirty,
        });
      }
    }
    const kept = this.kept.map(({ core, page, frame, rights }) => ({ core, page, frame, rights }));
    return { framesInUse: [...this.taken], tables, pagesInUse, shown, kept };
  }

  #space({ id }: CallOf<"space">): MachineAnswer {
    if (this.#spaces.has(id)) return SKIPPED;
    const space = this.createSpace();
    if (space === undefined) return refused("there is no frame for a root");
    this.#spaces.set(id, space);
    return DONE;
  }

  #close({ id, core, space: name }: CallOf<"close">): MachineAnswer {
    const space = this.#spaces.get(name);
    const isHere = space !== undefined && this.cores.has(core as CoreId);
    if (!isHere || this.#isTaken(id)) return SKIPPED;
    this.#spaces.delete(name);
    return this.#goOn({ name: id, run: this.closeSpace(core as CoreId, space) });
  }

  #place(call: CallOf<"start"> | CallOf<"enter">): MachineAnswer {
    const space = this.#spaces.get(call.space);
    const id = call.core as CoreId;
    if (space === undefined || this.cores.has(id) === (call.call === "start")) return SKIPPED;
    if (call.call === "start") this.startCore(id, space);
    else this.enterSpace(id, space, call.keeps === true);
    return DONE;
  }

  #map({ id, space: name, at, count, rights }: CallOf<"map">): MachineAnswer {
    const space = this.#spaces.get(name);
    if (space === undefined || this.#isTaken(id) || count < 1) return SKIPPED;
    const mapping = this.mapOwn(space, at, count, rights);
    return this.#made(id, mapping);
  }

  #borrow({ id, of, space: name, rights }: CallOf<"borrow">): MachineAnswer {
    const space = this.#spaces.get(name);
    const lender = this.#mappings.get(of);
    if (space === undefined || lender === undefined || this.#isTaken(id)) return SKIPPED;
    return this.#made(id, this.borrow(space, lender, rights));
  }

  #made(id: number, mapping: PlainMapping | undefined): MachineAnswer {
    if (mapping === undefined) return refused("there are too few pages or frames");
    this.#mappings.set(id, mapping);
    return DONE;
  }

  #begin(call: CallOf<"remap" | "release">): MachineAnswer {
    const { id, of } = call;
    const core = call.core as CoreId;
    const mapping = this.#mappings.get(of);
    const isNamed = this.#isTaken(id) && id !== of;
    if (mapping === undefined || isNamed || !this.cores.has(core)) return SKIPPED;
    this.#mappings.delete(of);
    const run =
      call.call === "remap"
        ? this.changeRights(core, mapping, call.rights)
        : this.letGo(core, mapping);
    return this.#goOn({ name: id, run });
  }

  #goOn(operation: Operation): MachineAnswer {
    const { name, run } = operation;
    const step = run.next();
    if (step.done !== true) {
      this.#operations.set(name, operation);
      return { kind: "under way", isWaiting: true };
    }
    this.#operations.delete(name);
    if (step.value !== undefined) this.#mappings.set(name, step.value);
    return DONE;
  }

  #split({ of, at, first, second }: CallOf<"split">): MachineAnswer {
    const mapping = this.#mappings.get(of);
    const isNamed = [first, second].some((name) => name !== of && this.#isTaken(name));
    if (mapping === undefined || isNamed || first === second) return SKIPPED;
    if (at < 1 || at >= mapping.frames.length) return refused("a part would have no page");
    this.#mappings.delete(of);
    this.#mappings.set(first, { ...mapping, frames: mapping.frames.slice(0, at) });
    this.#mappings.set(second, this.secondPart(mapping, at));
    return DONE;
  }

  /** `mapping` from its page `at` on. */
  secondPart(mapping: PlainMapping, at: number): PlainMapping {
    return { ...mapping, first: mapping.first + at, frames: mapping.frames.slice(at) };
  }

  #merge({ id, of, with: other }: CallOf<"merge">): MachineAnswer {
    const front = this.#mappings.get(of);
    const back = this.#mappings.get(other);
    const isNamed = this.#isTaken(id) && id !== of && id !== other;
    if (front === undefined || back === undefined || of === other || isNamed) return SKIPPED;
    if (!this.mayMerge(front, back)) return refused("the mappings are not one behind the other");
    this.#mappings.delete(of);
    this.#mappings.delete(other);
    this.#mappings.set(id, { ...front, frames: [...front.frames, ...back.frames] });
    return DONE;
  }

  /** Whether `back` begins where `front` ends, and is like it. */
  mayMerge(front: PlainMapping, back: PlainMapping): boolean {
    const { space, first, frames, isExclusive, rights } = front;
    if (space !== back.space || first + frames.length !== back.first) return false;
    return isExclusive === back.isExclusive && areSame(rights, back.rights);
  }

  #isTaken(name: number): boolean {
    return this.#mappings.has(name) || this.#operations.has(name);
  }
}

function refused(reason: string): MachineAnswer {
  return { kind: "refused", reason };
}

function areSame(one: Rights, other: Rights): boolean {
  return one.isWritable === other.isWritable && one.isExecutable === other.isExecutable;
}

export const plainMachine: MachineMaker = (listener, config) => new PlainMachine(listener, config);

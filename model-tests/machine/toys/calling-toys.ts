/** The plain machine with one thing wrong each: in that it does what it is asked to, all of it and no more. */
import type { Rights } from "#spec";
import type { CoreId, FrameNumber } from "#units";
import type { MachineCall } from "../machine-call.ts";
import type { MachineAnswer } from "../machine-subject.ts";
import { PlainMachine } from "./plain-machine.ts";
import type { PlainMapping } from "./plain-mappings.ts";
import type { Waiting } from "./plain-shootdown.ts";
import { nameOf, type PlainSpace } from "./plain-tables.ts";

/** Throws where it should refuse. */
export class ThrowingMachine extends PlainMachine {
  override acquireFrames(count: number): FrameNumber[] {
    const frames = super.acquireFrames(count);
    if (frames === undefined) throw new Error("out of memory");
    return frames;
  }
}

/** Gives other rights to the page behind a mapping too. */
export class OverreachingMachine extends PlainMachine {
  override *changeRights(
    core: CoreId,
    mapping: PlainMapping,
    rights: Rights,
  ): Waiting<PlainMapping> {
    const next = mapping.first + mapping.frames.length;
    if (this.walk(mapping.space, next) !== undefined) this.allow(mapping, next, rights);
    return yield* super.changeRights(core, mapping, rights);
  }
}

/** Maps as many pages as there are frames for, and is content. */
export class ContentMachine extends PlainMachine {
  override mapOwn(
    space: PlainSpace,
    at: number | undefined,
    count: number,
    rights: Rights,
  ): PlainMapping | undefined {
    for (let most = count; most > 0; most--) {
      const mapping = super.mapOwn(space, at, most, rights);
      if (mapping !== undefined) return mapping;
    }
    return undefined;
  }
}

/** Borrows the frames of a mapping in the order opposite to theirs. */
export class ReversingMachine extends PlainMachine {
  override borrow(
    space: PlainSpace,
    lender: PlainMapping,
    rights: Rights,
  ): PlainMapping | undefined {
    return super.borrow(space, { ...lender, frames: [...lender.frames].reverse() }, rights);
  }
}

/** Joins mappings of one space wherever they are. */
export class CarelessMachine extends PlainMachine {
  override mayMerge(front: PlainMapping, back: PlainMapping): boolean {
    const { first, frames } = front;
    return super.mayMerge(front, { ...back, first: first + frames.length });
  }
}

/** Says of a write that it was a read. */
export class UnderstatingMachine extends PlainMachine {
  override access(core: CoreId, page: number, { isExecutable }: Rights): void {
    super.access(core, page, { isWritable: false, isExecutable });
  }
}

/** Never takes a page table out of the tree. */
export class TableKeepingMachine extends PlainMachine {
  override unlinkEmptyTables(): readonly FrameNumber[] {
    return [];
  }
}

/** Closes an address space and keeps its root. */
export class RootKeepingMachine extends PlainMachine {
  override *closeSpace(core: CoreId, space: PlainSpace): Waiting<undefined> {
    this.unlinkRoot(space);
    const first = nameOf(space, 0);
    yield* this.shootDown(core, first, first, [space.root]);
  }
}

/** Refuses everything when it has refused once. */
export class SulkingMachine extends PlainMachine {
  #isSulking = false;

  override perform(call: MachineCall): MachineAnswer {
    if (this.#isSulking && call.call === "map") return { kind: "refused", reason: "no" };
    const answer = super.perform(call);
    if (answer.kind === "refused") this.#isSulking = true;
    return answer;
  }
}

/** Splits a mapping, and gives both parts the page in the middle. */
export class DuplicatingMachine extends PlainMachine {
  override secondPart(mapping: PlainMapping, at: number): PlainMapping {
    return super.secondPart(mapping, at - 1);
  }
}

/**
 * The plain machine with one thing wrong each: in the processor. Software cannot break the rules that
 * these break, and relies on them.
 */
import { includes, type Rights } from "#spec";
import type { CoreId, FrameNumber, PageName } from "#units";
import type { PlainKept } from "./plain-cores.ts";
import type { PlainEntry } from "./plain-frames.ts";
import { PlainMachine } from "./plain-machine.ts";
import type { PlainSpace } from "./plain-tables.ts";

/** Keeps a translation as writable before the page is marked as written, and so never marks it. */
export class ForwardCore extends PlainMachine {
  override keptRights(rights: Rights): Rights {
    return rights;
  }
}

/** Writes without marking the page as written. */
export class UnmarkingCore extends PlainMachine {
  override markDirty(): void {}

  override keptRights({ isExecutable }: Rights, _: PlainEntry): Rights {
    return { isWritable: false, isExecutable };
  }
}

/** Writes where it may only read. */
export class IgnorantCore extends PlainMachine {
  override allows(rights: Rights, { isExecutable }: Rights): boolean {
    return includes(rights, { isWritable: false, isExecutable });
  }
}

/** Marks a page as written by what it remembers of it, where a walk finds nothing. */
export class RememberingCore extends PlainMachine {
  override translate(
    core: CoreId,
    space: PlainSpace,
    page: number,
    needs: Rights,
  ): FrameNumber | undefined {
    const kept = this.kept.find((one) => one.core === core && one.page % 2 ** 36 === page);
    if (kept !== undefined && needs.isWritable && this.walk(space, page) === undefined) {
      this.tell({ kind: "page.mark-dirty", page: kept.page });
      return kept.frame;
    }
    return super.translate(core, space, page, needs);
  }
}

/** Is told to forget a page, and keeps what it may write. */
export class StubbornCore extends PlainMachine {
  override isMeant(kept: PlainKept, core: CoreId, page: PageName): boolean {
    return super.isMeant(kept, core, page) && !kept.rights.isWritable;
  }
}

/** Is told to forget a page table, and keeps the way to it. */
export class WayfaringCore extends PlainMachine {
  override invalidateWay(core: CoreId, table: FrameNumber): void {
    this.tell({ kind: "walk.invalidate", core, frame: table });
  }
}

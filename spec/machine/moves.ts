/**
 * What can be seen of a machine, one move at a time. An operation on many pages is a row of moves, and
 * the moves of several cores, and those of the hardware itself, may come in between.
 *
 * Moves of `tlb` and `walk`, and `page.mark-dirty`, are the processor's: it fills and evicts whenever it
 * likes. What it must do, and what it may, are rules like any others.
 */
import {
  type CoreId,
  type EntryName,
  type FrameNumber,
  KERNEL_SPACE,
  type PageName,
  type RoundName,
  type SpaceId,
  spaceOf,
} from "../units/index.ts";
import type { MachineState, Rights } from "./state.ts";

export type MachineMove =
  /** A frame or a page is taken from those that are free, or given back to them. */
  | { readonly kind: "frame.acquire"; readonly frame: FrameNumber }
  | { readonly kind: "frame.release"; readonly frame: FrameNumber }
  | { readonly kind: "page.acquire"; readonly page: PageName }
  | { readonly kind: "page.release"; readonly page: PageName }
  /** A page is made to show a frame, and to own it if `isExclusive`. */
  | {
      readonly kind: "page.map";
      readonly page: PageName;
      readonly frame: FrameNumber;
      readonly isExclusive: boolean;
      readonly rights: Rights;
    }
  /** A page has other rights, or shows nothing more. */
  | { readonly kind: "page.remap"; readonly page: PageName; readonly rights: Rights }
  | { readonly kind: "page.unmap"; readonly page: PageName }
  /** The processor notes in the entry of a page that the page is written. */
  | { readonly kind: "page.mark-dirty"; readonly page: PageName }
  /** Whoever unmapped a page has it again, and its frame if the page owned it. */
  | { readonly kind: "page.settle"; readonly page: PageName }
  /** A frame becomes a page table on the way to `page`, is taken out of the tree, and had again. */
  | { readonly kind: "table.link"; readonly frame: FrameNumber; readonly page: PageName }
  | { readonly kind: "table.unlink"; readonly frame: FrameNumber }
  | { readonly kind: "table.settle"; readonly frame: FrameNumber }
  /** A core keeps a translation, drops one, or has been told to forget the page and has. */
  | {
      readonly kind: "tlb.fill";
      readonly entry: EntryName;
      readonly core: CoreId;
      readonly page: PageName;
      readonly frame: FrameNumber;
      readonly rights: Rights;
    }
  | { readonly kind: "tlb.evict"; readonly entry: EntryName }
  | { readonly kind: "tlb.invalidate"; readonly core: CoreId; readonly page: PageName }
  /** The same of the way to a page table. */
  | {
      readonly kind: "walk.fill";
      readonly entry: EntryName;
      readonly core: CoreId;
      readonly frame: FrameNumber;
    }
  | { readonly kind: "walk.evict"; readonly entry: EntryName }
  | { readonly kind: "walk.invalidate"; readonly core: CoreId; readonly frame: FrameNumber }
  /** A core begins to run, remembering nothing, or goes to another address space. */
  | { readonly kind: "core.start"; readonly core: CoreId; readonly space: SpaceId }
  | { readonly kind: "core.enter"; readonly core: CoreId; readonly space: SpaceId }
  /** Every core is asked to forget some pages; each says that it has; the round is over. */
  | {
      readonly kind: "shootdown.request";
      readonly round: RoundName;
      readonly first: PageName;
      readonly last: PageName;
    }
  | { readonly kind: "shootdown.acknowledge"; readonly round: RoundName; readonly core: CoreId }
  | { readonly kind: "shootdown.close"; readonly round: RoundName }
  /** A core reads, writes or executes in a page, and reaches a frame, or faults. */
  | {
      readonly kind: "access";
      readonly core: CoreId;
      readonly page: PageName;
      readonly needs: Rights;
      readonly outcome: "reached" | "fault";
      readonly frame: FrameNumber; // that was reached
    };

/** Whether `move` speaks of what there is; what is then not allowed is a matter of the rules. */
export function isPossibleMove(state: MachineState, move: MachineMove): boolean {
  const { frames, pages, cores, cached, remembered, rounds } = state;
  switch (move.kind) {
    case "frame.acquire":
    case "page.acquire":
      return true;
    case "frame.release":
    case "table.link":
    case "table.unlink":
    case "table.settle":
      return frames.has(move.frame);
    case "page.release":
    case "page.remap":
    case "page.unmap":
    case "page.mark-dirty":
    case "page.settle":
      return pages.has(move.page);
    case "page.map":
      return pages.has(move.page) && frames.has(move.frame);
    case "tlb.fill":
      return !cached.has(move.entry) && sees(state, move.core, move.page);
    case "tlb.evict":
      return cached.has(move.entry);
    case "walk.fill":
      return !remembered.has(move.entry) && cores.has(move.core);
    case "walk.evict":
      return remembered.has(move.entry);
    case "tlb.invalidate":
    case "walk.invalidate":
    case "core.enter":
      return cores.has(move.core);
    case "core.start":
      return !cores.has(move.core);
    case "shootdown.request":
      return !rounds.has(move.round) && move.first <= move.last;
    case "shootdown.acknowledge":
      return rounds.has(move.round) && cores.has(move.core);
    case "shootdown.close":
      return rounds.has(move.round);
    case "access":
      return sees(state, move.core, move.page);
  }
}

/** Whether `core` runs in the space of `page`, or the page is the kernel's. */
export function sees({ cores }: MachineState, core: CoreId, page: PageName): boolean {
  if (!cores.has(core)) return false;
  return spaceOf(page) === KERNEL_SPACE || spaceOf(page) === cores.get(core);
}

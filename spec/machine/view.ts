/**
 * What can be seen of a machine between two moves: what its bytes and registers say, read by somebody
 * who knows nothing of what it announced. `agrees` says that it is what was announced.
 */
import type { CoreId, FrameNumber, PageName } from "../units/index.ts";
import type { MachineState, Rights } from "./state.ts";

/** A page as the page tables show it. */
export interface ShownPage {
  readonly page: PageName;
  readonly frame: FrameNumber;
  readonly isExclusive: boolean;
  readonly rights: Rights;
  readonly isDirty: boolean;
}

/** A translation as a TLB has it. */
export interface ShownTranslation {
  readonly core: CoreId;
  readonly page: PageName;
  readonly frame: FrameNumber;
  readonly rights: Rights; // writable only if it is dirty too
}

/** What there is to see, read from memory and registers and not from what was said. */
export interface MachineView {
  readonly framesInUse: readonly FrameNumber[];
  readonly tables: readonly FrameNumber[]; // that a walk can reach
  readonly pagesInUse: readonly PageName[];
  readonly shown: readonly ShownPage[];
  readonly kept: readonly ShownTranslation[];
}

/** Whether `view` shows the machine that was announced, no less and no more. */
export function agrees(state: MachineState, view: MachineView): boolean {
  return (
    showsFrames(state, view) &&
    showsPages(state, view) &&
    showsMappings(state, view) &&
    showsTranslations(state, view)
  );
}

function showsFrames({ frames }: MachineState, { framesInUse, tables }: MachineView): boolean {
  return (
    framesInUse.every((frame) => frames.has(frame)) &&
    frames.every((_, frame) => framesInUse.includes(frame)) &&
    tables.every((frame) => frames.has(frame) && frames.get(frame).use === "table") &&
    frames.every(({ use }, frame) => use !== "table" || tables.includes(frame))
  );
}

function showsPages({ pages }: MachineState, { pagesInUse }: MachineView): boolean {
  return (
    pagesInUse.every((page) => pages.has(page)) &&
    pages.every((_, page) => pagesInUse.includes(page))
  );
}

function showsMappings({ pages }: MachineState, { shown }: MachineView): boolean {
  return (
    shown.every((each) => {
      if (!pages.has(each.page)) return false;
      const { use, frame, isExclusive, rights, isDirty } = pages.get(each.page);
      const isSame = frame === each.frame && isExclusive === each.isExclusive;
      return use === "mapped" && isSame && isDirty === each.isDirty && areSame(rights, each.rights);
    }) &&
    pages.every(({ use }, page) => use !== "mapped" || shown.some((each) => each.page === page))
  );
}

function showsTranslations({ cached }: MachineState, { kept }: MachineView): boolean {
  return (
    kept.every((each) => cached.some((entry) => areSameTranslation(entry, each))) &&
    cached.every((entry) => kept.some((each) => areSameTranslation(entry, each)))
  );
}

function areSameTranslation(one: ShownTranslation, other: ShownTranslation): boolean {
  const isSamePlace = one.core === other.core && one.page === other.page;
  return isSamePlace && one.frame === other.frame && areSame(one.rights, other.rights);
}

/** Whether `one` and `other` allow the same. */
export function areSame(one: Rights, other: Rights): boolean {
  return one.isWritable === other.isWritable && one.isExecutable === other.isExecutable;
}

/** What it is for a machine to have done what it was asked to do, and nothing else. */
import { finiteMap } from "../support/index.ts";
import {
  type FrameNumber,
  interval,
  type PageName,
  spaceOf,
  type UnitNumber,
} from "../units/index.ts";
import { type Effect, isNothing } from "./effect.ts";
import type { MachinePage, MachineState, Rights } from "./state.ts";
import type { MachineCallStep, MachineTask } from "./tasks.ts";
import { areSame } from "./view.ts";

type TaskOf<Kind extends MachineTask["kind"]> = Extract<MachineTask, { readonly kind: Kind }>;

/** Whether all that was done is of the kind that was asked for, in the pages that it was asked for. */
export function keepsToItsPages({ task, effect }: MachineCallStep): boolean {
  const { frames, tables, pages, shown } = effect;
  switch (task.kind) {
    case "map":
    case "borrow":
      return (
        frames.every((how) => how === "taken") &&
        tables.every((how) => how === "linked") &&
        pages.every((how, page) => how === "taken" && spaceOf(page) === task.space) &&
        shown.every((how, page) => how === "mapped" && pages.has(page))
      );
    case "remap":
      return (
        isNothing({ ...effect, shown: finiteMap() }) &&
        shown.every((how, page) => how === "remapped" && task.first <= page && page <= task.last)
      );
    case "release":
      return (
        frames.every((how) => how === "given") &&
        tables.every((how) => how === "unlinked") &&
        pages.every((how, page) => how === "given" && task.first <= page && page <= task.last) &&
        shown.every((how, page) => how === "unmapped" && task.first <= page && page <= task.last)
      );
    case "space":
      return (
        isNothing({ ...effect, frames: finiteMap(), tables: finiteMap() }) &&
        frames.every((how, frame) => how === "taken" && tables.has(frame)) &&
        tables.every((how, frame) => how === "linked" && frames.has(frame))
      );
    case "cut":
    case "join":
    case "access":
    case "core":
    case "rest":
      return isNothing(effect);
  }
}

export function isMappedAsAsked(
  { first, count, rights }: TaskOf<"map">,
  { effect, state }: MachineCallStep,
): boolean {
  return (
    isRun(effect, first, count) &&
    effect.shown.every((_, page) => isMapped(state, page, rights, true)) &&
    effect.frames.every(
      (_, frame) => effect.tables.has(frame) || isShownBy(state, effect, frame),
    ) &&
    effect.shown.every((_, page) => effect.frames.has(state.pages.get(page).frame))
  );
}

export function isBorrowedAsAsked(
  { lent, count, rights }: TaskOf<"borrow">,
  { effect, state }: MachineCallStep,
): boolean {
  const { frames, tables, shown } = effect;
  return (
    isRun(effect, undefined, count) &&
    shown.every((_, page) => isMapped(state, page, rights, false)) &&
    frames.every((_, frame) => tables.has(frame)) &&
    shown.some((__, first) =>
      shown.every((_, page) => {
        const place = (page - first) as UnitNumber;
        return lent.has(place) && lent.get(place) === state.pages.get(page).frame;
      }),
    )
  );
}

export function isRemappedAsAsked(
  { first, last, rights }: TaskOf<"remap">,
  { state: { pages } }: MachineCallStep,
): boolean {
  return interval<PageName>(first, last).every((page) => {
    if (!pages.has(page)) return false;
    const now: MachinePage = pages.get(page);
    return now.use === "mapped" && areSame(now.rights, rights) && !now.waiting.some(() => true);
  });
}

export function isReleasedAsAsked(
  { first, last, own }: TaskOf<"release">,
  { effect: { frames, tables, pages, shown } }: MachineCallStep,
): boolean {
  return (
    interval<PageName>(first, last).every((page) => pages.has(page) && shown.has(page)) &&
    own.every((_, frame) => frames.has(frame)) &&
    tables.every((_, frame) => frames.has(frame)) &&
    frames.every((_, frame) => own.has(frame) || tables.has(frame))
  );
}

/** Whether the pages that were taken, and made to show something, are `count` in a row from `from` on. */
function isRun({ pages, shown }: Effect, from: PageName | undefined, count: number): boolean {
  return shown.some((__, first) => {
    if (from !== undefined && first !== from) return false;
    const last = first + count - 1;
    return (
      interval<PageName>(first, last).every((page) => shown.has(page) && pages.has(page)) &&
      shown.every((_, page) => first <= page && page <= last) &&
      pages.every((_, page) => first <= page && page <= last)
    );
  });
}

function isMapped(
  { pages }: MachineState,
  page: PageName,
  rights: Rights,
  isExclusive: boolean,
): boolean {
  if (!pages.has(page)) return false;
  const now: MachinePage = pages.get(page);
  return now.use === "mapped" && now.isExclusive === isExclusive && areSame(now.rights, rights);
}

/** Whether one of the pages that were made to show something shows `frame`. */
function isShownBy({ pages }: MachineState, { shown }: Effect, frame: FrameNumber): boolean {
  return shown.some((_, page) => pages.has(page) && pages.get(page).frame === frame);
}

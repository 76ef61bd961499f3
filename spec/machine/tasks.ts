/**
 * What a machine was asked to do, in the names of its pages and frames, and what came of it so far.
 *
 * An operation goes on in several calls: it is judged after each of them, with everything that it has done.
 */
import type { FiniteMap } from "../support/index.ts";
import type {
  CoreId,
  FrameNumber,
  PageName,
  SpaceId,
  UnitCount,
  UnitNumber,
} from "../units/index.ts";
import type { Effect } from "./effect.ts";
import type { MachineMove } from "./moves.ts";
import type { MachineState, Rights } from "./state.ts";
import type { MachineView } from "./view.ts";

export type MachineTask =
  /** An address space is made. */
  | { readonly kind: "space" }
  /** `count` pages of `space` are to show frames of their own, from `first` on if it is given. */
  | {
      readonly kind: "map";
      readonly space: SpaceId;
      readonly first: PageName | undefined;
      readonly count: UnitCount;
      readonly rights: Rights;
      readonly isSureToFit: boolean; // since a machine with nothing in use could do it
    }
  /** `count` pages of `space` are to show the frames `lent`, by their places. */
  | {
      readonly kind: "borrow";
      readonly space: SpaceId;
      readonly lent: FiniteMap<UnitNumber, FrameNumber>;
      readonly count: UnitCount;
      readonly rights: Rights;
    }
  /** The pages from `first` to `last` get other rights. */
  | {
      readonly kind: "remap";
      readonly first: PageName;
      readonly last: PageName;
      readonly rights: Rights;
    }
  /** The pages from `first` to `last` show nothing and are given back, with the frames they `own`. */
  | {
      readonly kind: "release";
      readonly first: PageName;
      readonly last: PageName;
      readonly own: FiniteMap<FrameNumber, PageName>;
    }
  /** A mapping is cut in two or joined with another; `isFit` says that it may be. */
  | { readonly kind: "cut" | "join"; readonly isFit: boolean }
  | {
      readonly kind: "access";
      readonly core: CoreId;
      readonly page: PageName;
      readonly needs: Rights;
    }
  /** A core starts, goes elsewhere, is interrupted, or drops a translation. */
  | { readonly kind: "core" }
  /** Everything was given back but the address spaces, whose first tables are `roots`. */
  | { readonly kind: "rest"; readonly roots: FiniteMap<FrameNumber, SpaceId> };

export interface MachineCallStep {
  readonly task: MachineTask;
  readonly outcome: "done" | "refused" | "under way" | "threw" | "stuck";
  readonly moves: readonly MachineMove[]; // of the last call
  readonly effect: Effect; // of all calls of the operation
  readonly state: MachineState; // after the last call
  readonly view: MachineView | undefined; // then too, if somebody looked
}

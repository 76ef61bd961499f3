/**
 * A machine, as far as memory goes: who has each frame and each page, which page shows which frame, and
 * what each core still remembers of it.
 *
 *     page     held ──── map ───> mapped ─── unmap ──> unmapping ─── settle ──> held
 *     frame    held ─────────────> mapped ────────────> zombie ────────────────> held
 *                                                        │
 *                                     waits for each core that may remember
 *
 * A core may keep any translation that a walk has found, for as long as it likes, and forget it at any
 * moment. So a page that was unmapped, or lost a right, waits until each core that was there has let go
 * of it. Only then is it anybody's again, and so is its frame.
 *
 * Free frames and free pages are those that are not in these maps.
 */
import type { FiniteMap } from "../support/index.ts";
import type {
  ChangeNumber,
  CoreId,
  EntryName,
  FrameNumber,
  PageName,
  RoundName,
  SpaceId,
} from "../units/index.ts";

/** The cores that are running, each with the address space that it is in. */
export type Cores = FiniteMap<CoreId, SpaceId>;

/**
 * What a frame is used for: nothing yet, the page that owns it, the page that owned it and waits, a page
 * table, or a page table that is no longer reached and waits.
 */
export type FrameUse = "held" | "mapped" | "zombie" | "table" | "unlinked";

export interface Frame {
  readonly use: FrameUse;
  readonly owner: PageName; // of a mapped one and a zombie; of a table, the page it was first for
  readonly waiting: Cores; // of an unlinked one: cores that may remember it
}

export type MappingUse = "held" | "mapped" | "unmapping";

/** What may be done to memory through a page; reading always may. */
export interface Rights {
  readonly isWritable: boolean;
  readonly isExecutable: boolean;
}

export interface MachinePage {
  readonly use: MappingUse;
  readonly frame: FrameNumber; // that it shows, or did; of a held one it says nothing
  readonly isExclusive: boolean; // whether it owns the frame
  readonly rights: Rights;
  readonly isDirty: boolean; // whether it was written since it was mapped
  readonly waiting: Cores; // cores that may remember more than is true now
  readonly changed: ChangeNumber; // when it last lost something
}

/** A translation in the TLB of a core; it is writable only if a write needs no other walk. */
export interface Cached {
  readonly core: CoreId;
  readonly page: PageName;
  readonly frame: FrameNumber;
  readonly rights: Rights;
}

/** A page table that a core remembers the way to. */
export interface Remembered {
  readonly core: CoreId;
  readonly frame: FrameNumber;
}

/** A round of a shootdown: every core is asked to forget the pages from `first` to `last`. */
export interface Round {
  readonly first: PageName;
  readonly last: PageName;
  readonly before: ChangeNumber; // it is about the changes below this number
  readonly waiting: Cores; // cores that have not acknowledged it
}

export interface MachineState {
  readonly frames: FiniteMap<FrameNumber, Frame>;
  readonly pages: FiniteMap<PageName, MachinePage>;
  readonly cores: Cores;
  readonly cached: FiniteMap<EntryName, Cached>;
  readonly remembered: FiniteMap<EntryName, Remembered>;
  readonly rounds: FiniteMap<RoundName, Round>;
  readonly nextChange: ChangeNumber;
}

/** Whether whoever has `rights` may do everything that `other` allows. */
export function includes(rights: Rights, other: Rights): boolean {
  return (rights.isWritable || !other.isWritable) && (rights.isExecutable || !other.isExecutable);
}

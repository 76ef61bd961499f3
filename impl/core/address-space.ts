/** An address space: which of its pages are given, and what they show. */
import type { FrameNumber, SpaceId } from "#units";
import type { PageAllocator } from "../memory/page-allocator.ts";
import { PageTables } from "../memory/page-tables.ts";
import type { TableFrames } from "../memory/table-frames.ts";
import { Lock, TABLES_RANK } from "./lock.ts";

export class AddressSpace {
  readonly id: SpaceId;
  readonly pages: PageAllocator;
  readonly tables: PageTables;
  readonly lock: Lock;

  /** An address space whose root is the empty table in `root`. */
  constructor(id: SpaceId, pages: PageAllocator, frames: TableFrames, root: FrameNumber) {
    this.id = id;
    this.pages = pages;
    this.tables = new PageTables(frames, root);
    this.lock = new Lock(TABLES_RANK);
  }
}

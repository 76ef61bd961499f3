/**
 * A machine: cores, physical memory and address spaces, and what a kernel does with them.
 *
 *     core ── MMU ── TLB          space ── page allocator, page tables
 *        └───────────── physical memory ─────┘        frame allocator
 *
 * It is there when it is built; there is no boot. A call is made on a core. What it needs of other cores
 * goes through `interrupt`, which whoever drives the machine delivers: late, twice, or for no reason.
 */
import type { ChunkRequest, Rights } from "#spec";
import { demand, failure, type Result, success } from "#support";
import {
  type ByteCount,
  type CoreId,
  type FrameNumber,
  firstByteOf,
  KERNEL_SPACE,
  nameSeenIn,
  type PageNumber,
  type PhysicalAddress,
  type SpaceId,
  type UnitCount,
  type UnitNumber,
} from "#units";
import type { AllocatedFrames } from "../memory/allocated-frames.ts";
import type { AllocatedPages } from "../memory/allocated-pages.ts";
import { type FrameAllocator, frameAllocator } from "../memory/frame-allocator.ts";
import type { MappedPages } from "../memory/mapped-pages.ts";
import {
  type MappedWords,
  type ViewAccess,
  type ViewRefusal,
  viewWords,
} from "../memory/mapped-words.ts";
import { Mmu } from "../memory/mmu.ts";
import { MmuMemory } from "../memory/mmu-memory.ts";
import { FETCH, isFault, type PageAccess, WRITE } from "../memory/page-rights.ts";
import type { OutOfFrames } from "../memory/page-tables.ts";
import { PhysicalMemory } from "../memory/physical-memory.ts";
import { TableFrames } from "../memory/table-frames.ts";
import { Tlb, USUAL_TLB } from "../memory/tlb.ts";
import type { AddressSpace } from "./address-space.ts";
import { AddressSpaces } from "./address-spaces.ts";
import { Core } from "./core.ts";
import {
  acquireFrames,
  acquirePages,
  type MapFailure,
  releaseFrames,
  releasePages,
} from "./holdings.ts";
import { type MachineConfig, type MachineWatchers, NOBODY } from "./machine-config.ts";
import type { MachineParts } from "./machine-parts.ts";
import {
  borrow,
  forgetSpace,
  mapNew,
  mapPhysical,
  mapTo,
  remap,
  type UnmappedParts,
  unmap,
} from "./mapper.ts";
import { alone, type Sections } from "./section.ts";
import { Shootdown } from "./shootdown.ts";
import { TableSource } from "./table-source.ts";

const IMAGE_LAST = 0x400 as PageNumber;

export class Machine {
  readonly memory: PhysicalMemory;
  readonly frames: FrameAllocator;
  readonly tableFrames: TableFrames;
  readonly #config: MachineConfig;
  readonly #watchers: MachineWatchers;
  readonly #parts: MachineParts;
  readonly #cores: (Core | undefined)[];

  constructor(config: MachineConfig, watchers: MachineWatchers = NOBODY) {
    const { software } = watchers;
    const general = [{ first: 0 as UnitNumber, count: config.frameCount as UnitCount }];
    this.memory = new PhysicalMemory(config.frameCount * 4096);
    this.frames = frameAllocator(
      { general, reserved: [], claimableLast: undefined },
      watchers.marks,
      config.heldCountMax,
    );
    const frames = config.giver?.(this.frames) ?? this.frames;
    const tableSource = new TableSource(frames, software);
    this.tableFrames = new TableFrames(this.memory, tableSource);
    this.#config = config;
    this.#watchers = watchers;
    this.#cores = [];
    const { lowLast = IMAGE_LAST, heldCountMax } = config;
    const { marks } = watchers;
    this.#parts = {
      frames,
      tableSource,
      shootdown: new Shootdown(software),
      cores: this.#cores,
      spaces: new AddressSpaces(this.tableFrames, tableSource, { lowLast, heldCountMax, marks }),
      tableFrames: this.tableFrames,
      observer: software,
    };
  }

  /** Makes an address space that has nothing of its own mapped, and all that the kernel has. */
  createSpace(): Result<SpaceId, OutOfFrames> {
    const space = this.#parts.spaces.open();
    return space === undefined ? failure({ kind: "out-of-frames" }) : success(space.id);
  }

  /** Ends an address space that has nothing of its own mapped and that no core is in. */
  *closeSpace(id: CoreId, space: SpaceId): Sections<void> {
    const closed = this.space(space);
    const isEntered = this.cores().some((core) => core.space === closed);
    demand(!isEntered, "no core is in an address space that is closed");
    this.#parts.spaces.remove(closed);
    yield* forgetSpace(this.#parts, this.core(id), closed);
    this.#parts.spaces.close(closed);
  }

  /** Starts a core in `space`; it keeps nothing yet. */
  startCore(id: CoreId, space: SpaceId): void {
    demand(this.#cores[id] === undefined, "a core is started once");
    const tlb = new Tlb(id, this.#config.tlb ?? USUAL_TLB, this.#watchers.hardware);
    const own = this.space(space);
    const mmu = new Mmu(this.memory, own.tables.root, tlb);
    while (this.#cores.length <= id) this.#cores.push(undefined);
    this.#cores[id] = new Core(id, mmu, own);
    this.#watchers.software.moved({ kind: "core.start", core: id, space });
    mmu.load(own.tables.root, space);
  }

  /** Makes a core go to `space`, forgetting what it kept of it before, or keeping it. */
  enter(id: CoreId, space: SpaceId, kept: "flushed" | "preserved" = "flushed"): void {
    const core = this.core(id);
    core.space = this.space(space);
    this.#watchers.software.moved({ kind: "core.enter", core: id, space });
    core.mmu.load(core.space.tables.root, space, kept);
  }

  /** What a core does when it is interrupted, whether a shootdown asks it to or not. */
  interrupt(id: CoreId): void {
    this.#parts.shootdown.interrupt(this.core(id));
  }

  /** Whether a shootdown waits for this core. */
  isAwaited(id: CoreId): boolean {
    return this.#parts.shootdown.isAwaiting(id);
  }

  /** The frame that an access of a core to `page` reaches, or a fault, which is negative. */
  access(id: CoreId, page: PageNumber, access: PageAccess): number {
    const core = this.core(id);
    const reached = core.mmu.translate(firstByteOf(page), access);
    const frame = isFault(reached) ? 0 : Math.floor(reached / 4096);
    const { software } = this.#watchers;
    if (software.isWatching) {
      const name = nameSeenIn(core.space.id, page);
      const outcome = isFault(reached) ? "fault" : "reached";
      const needs = neededBy(access);
      const at = frame as FrameNumber;
      software.moved({ kind: "access", core: id, page: name, needs, outcome, frame: at });
    }
    return isFault(reached) ? reached : frame;
  }

  /** Acquires `count` pages of `space` as asked for, and makes them show frames of their own. */
  map(
    space: SpaceId,
    request: ChunkRequest,
    count: UnitCount,
    rights: Rights,
  ): Sections<Result<MappedPages, MapFailure>> {
    return mapNew(this.#parts, this.space(space), request, count, rights);
  }

  /** Makes `pages` of `space` show `frames`, owning them; a failure leaves both whose they are. */
  mapTo(
    space: SpaceId,
    pages: AllocatedPages,
    frames: AllocatedFrames,
    rights: Rights,
  ): Sections<Result<MappedPages, MapFailure>> {
    return mapTo(this.#parts, this.space(space), pages, frames, rights);
  }

  /** Makes pages of `space` show the frames of the `size` bytes from `start` on, if nobody has one. */
  mapPhysical(
    space: SpaceId,
    start: PhysicalAddress,
    size: ByteCount,
    rights: Rights,
  ): Sections<Result<MappedPages, MapFailure>> {
    return mapPhysical(this.#parts, this.space(space), start, size, rights);
  }

  /** Makes `pages` of `space` show `frames` that stay somebody else's, who keeps them for as long. */
  borrow(
    space: SpaceId,
    pages: AllocatedPages,
    frames: readonly FrameNumber[],
    rights: Rights,
  ): Sections<Result<MappedPages, MapFailure>> {
    return borrow(this.#parts, this.space(space), pages, frames, rights);
  }

  /** Gives `mapped` other rights, and uses it up. */
  remap(id: CoreId, mapped: MappedPages, rights: Rights): Sections<MappedPages> {
    return remap(this.#parts, this.core(id), this.space(mapped.space), mapped, rights);
  }

  /** Makes `mapped` show nothing, and uses it up: its pages and frames are the caller's. */
  unmap(id: CoreId, mapped: MappedPages): Sections<UnmappedParts> {
    return unmap(this.#parts, this.core(id), this.space(mapped.space), mapped);
  }

  /** Makes `mapped` show nothing, and gives back its pages and its frames. */
  *release(id: CoreId, mapped: MappedPages): Sections<void> {
    const space = this.space(mapped.space);
    const { pages, frames } = yield* this.unmap(id, mapped);
    for (const run of frames) releaseFrames(this.#parts, run);
    releasePages(this.#parts, space, pages);
  }

  /** The `count` words from `offset` on in `mapped`, as a core in its space sees them, or why not. */
  view(
    id: CoreId,
    mapped: MappedPages,
    offset: ByteCount,
    count: number,
    access: ViewAccess,
  ): Result<MappedWords, ViewRefusal> {
    const core = this.core(id);
    const isSeen = mapped.space === KERNEL_SPACE || core.space.id === mapped.space;
    demand(isSeen, "a core sees the pages of its space and of the kernel");
    const size = mapped.count * 4096;
    const memory = new MmuMemory(core.mmu, this.memory, firstByteOf(mapped.first), size);
    return viewWords(mapped, memory, offset, count, access);
  }

  acquirePages(
    space: SpaceId,
    request: ChunkRequest,
    count: UnitCount,
  ): Result<AllocatedPages, MapFailure> {
    return acquirePages(this.#parts, this.space(space), request, count);
  }

  releasePages(space: SpaceId, pages: AllocatedPages): void {
    releasePages(this.#parts, this.space(space), pages);
  }

  /** `count` frames, in as few runs as are found. */
  acquireFrames(count: UnitCount): Result<readonly AllocatedFrames[], MapFailure> {
    return acquireFrames(this.#parts, count);
  }

  releaseFrames(frames: AllocatedFrames): void {
    releaseFrames(this.#parts, frames);
  }

  /** Does `operation` at once, with every core answering whenever it is waited for. */
  alone<Value>(operation: Sections<Value>): Value {
    return alone(operation, () => {
      for (const core of this.#cores) if (core !== undefined) this.interrupt(core.id);
    });
  }

  /** The core with this number, which runs. */
  core(id: CoreId): Core {
    const core = this.#cores[id];
    demand(core !== undefined, "only a core that runs does anything");
    return core;
  }

  /** The cores that run. */
  cores(): readonly Core[] {
    return this.#cores.filter((core) => core !== undefined);
  }

  space(id: SpaceId): AddressSpace {
    return this.#parts.spaces.at(id);
  }

  spaces(): readonly AddressSpace[] {
    return this.#parts.spaces.all();
  }
}

/** What an access needs, in the words of the specification. */
function neededBy(access: PageAccess): Rights {
  return { isWritable: (access & WRITE) !== 0, isExecutable: (access & FETCH) !== 0 };
}

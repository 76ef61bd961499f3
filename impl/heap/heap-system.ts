/**
 * The parts of a system of heaps, and how they begin: the book and the initial heap are mapped as one
 * run of pages, all of it or nothing.
 *
 *     area     ├─ book ─┼─ initial heap ─┼─ pages that heaps are given … ─┤
 *              └────── mapped first ─────┘
 */
import { failure, type Observer, type Result, success } from "#support";
import {
  type ByteCount,
  bytes,
  type CoreId,
  KERNEL_SPACE,
  type UnitCount,
  type UnitNumber,
} from "#units";
import type { MapFailure } from "../core/holdings.ts";
import { KernelMemory } from "../core/kernel-memory.ts";
import type { Machine } from "../core/machine.ts";
import type { Sections } from "../core/section.ts";
import type { CombinationConfig } from "./heap-config.ts";
import type { HeapParts } from "./heap-parts.ts";
import { InitialHeap, startBytes } from "./initial-heap.ts";
import { LargeAllocations } from "./large-allocations.ts";
import { MultipleHeaps } from "./multiple-heaps.ts";
import { type AreaSize, bookPages, type PageListener, SlabArea } from "./slab-area.ts";
import { SLAB_SIZE } from "./slab-page.ts";
import { SlabSource, WRITABLE_PAGES } from "./slab-source.ts";

export interface HeapSystem extends HeapParts {
  readonly heaps: MultipleHeaps;
  readonly large: LargeAllocations;
}

/** Why heaps do not begin. Nothing has changed then. */
export type BeginFailure =
  | { readonly kind: "begun-before" }
  | { readonly kind: "core-does-not-run" }
  | { readonly kind: "not-mapped"; readonly reason: MapFailure };

const FRAMES_PER_BUCKET = 8;

/** Maps the book and the initial heap as `core`, and makes the parts. */
export function* beginHeaps(
  machine: Machine,
  core: CoreId,
  config: CombinationConfig,
  observer: Observer,
  changed: PageListener | undefined,
): Sections<Result<HeapSystem, BeginFailure>> {
  if (!machine.cores().some(({ id }) => id === core)) return failure({ kind: "core-does-not-run" });
  const size = areaSize(machine.memory.frameCount, config);
  const first = (config.start / 4096) as UnitNumber;
  const count = ((bookPages(size) + config.initialPages) * 2) as UnitCount;
  const mapped = yield* machine.map(KERNEL_SPACE, { kind: "at", first }, count, WRITABLE_PAGES);
  if (!mapped.ok) return failure({ kind: "not-mapped", reason: mapped.failure });

  const whole = bytes(config.pageCount * SLAB_SIZE);
  const memory = new KernelMemory(machine, core, config.start, whole);
  memory.fill(config.start, (bookPages(size) * SLAB_SIZE) as ByteCount, 0);
  const area = new SlabArea(memory, config.start, size, changed);
  const initialFirst = area.takeFresh(config.initialPages);
  const initial = new InitialHeap(area, initialFirst, config.initialPages, observer);
  const source = new SlabSource(machine, area, observer);
  const parts = { machine, memory, area, initial, source, observer };
  const heaps = new MultipleHeaps(parts, config.keyCount, config.heap);
  const large = new LargeAllocations(parts, heaps, size.bucketCount);
  // Written out: of objects that are spread the engine makes each one unlike the last, and looks every
  // field of them up at every call.
  return success({ machine, memory, area, initial, source, observer, heaps, large });
}

/** How large the area of `config` is on a machine of `frameCount` frames. */
export function areaSize(
  frameCount: number,
  { pageCount, initialPages, keyCount }: CombinationConfig,
): AreaSize {
  const bucketCount = 2 ** Math.ceil(Math.log2(Math.max(2, frameCount / FRAMES_PER_BUCKET)));
  return { pageCount, heapCount: keyCount + 2, bucketCount, noteBytes: startBytes(initialPages) };
}

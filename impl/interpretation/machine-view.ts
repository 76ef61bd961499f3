/**
 * What a machine shows to somebody who reads its bytes and registers, and knows nothing of what it did.
 *
 *     frames, pages     all that there are, without the free chunks
 *     tables, pages     from each root downwards, entry by entry; the recursive entry leads nowhere new,
 *                       and what is shared with the kernel is the kernel's
 *     translations      slot by slot
 *
 * Small, slow, and trusted. What a page allows is what every entry on its way allows.
 */
import type { MachineView, Rights, ShownPage, ShownTranslation } from "#spec";
import {
  address,
  type FrameNumber,
  KERNEL_SPACE,
  type PageName,
  type PageNumber,
  pageName,
  type SpaceId,
  type TableLevel,
  word,
} from "#units";
import type { Machine } from "../core/machine.ts";
import type { ChunkPool } from "../memory/chunk-pool.ts";
import type { Memory } from "../memory/memory.ts";
import { RECURSIVE_INDEX } from "../memory/recursive-window.ts";
import { ANY_SPACE } from "../memory/tlb-set.ts";
import { entryMeaning } from "./page-table-entry-meaning.ts";
import { cachedMeaning } from "./tlb-meaning.ts";

/** Bit 55 of an entry, in its high word: the page owns its frame. */
const EXCLUSIVE_WEIGHT = 2 ** (55 - 32);

/** Bit 5 of an entry, in its low word: a walk has used it. */
const ACCESSED_WEIGHT = 2 ** 5;

/** What `machine` shows; a page of 2 MiB or more would show as its first one. */
export function viewOfMachine(machine: Machine): MachineView {
  const tables: FrameNumber[] = [];
  const shown: ShownPage[] = [];
  const spaces = machine.spaces();
  const kernel = machine.space(KERNEL_SPACE).tables.root;
  for (const { id, tables: own } of spaces) {
    const root = { frame: own.root, level: 4, first: 0 } as const;
    readTable(machine.memory, kernel, id, root, tables, shown);
  }
  return {
    framesInUse: unitsInUse(machine.frames.pool).map((unit) => unit as FrameNumber),
    tables,
    pagesInUse: spaces.flatMap(({ id, pages }) =>
      unitsInUse(pages.pool).map((unit) => pageName(id, unit as PageNumber)),
    ),
    shown,
    kept: machine.cores().flatMap(({ id, mmu }) =>
      mmu.tlb.kept().map((kept): ShownTranslation => {
        const { page, frame, rights, isDirty } = cachedMeaning(kept);
        return {
          core: id,
          page: pageName(kept.space === ANY_SPACE ? KERNEL_SPACE : (kept.space as SpaceId), page),
          frame,
          rights: {
            isWritable: rights.isWritable && isDirty,
            isExecutable: rights.isExecutable,
          },
        };
      }),
    ),
  };
}

interface TableAt {
  readonly frame: FrameNumber;
  readonly level: TableLevel;
  readonly first: number; // page that its first entry is for
}

/** Reads a table and those below it; `above` is what the entries above it allow. */
function readTable(
  memory: Memory,
  kernel: FrameNumber,
  space: SpaceId,
  { frame, level, first }: TableAt,
  tables: FrameNumber[],
  shown: ShownPage[],
  above: Rights = { isWritable: true, isExecutable: true },
): void {
  tables.push(frame);
  for (let index = 0; index < 512; index++) {
    const at = frame * 4096 + index * 8;
    const low = memory.readWord(address(at));
    if (low % 2 === 0 || (level === 4 && index === RECURSIVE_INDEX)) continue;
    const high = memory.readWord(address(at + 4));
    if (level === 4 && isShared(memory, kernel, frame, index)) continue;
    const entry = entryMeaning(word(high), word(low));
    const rights = {
      isWritable: above.isWritable && entry.isWritable,
      isExecutable: above.isExecutable && !entry.isNoExecute,
    };
    const page = first + index * 512 ** (level - 1);
    if (level > 1 && !entry.isLarge) {
      const next = { frame: entry.frame, level: (level - 1) as TableLevel, first: page };
      readTable(memory, kernel, space, next, tables, shown, rights);
      continue;
    }
    const name: PageName = pageName(space, page as PageNumber);
    const isExclusive = Math.floor(high / EXCLUSIVE_WEIGHT) % 2 === 1;
    shown.push({ page: name, frame: entry.frame, isExclusive, rights, isDirty: entry.isDirty });
  }
}

/**
 * Whether entry `index` of `root` is in the kernel's half, and leads where the kernel's own does. Each
 * root has its own mark of a walk.
 */
function isShared(memory: Memory, kernel: FrameNumber, root: FrameNumber, index: number): boolean {
  if (root === kernel || index < 256) return false;
  const [own, other] = [root * 4096 + index * 8, kernel * 4096 + index * 8];
  return (
    memory.readWord(address(own + 4)) === memory.readWord(address(other + 4)) &&
    withoutMark(memory.readWord(address(own))) === withoutMark(memory.readWord(address(other)))
  );
}

/** The low word of an entry, as if no walk had come by. */
function withoutMark(low: number): number {
  return entryMeaning(word(0), word(low)).isAccessed ? low - ACCESSED_WEIGHT : low;
}

/** The units of `pool` that lie in no free chunk; few are in use, however many there are. */
function unitsInUse({ free, layout }: ChunkPool): readonly number[] {
  const units: number[] = [];
  const chunks = free.chunks();
  for (const { first, last } of layout.extents) {
    let next: number = first;
    for (const chunk of chunks) {
      if (chunk.first < first || chunk.first > last) continue;
      while (next < chunk.first) units.push(next++);
      next = chunk.first + chunk.count;
    }
    while (next <= last) units.push(next++);
  }
  return units;
}

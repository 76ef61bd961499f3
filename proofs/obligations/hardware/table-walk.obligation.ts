/**
 * The walk that runs is the walk of the specification: for every content of memory, every root, address and
 * access, and however a processor is set up.
 *
 *     words ──── entries to an address ───> path ──── walk ────> outcome
 *       │                                                           ║ the same
 *       └─────────────────────── walkTables ──────────────────> answer, words
 *
 * `walkTables` is what `PageWalk.descend` calls, the four levels at once; there is no loop around it. Tables may
 * be their own entries, as in a recursive window, and one frame may be the table of several levels: the entries
 * of a way need not differ, unless a theorem says so. A table beyond memory is no input, but a contradiction.
 */
import {
  accessMeaning,
  type Column,
  cachedMeaning,
  controlsMeaning,
  entriesTo,
  entryIn,
  type FaultCode,
  FOUND_LEVEL,
  FOUND_RIGHTS,
  FOUND_ROWS,
  faultMeaning,
  isFrameIn,
  type KeptTranslation,
  type PageAccess,
  type PageRights,
  type ProcessorSetup,
  pathOf,
  type WalkedEntries,
  type WalkedEntry,
  walkRules,
  walkTables,
} from "#impl";
import {
  endOfWalk,
  entryAt,
  firstPageOf,
  isMarkedRightly,
  isSameButMarks,
  mayBeCached,
  type WalkOutcome,
  type WalkPath,
  walk,
} from "#spec";
import {
  type FrameNumber,
  highWord,
  type LeafLevel,
  lowWord,
  pageContaining,
  type TableLevel,
  type VirtualAddress,
} from "#units";
import { assume } from "../assume.ts";

/** What a processor is asked: an access to an address, in the address space of a root. */
export interface AskedWalk {
  /** The words of physical memory. */
  readonly words: Column;
  /** Where the walk leaves what it found. */
  readonly found: Column;
  readonly root: FrameNumber;
  readonly address: VirtualAddress;
  readonly access: PageAccess;
  readonly setup: ProcessorSetup;
}

/**
 * A walk that runs answers what the specification's does: the first frame of the same leaf, its level, and the rights
 * that all entries grant together, with its dirty bit as the access leaves it and its global bit where that
 * counts, and no other bit; or else the code of the same fault.
 *
 * @proves walk, walk-in-memory, fault-code-of
 * @mode bits
 */
export function runningWalkAnswersAsSpecified(asked: AskedWalk): boolean {
  const { words, found, root, address, access, setup } = asked;
  assume(isAsked(asked));
  const path = pathOf(entriesTo(words, root, address));
  assume(areTablesInMemory(asked, path));
  const by = accessMeaning(access);
  const outcome = walk(path, by, controlsMeaning(setup));
  const answer = run(asked);
  if (outcome.kind === "fault") return answer < 0 && isCode(-1 - answer, outcome);
  const level = found.read(FOUND_LEVEL);
  const rights = found.read(FOUND_RIGHTS);
  const isDirty = entryAt(path, outcome.level).isDirty || by.kind === "write";
  return answer === outcome.frame && level === outcome.level && areRights(rights, outcome, isDirty);
}

/**
 * A walk that runs writes marks and nothing else, and these exactly: in the low word of each entry that led to
 * another table, and of the leaf if the access is translated, the accessed bit; and of the leaf that is
 * written, the dirty bit. Every other bit and every other word of memory stays what it was.
 *
 * @proves walk-in-memory, is-marked-rightly
 * @mode bits
 */
export function runningWalkWritesMarksOnly(asked: AskedWalk, row: number): boolean {
  const { words, root, address, access, setup } = asked;
  assume(isAsked(asked));
  const entries = entriesTo(words, root, address);
  const path = pathOf(entries);
  assume(areTablesInMemory(asked, path));
  assume(row < words.length);
  const before = words.read(row);
  const controls = controlsMeaning(setup);
  const by = accessMeaning(access);
  const outcome = walk(path, by, controls);
  const { level } = endOfWalk(path, controls);
  const isLeafUsed = outcome.kind === "translation";
  const accessed = isUsed(entries, row, level, isLeafUsed) ? 0x20 : 0;
  const isWritten = isLeafUsed && by.kind === "write" && isRowOf(entries, row, level);
  const isTranslated = run(asked) >= 0;
  const marked = before | accessed | (isWritten ? 0x40 : 0);
  return isTranslated === isLeafUsed && words.read(row) === marked;
}

/**
 * What a walk that runs leaves in the entries of an address is what the specification admits, where these are
 * different entries: what must be marked is, and what may not be is not. Where a table is its own entry
 * the marks of both are in one word, as `runningWalkWritesMarksOnly` says.
 *
 * @proves is-marked-rightly, walk-in-memory
 * @mode bits
 */
export function runningWalkMarksRightly(asked: AskedWalk): boolean {
  const { words, root, address, access, setup } = asked;
  assume(isAsked(asked));
  const entries = entriesTo(words, root, address);
  const before = pathOf(entries);
  assume(areTablesInMemory(asked, before));
  const isFault = run(asked) < 0;
  assume(areApart(entries));
  const level4 = entryIn(words, entries.at4.slot);
  const level3 = entryIn(words, entries.at3.slot);
  const level2 = entryIn(words, entries.at2.slot);
  const level1 = entryIn(words, entries.at1.slot);
  const after = { level4, level3, level2, level1 };
  const by = accessMeaning(access);
  const controls = controlsMeaning(setup);
  const isSameEnd = isFault === (walk(after, by, controls).kind === "fault");
  return isSameEnd && isMarkedRightly(before, after, by, controls);
}

/**
 * What a walk that runs found may be kept, as a TLB does, of the page that it was for: its entries are marked by then,
 * and it is not dirty unless they say so.
 *
 * @proves may-be-cached, walk-in-memory
 * @mode bits
 */
export function runningWalkMayBeKept(asked: AskedWalk, space: number): boolean {
  const { words, found, root, address, setup } = asked;
  assume(isAsked(asked));
  const entries = entriesTo(words, root, address);
  assume(areTablesInMemory(asked, pathOf(entries)));
  const answer = run(asked);
  const level4 = entryIn(words, entries.at4.slot);
  const level3 = entryIn(words, entries.at3.slot);
  const level2 = entryIn(words, entries.at2.slot);
  const level1 = entryIn(words, entries.at1.slot);
  const after = { level4, level3, level2, level1 };
  assume(answer >= 0);
  const page = pageContaining(address);
  const level = found.read(FOUND_LEVEL) as LeafLevel;
  const kept: KeptTranslation = {
    page: firstPageOf(page, level),
    level,
    space,
    frame: answer as FrameNumber,
    rights: found.read(FOUND_RIGHTS) as PageRights,
  };
  return mayBeCached(cachedMeaning(kept), after, page, controlsMeaning(setup));
}

/**
 * A walk that has run leaves every entry of every table as it was, but for marks, of which it takes away none: so what
 * any other walk finds is what it would have found, as `marksChangeNoWalk` says.
 *
 * @proves walk-in-memory, is-same-but-marks
 * @mode bits
 */
export function runningWalkKeepsEveryEntry(asked: AskedWalk, slot: number): boolean {
  const { words, root, address } = asked;
  assume(isAsked(asked));
  const path = pathOf(entriesTo(words, root, address));
  assume(areTablesInMemory(asked, path));
  assume(slot % 2 === 0 && slot < words.length - 1);
  const before = entryIn(words, slot);
  const isFault = run(asked) < 0;
  const after = entryIn(words, slot);
  const isKept = (after.isAccessed || !before.isAccessed) && (after.isDirty || !before.isDirty);
  const isMarked = after.isDirty === before.isDirty || !isFault;
  return isKept && isMarked && isSameButMarks(before, after);
}

/**
 * What a walk leaves of its leaf has two rows, one for its level and another for its rights, and no row is
 * left over.
 *
 * @proves walk-in-memory
 */
export function foundRowsAreTwo(row: number): boolean {
  const isThere = 0 <= row && row < FOUND_ROWS;
  return isThere === (row === FOUND_LEVEL || row === FOUND_RIGHTS);
}

/** The walk that runs: what `PageWalk.run` does with an address. */
function run({ words, found, root, address, access, setup }: AskedWalk): number {
  const rules = walkRules(setup);
  return walkTables(words, found, rules, root, highWord(address), lowWord(address) | 0, access);
}

/** Whether memory has 4 GiB at most and the root, and the access is one: a fetch does not write. */
function isAsked({ words, found, root, access }: AskedWalk): boolean {
  const isAccess = (access & 9) === 0 && (access & 18) !== 18;
  return (
    isAccess && found.length >= FOUND_ROWS && words.length <= 2 ** 30 && isFrameIn(words, root)
  );
}

/** Whether every table that the walk goes on to lies in memory. */
function areTablesInMemory({ words, setup }: AskedWalk, path: WalkPath): boolean {
  const { level } = endOfWalk(path, controlsMeaning(setup));
  return (
    (level > 3 || isFrameIn(words, path.level4.frame)) &&
    (level > 2 || isFrameIn(words, path.level3.frame)) &&
    (level > 1 || isFrameIn(words, path.level2.frame))
  );
}

/** Whether `code` is that of a fault, bit by bit. */
function isCode(code: number, { code: said }: WalkOutcome & { readonly kind: "fault" }): boolean {
  if (code > 31) return false;
  const meant = faultMeaning(code as FaultCode);
  const isReason = meant.isPresent === said.isPresent && meant.isReserved === said.isReserved;
  const isAccess = meant.isWrite === said.isWrite && meant.isUser === said.isUser;
  return isReason && isAccess && meant.isFetch === said.isFetch;
}

/** Whether `bits` are the rights of a translation, with its dirty and global bits, and nothing else. */
function areRights(
  bits: number,
  { rights, isGlobal }: WalkOutcome & { readonly kind: "translation" },
  isDirty: boolean,
): boolean {
  const isSaid =
    (rights.isWritable ? 2 : 0) + (rights.isUser ? 4 : 0) + (rights.isExecutable ? 16 : 0);
  return bits === isSaid + (isDirty ? 64 : 0) + (isGlobal ? 256 : 0);
}

/** Whether `row` is that of an entry that was used: each above `end`, and the one there if the leaf is. */
function isUsed(
  entries: WalkedEntries,
  row: number,
  end: TableLevel,
  isLeafUsed: boolean,
): boolean {
  const { at4, at3, at2 } = entries;
  return (
    (end < 4 && at4.slot === row) ||
    (end < 3 && at3.slot === row) ||
    (end < 2 && at2.slot === row) ||
    (isLeafUsed && isRowOf(entries, row, end))
  );
}

/** Whether `row` is that of the entry of `level`. */
function isRowOf({ at4, at3, at2, at1 }: WalkedEntries, row: number, level: TableLevel): boolean {
  if (level === 4) return at4.slot === row;
  if (level === 3) return at3.slot === row;
  return row === (level === 2 ? at2.slot : at1.slot);
}

/** Whether no two entries of a way are one. */
function areApart({ at4, at3, at2, at1 }: WalkedEntries): boolean {
  return (
    isOther(at4, at3) &&
    isOther(at4, at2) &&
    isOther(at4, at1) &&
    isOther(at3, at2) &&
    isOther(at3, at1) &&
    isOther(at2, at1)
  );
}

function isOther(one: WalkedEntry, other: WalkedEntry): boolean {
  return one.slot !== other.slot || one.slot < 0;
}

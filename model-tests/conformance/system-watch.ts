/**
 * Looks at a system of heaps after each call, and has the specification judge what happened.
 *
 * To ask about everything after every call would cost as much as there is. So a call is judged by what it
 * can have changed, and everything is asked now and then:
 *
 * - who frees the call's own block is asked before the call and after it;
 * - one other live block is asked about, in turn;
 * - of the pages, those are looked at that the system says have changed, or all, if it cannot say;
 * - after a call to the system as a whole, such as a switch, at the end of a run, and after 1, 2, 4 …
 *   calls, up to 65,536, all blocks are asked about and all pages are counted. Small heaps, where every
 *   byte is swept, are looked at whole after every call.
 *
 * What a system tells of its changes has to agree with what it shows when it is asked for everything.
 */
import {
  isPossible,
  judgeMove,
  type Move,
  next,
  type Request,
  SYSTEM_REQUEST_RULES,
  SYSTEM_RULES,
  type SystemRule,
  type SystemState,
} from "#spec";
import { firstBroken } from "#support";
import type { BlockName, HeapId } from "#units";
import { systemContractOf } from "../subject/contract.ts";
import type { PageView, Promises } from "../subject/subject.ts";
import type { Heap } from "./heap.ts";
import type { SessionOptions } from "./session-options.ts";
import type { SystemCall } from "./system-call.ts";
import {
  type HeapNumbers,
  hidesChange,
  keyOf,
  movesOfPages,
  movesTo,
  opening,
} from "./system-moves.ts";
import { copied, divided, openInPlace, startOfWatch } from "./system-start.ts";
import { lookAtBlock, lookAtSystem, pagesOf, type SystemView, unitOf } from "./system-view.ts";
import type { Tally } from "./tally.ts";

/** What a system breaks that hides a change: no rule of systems, but of how they are watched. */
export const CHANGES_TOLD = {
  name: "page-changes-told",
  claim: "changedPages() tells of every page that pages() shows changed",
} as const;

export type SystemClaim = Pick<SystemRule, "name" | "claim">;

const INTERVAL_MAX = 2 ** 16;

export class SystemWatch {
  readonly #heap: Heap;
  readonly #options: SessionOptions;
  readonly #promises: Promises;
  readonly #numbers: HeapNumbers = new Map();
  #state: SystemState;
  /** The bytes of a page, which divide the span of promised room as well. */
  #unit: number;
  #turn = 0;
  /** The calls since everything was looked at, and how many there are until it is again. */
  #calls = 0;
  #interval = 1;
  /** The block of the call, where it was before it, and who would have freed it. */
  #own = -1 as BlockName;
  #start = 0;
  #reach = 0;
  #asked = 0;
  #fault: unknown;

  constructor(heap: Heap, promises: Promises, options: SessionOptions) {
    this.#heap = heap;
    this.#options = options;
    this.#promises = promises;
    this.#unit = promises.room?.span ?? 0;
    this.#state = startOfWatch(systemContractOf(promises, this.#unit));
    heap.instance.changedPages?.();
    const view = lookAtSystem(heap);
    this.#recognise(view);
    const moves = movesTo(this.#state, view, view.pages, this.#numbers, this.#unit, "call");
    for (const move of moves) {
      this.#state = next(this.#state, move);
    }
  }

  /** Asks who would free block `name`, which a call will be about. */
  before(name: BlockName): void {
    this.#own = name;
    this.#reach = 0;
    if (!this.#state.blocks.has(name)) return;
    try {
      const { start, reach } = this.#heap.index.at(name);
      this.#start = start;
      this.#reach = reach;
      this.#asked = Number(this.#heap.instance.ownerOf?.(start));
    } catch (error) {
      this.#fault = error;
    }
  }

  /** Judges what the call did that `before` was told of, and that `denied` was denied in it. */
  judge(tally: Tally, denied: Request | undefined): SystemClaim | undefined {
    if (this.#fault !== undefined) throw this.#fault;
    this.#calls += 1;
    const { instance } = this.#heap;
    const told = instance.changedPages?.();
    const broken =
      this.#judgeOwn(told, tally) ??
      (denied && this.#make({ kind: "refuse", size: denied.size, align: denied.align }, tally)) ??
      this.#askInTurn(tally);
    if (broken !== undefined) return this.#namedBetter(broken, told);
    const isDue = this.#options.policy === "sweep" || this.#calls >= this.#interval;
    return isDue ? this.look(tally) : undefined;
  }

  /** Judges a call to the system as a whole, and asks every block who frees it now. */
  judgeCall(call: SystemCall, isGranted: boolean, tally: Tally): SystemClaim | undefined {
    this.#calls += 1;
    const told = this.#heap.instance.changedPages?.();
    if (call.kind === "close") {
      const broken = this.#lookAtAll(tally, "call", told, !isGranted);
      return broken ?? this.#judgeClose(call.heap, isGranted, tally);
    }
    const isSwitch = call.kind === "switch";
    const broken = isSwitch
      ? this.#judgeSwitch(isGranted, tally)
      : this.#judgeFree(call.name, this.#numberOf(call.heap), isGranted, tally);
    const after = isSwitch ? "switch" : "call";
    return broken ?? this.#lookAtAll(tally, after, told, isSwitch && !isGranted);
  }

  /** Looks at all blocks and pages, unless nothing was called since that was last done. */
  look(tally: Tally): SystemClaim | undefined {
    if (this.#calls === 0) return undefined;
    const isTold = this.#heap.instance.changedPages !== undefined;
    return this.#lookAtAll(tally, "call", isTold ? [] : undefined);
  }

  /** Calls by another name what was placed as `from`. */
  rename(from: BlockName, to: BlockName): void {
    const { blocks } = this.#state;
    if (!blocks.has(from)) return;
    const home = blocks.get(from);
    this.#state = { ...this.#state, blocks: blocks.without(from).with(to, home) };
  }

  #lookAtAll(
    tally: Tally,
    after: "call" | "switch",
    told: readonly PageView[] | undefined,
    isDeclined = false,
  ): SystemClaim | undefined {
    const view = lookAtSystem(this.#heap);
    this.#recognise(view);
    const before = isDeclined ? copied(this.#state) : undefined;
    const changed = told ?? view.pages;
    const moves = movesTo(this.#state, view, changed, this.#numbers, this.#unit, after);
    for (const move of moves) {
      const broken = this.#make(move, tally);
      if (broken !== undefined) return this.#namedBetter(broken, told);
    }
    if (told !== undefined) {
      if (this.#isHiding(view.pages, [])) return CHANGES_TOLD;
      tally.reached(CHANGES_TOLD.name);
    }
    this.#interval = Math.min(2 * this.#interval, INTERVAL_MAX);
    this.#calls = 0;
    if (before === undefined) return undefined;
    const { requestRules = SYSTEM_REQUEST_RULES } = this.#options;
    return firstBroken(requestRules, { before, after: this.#state, isGranted: false }, tally);
  }

  #judgeSwitch(isGranted: boolean, tally: Tally): SystemClaim | undefined {
    const { phase, nextHeap: heap } = this.#state;
    const key = keyOf(heap);
    // Whoever switches has a heap, though it may not have shown itself.
    if (phase === "early") this.#open({ kind: "open", heap, key });
    return this.#make({ kind: "switch", isGranted, key }, tally);
  }

  /** What a heap had it has given away by now; one that served before the switch is never closed. */
  #judgeClose(shownAs: number, isGranted: boolean, tally: Tally): SystemClaim | undefined {
    const heap = this.#numbers.get(shownAs);
    // One that has never shown itself had nothing.
    if (heap === undefined || !this.#state.keys.has(keyOf(heap))) return undefined;
    const key = keyOf(heap);
    const broken = this.#make({ kind: "close", key, isGranted }, tally);
    // A system may give the number of a heap that it has closed to another.
    if (broken === undefined && isGranted) this.#numbers.delete(shownAs);
    return broken;
  }

  #judgeFree(name: BlockName, heap: HeapId, isGranted: boolean, tally: Tally) {
    const move: Move = { kind: "free-through", name, heap, isGranted };
    return isPossible(this.#state, move) ? this.#make(move, tally) : undefined;
  }

  /** What was freed, what became of the pages, what was placed: in this order. */
  #judgeOwn(told: readonly PageView[] | undefined, tally: Tally): SystemClaim | undefined {
    const { index, instance } = this.#heap;
    const pages = told ?? instance.pages?.() ?? [];
    const name = this.#own;
    const isLive = index.has(name) && index.at(name).reach > 0;
    const now = isLive ? lookAtBlock(this.#heap, index.at(name)) : undefined;
    this.#recognise({ pages, blocks: now === undefined ? [] : [now] });

    const { blocks } = this.#state;
    const known = blocks.has(name) ? blocks.get(name) : undefined;
    const spot = now && pagesOf(now.start, now.reach, this.#unit);
    const isKept = known !== undefined && known.first === spot?.first && known.last === spot.last;
    if (known !== undefined) {
      const heap = this.#numberOf(this.#asked);
      const asked = isKept
        ? this.#make({ kind: "route", name, heap, after: "call" }, tally)
        : this.#make({ kind: "release", name, heap }, tally);
      if (asked !== undefined) return asked;
    }
    const areAll = told === undefined;
    for (const move of movesOfPages(this.#state, pages, areAll, this.#numbers, this.#unit)) {
      const broken = this.#make(move, tally);
      if (broken !== undefined) return broken;
    }
    if (now === undefined || spot === undefined) return undefined;
    const heap = this.#numberOf(now.heap);
    if (!isKept) return this.#make({ kind: "place", name, ...spot, heap }, tally);
    if (now.heap === this.#asked) return undefined;
    return this.#make({ kind: "route", name, heap, after: "call" }, tally);
  }

  #askInTurn(tally: Tally): SystemClaim | undefined {
    const { index, instance } = this.#heap;
    if (index.size === 0) return undefined;
    this.#turn = (this.#turn + 1) % index.size;
    const { name, start, reach } = index.pick(this.#turn).block;
    if (name === this.#own || reach === 0) return undefined;
    const heap = this.#numberOf(Number(instance.ownerOf?.(start)));
    return this.#make({ kind: "route", name, heap, after: "call" }, tally);
  }

  #make(move: Move, tally: Tally): SystemClaim | undefined {
    const verdict = judgeMove(this.#state, move, tally, this.#options.systemRules ?? SYSTEM_RULES);
    if (verdict.kind === "rejected") return verdict.rule;
    this.#state = verdict.state;
    return undefined;
  }

  /** A system that hides a change of a page is not accused of what only seems to follow. */
  #namedBetter(broken: SystemClaim, told: readonly PageView[] | undefined): SystemClaim {
    if (told === undefined) return broken;
    return this.#isHiding(this.#heap.instance.pages?.() ?? [], told) ? CHANGES_TOLD : broken;
  }

  /** Whether `pages` show a change, but for what was just `told`. */
  #isHiding(pages: readonly PageView[], told: readonly PageView[]): boolean {
    this.#recognise({ pages, blocks: [] });
    return hidesChange(this.#state, pages, told, this.#numbers, this.#unit);
  }

  /** Opens the heaps that show themselves in `view` for the first time, and fits the unit to its pages. */
  #recognise({ pages, blocks }: SystemView): void {
    const unit = unitOf(pages, this.#unit);
    if (unit !== this.#unit) this.#divide(unit);
    for (const { owner } of pages) if (owner !== -1) this.#numberOf(owner);
    for (const { heap } of blocks) this.#numberOf(heap);
  }

  #numberOf(shownAs: number): HeapId {
    const known = this.#numbers.get(shownAs);
    if (known !== undefined) return known;
    const move = opening(this.#state);
    this.#open(move);
    this.#numbers.set(shownAs, move.heap);
    return move.heap;
  }

  #open(move: Move & { readonly heap: HeapId }): void {
    this.#state = next(this.#state, move);
    openInPlace(this.#state, move.heap);
  }

  #divide(unit: number): void {
    const factor = this.#unit / unit;
    this.#unit = unit;
    const contract = systemContractOf(this.#promises, unit);
    this.#state = divided(this.#state, contract, factor, (name) => {
      const isOwn = name === this.#own && this.#reach > 0;
      if (isOwn) return pagesOf(this.#start, this.#reach, unit);
      const { start, reach } = this.#heap.index.at(name);
      return pagesOf(start, reach, unit);
    });
  }
}

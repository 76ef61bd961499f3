/**
 * What can be seen of a system, one move at a time: a call is a row of moves, those that free first,
 * then those of pages, then those that place. Why a page moves, and when, is the system's own business.
 */
import type {
  Alignment,
  BlockName,
  ByteCount,
  HeapId,
  Key,
  PageCount,
  PageNumber,
  PageUse,
} from "../units/index.ts";
import { isOpen, isReady, type SystemState } from "./state.ts";

export type Move =
  /** A call to begin, or to go over to a heap for each key, and whether it was granted. */
  | { readonly kind: "initialise"; readonly isGranted: boolean }
  | { readonly kind: "switch"; readonly isGranted: boolean; readonly key: Key }
  /** A heap without pages appears: for a key, or to serve before the switch. */
  | { readonly kind: "open-initial"; readonly heap: HeapId }
  | { readonly kind: "open"; readonly heap: HeapId; readonly key: Key }
  /** A call to close the heap of a key, and whether it was granted. */
  | { readonly kind: "close"; readonly key: Key; readonly isGranted: boolean }
  /** A heap is given a page that none has, or gives one back. */
  | {
      readonly kind: "grow";
      readonly page: PageNumber;
      readonly heap: HeapId;
      readonly use: PageUse;
    }
  | { readonly kind: "give-back"; readonly page: PageNumber }
  /** A page goes to another heap, or to another use within its heap. */
  | {
      readonly kind: "transfer";
      readonly page: PageNumber;
      readonly heap: HeapId;
      readonly use: PageUse;
    }
  | { readonly kind: "exchange"; readonly page: PageNumber; readonly use: PageUse }
  /** A block begins to live in the pages from `first` to `last`, or is freed by `heap`. */
  | {
      readonly kind: "place";
      readonly name: BlockName;
      readonly first: PageNumber;
      readonly last: PageNumber;
      readonly heap: HeapId;
    }
  | { readonly kind: "release"; readonly name: BlockName; readonly heap: HeapId }
  /** A call to free a block through the allocator of `heap`, another than its own, and the answer. */
  | {
      readonly kind: "free-through";
      readonly name: BlockName;
      readonly heap: HeapId;
      readonly isGranted: boolean;
    }
  /** A request was refused, after all that was done to serve it. */
  | { readonly kind: "refuse"; readonly size: ByteCount; readonly align: Alignment }
  /** Asked after a switch or another call who would free a block, the system answers `heap`. */
  | {
      readonly kind: "route";
      readonly name: BlockName;
      readonly heap: HeapId;
      readonly after: "switch" | "call";
    }
  /** Asked for all pages of its heaps, the system lists so many. */
  | { readonly kind: "count"; readonly counted: PageCount };

/** Whether `move` speaks of what there is; what is then not allowed is a matter of the rules. */
export function isPossible(state: SystemState, move: Move): boolean {
  const { phase, pages, heaps, nextHeap, keys, blocks } = state;
  if (move.kind === "initialise" || move.kind === "count") return true;
  if (phase === "uninitialised") return move.kind === "switch";
  if (move.kind === "switch") return true;
  if (move.kind === "open-initial") return move.heap === nextHeap && phase === "early";
  if (move.kind === "open") return move.heap === nextHeap && !keys.has(move.key);
  if (move.kind === "close") return keys.has(move.key);
  if (move.kind === "refuse") return true;
  if (move.kind === "grow") return isOpen(state, move.heap);
  if (move.kind === "give-back" || move.kind === "exchange") return pages.has(move.page);
  if (move.kind === "transfer") {
    if (!isOpen(state, move.heap)) return false;
    return pages.has(move.page) && pages.get(move.page).owner !== move.heap;
  }
  if (move.kind === "free-through") {
    return (
      heaps.has(move.heap) && blocks.has(move.name) && blocks.get(move.name).heap !== move.heap
    );
  }
  if (move.kind !== "place") return blocks.has(move.name);
  return !blocks.has(move.name) && move.first <= move.last && isReady(state, move.heap);
}
